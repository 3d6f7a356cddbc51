import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { changeContact } from './contact.ts';
import { orderContact } from './danger.ts';
import { withdrawEvent } from './events.ts';
import { handOverCase } from './hand-over.ts';
import { breakGlass, type Changing, eraseHelped, erasePerson, instructVisit } from './handler.ts';
import { holdCase, releaseHold } from './hold.ts';
import { mergeCases, mergeDisputes, unmergeCases, unmergeDisputes } from './merging.ts';
import { declineCheckIns, tellAgreement } from './own.ts';
import { amendPlan, recordOptIn, tellPolice } from './plan.ts';
import { reopenCase } from './reopen.ts';
import { askRight, contestDecision, fulfilRequest } from './rights.ts';
import { askDepartment, planRound } from './screening.ts';
import { shareCase } from './shares.ts';

const changing = (): Changing => ({ log: setup.log(), keys: setup.noteKeys() });

export const handler = api(
  {
    'instruct-visit': instructVisit(changing),
    'break-glass': breakGlass(changing),
    'order-contact': orderContact(changing),
    'withdraw-event': withdrawEvent(changing),
    'hand-over-case': handOverCase(changing),
    'merge-cases': mergeCases(changing),
    'unmerge-cases': unmergeCases(changing),
    'merge-disputes': mergeDisputes(changing),
    'unmerge-disputes': unmergeDisputes(changing),
    'share-case': shareCase(changing),
    'amend-plan': amendPlan(changing),
    'record-opt-in': recordOptIn(changing),
    'tell-police': tellPolice(changing),
    'change-contact': changeContact(setup.contacting),
    'decline-check-ins': declineCheckIns(changing),
    'tell-agreement': tellAgreement(changing),
    'contest-decision': contestDecision(changing),
    'ask-right': askRight(setup.desk),
    'fulfil-request': fulfilRequest(setup.desk, setup.erasing),
    'reopen-case': reopenCase(changing),
    'hold-case': holdCase(changing),
    'release-hold': releaseHold(changing),
    'erase-person': erasePerson(changing, setup.erasing),
    'erase-helped': eraseHelped(changing, setup.erasing),
    'plan-round': planRound(changing),
    'ask-department': askDepartment(changing),
  },
  setup.guarding,
);
