import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import * as read from './handler.ts';

const reading = (): read.Reading => ({ log: setup.reader(), people: setup.people() });

export const handler = api(
  {
    'read-case': read.readCase(reading),
    'read-case-history': read.readCaseHistory(reading),
    'read-dispute': read.readDispute(reading),
    'read-dispute-history': read.readDisputeHistory(reading),
    'read-affected': read.readAffected(reading),
    'read-danger-note': read.readDangerNote(reading),
  },
  setup.guarding,
);
