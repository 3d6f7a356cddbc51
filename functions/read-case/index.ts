import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import type { Reading } from '../middleware/showing.ts';
import * as read from './handler.ts';
import { readPlanProposal } from './plan.ts';

const reading = (): Reading => ({ log: setup.reader(), people: setup.people() });

export const handler = api(
  {
    'read-case': read.readCase(reading),
    'read-case-history': read.readCaseHistory(reading),
    'read-notice-text': read.readNoticeText(reading),
    'read-plan-proposal': readPlanProposal(setup.reader),
    'read-agenda': read.readAgenda(reading),
    'read-dispute': read.readDispute(reading),
    'read-dispute-history': read.readDisputeHistory(reading),
    'read-referral': read.readReferral(reading),
    'read-referral-history': read.readReferralHistory(reading),
    'read-round': read.readRound(reading),
  },
  setup.guarding,
);
