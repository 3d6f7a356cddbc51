import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { readCaseAudit, readDisputeAudit, readPersonAudit } from './handler.ts';

export const handler = api(
  {
    'read-case-audit': readCaseAudit(setup.reader),
    'read-dispute-audit': readDisputeAudit(setup.reader),
    'read-person-audit': readPersonAudit(setup.reader),
  },
  setup.guarding,
);
