import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { changeContact } from './contact.ts';
import { orderContact } from './danger.ts';
import { handOverCase } from './hand-over.ts';
import { breakGlass, type Changing, eraseHelped, erasePerson, instructVisit } from './handler.ts';
import { amendPlan, recordOptIn, tellPolice } from './plan.ts';
import { askDepartment, planRound } from './screening.ts';

const changing = (): Changing => ({ log: setup.log(), keys: setup.noteKeys() });

export const handler = api(
  {
    'instruct-visit': instructVisit(changing),
    'break-glass': breakGlass(changing),
    'order-contact': orderContact(changing),
    'hand-over-case': handOverCase(changing),
    'amend-plan': amendPlan(changing),
    'record-opt-in': recordOptIn(changing),
    'tell-police': tellPolice(changing),
    'change-contact': changeContact(setup.contacting),
    'erase-person': erasePerson(changing, setup.erasing),
    'erase-helped': eraseHelped(changing, setup.erasing),
    'plan-round': planRound(changing),
    'ask-department': askDepartment(changing),
  },
  setup.guarding,
);
