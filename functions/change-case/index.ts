import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { breakGlass, type Changing, erasePerson, instructVisit } from './handler.ts';

const changing = (): Changing => ({ log: setup.log(), keys: setup.noteKeys() });

export const handler = api(
  {
    'instruct-visit': instructVisit(changing),
    'break-glass': breakGlass(changing),
    'erase-person': erasePerson(changing, setup.erasing),
  },
  setup.guarding,
);
