import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import type { Reading } from '../middleware/showing.ts';
import { readAgreement } from './agreement.ts';
import * as read from './handler.ts';
import { readPlanProposal } from './plan.ts';
import { readRecipients } from './recipients.ts';
import { readRequests } from './requests.ts';
import { readShare } from './shares.ts';

const reading = (): Reading => ({ log: setup.reader(), people: setup.people() });

export const handler = api(
  {
    'read-case': read.readCase(reading),
    'read-case-history': read.readCaseHistory(reading),
    'read-notice-text': read.readNoticeText(reading),
    'read-plan-proposal': readPlanProposal(setup.reader),
    'read-share': readShare(reading),
    'read-agenda': read.readAgenda(reading),
    'read-dispute': read.readDispute(reading),
    'read-dispute-history': read.readDisputeHistory(reading),
    'read-referral': read.readReferral(reading),
    'read-referral-history': read.readReferralHistory(reading),
    'read-requests': readRequests(reading),
    'read-recipients': readRecipients(reading),
    'read-round': read.readRound(reading),
    'read-agreement': readAgreement(reading),
  },
  setup.guarding,
);
