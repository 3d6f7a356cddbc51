import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import type { Reading } from '../middleware/showing.ts';
import * as read from './handler.ts';

const reading = (): Reading => ({ log: setup.reader(), people: setup.people() });

export const handler = api(
  {
    'read-case': read.readCase(reading),
    'read-case-history': read.readCaseHistory(reading),
    'read-dispute': read.readDispute(reading),
    'read-dispute-history': read.readDisputeHistory(reading),
  },
  setup.guarding,
);
