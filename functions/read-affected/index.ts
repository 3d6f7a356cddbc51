import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import type { Reading } from '../middleware/showing.ts';
import { readContact } from './contact.ts';
import { readAffected, readDangerNote } from './handler.ts';

const reading = (): Reading => ({ log: setup.reader(), people: setup.people() });

export const handler = api(
  {
    'read-affected': readAffected(reading),
    'read-danger-note': readDangerNote(reading),
    'read-contact': readContact(setup.people),
  },
  setup.guarding,
);
