/** Tries everything through the API's own functions and says where what comes of it is not what the matrix says. */
import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { actOnTask } from '../../../functions/act-on-task/handler.ts';
import { acknowledgeByHandle } from '../../../functions/act-on-task/handles.ts';
import { changeContact } from '../../../functions/change-case/contact.ts';
import { orderContact } from '../../../functions/change-case/danger.ts';
import { withdrawEvent } from '../../../functions/change-case/events.ts';
import { handOverCase } from '../../../functions/change-case/hand-over.ts';
import { breakGlass, eraseHelped, erasePerson, instructVisit } from '../../../functions/change-case/handler.ts';
import { holdCase, releaseHold } from '../../../functions/change-case/hold.ts';
import { mergeCases, mergeDisputes, unmergeCases, unmergeDisputes } from '../../../functions/change-case/merging.ts';
import { declineCheckIns, tellAgreement } from '../../../functions/change-case/own.ts';
import { amendPlan, recordOptIn, tellPolice } from '../../../functions/change-case/plan.ts';
import { reopenCase } from '../../../functions/change-case/reopen.ts';
import { askRight, contestDecision, fulfilRequest } from '../../../functions/change-case/rights.ts';
import { askDepartment, planRound } from '../../../functions/change-case/screening.ts';
import { shareCase } from '../../../functions/change-case/shares.ts';
import { changeMediator } from '../../../functions/change-posts/mediators.ts';
import { absence, change, plan, takeBack } from '../../../functions/change-posts/routes.ts';
import { listCases, listMyMatters, readStatistics } from '../../../functions/list-cases/handler.ts';
import { listRecalls } from '../../../functions/list-cases/recalls.ts';
import { readMonthReport } from '../../../functions/list-cases/report.ts';
import { readScreening } from '../../../functions/list-cases/screening.ts';
import { listMyTasks, listOverdueTasks, listPostTasks } from '../../../functions/list-tasks/handler.ts';
import { api, type Handlers } from '../../../functions/middleware/api.ts';
import type { Checks } from '../../../functions/middleware/checks.ts';
import type { Guarding } from '../../../functions/middleware/guard.ts';
import { readContact } from '../../../functions/read-affected/contact.ts';
import * as affected from '../../../functions/read-affected/handler.ts';
import { readCaseAudit, readDisputeAudit, readPersonAudit } from '../../../functions/read-audit/handler.ts';
import { readAgreement } from '../../../functions/read-case/agreement.ts';
import * as read from '../../../functions/read-case/handler.ts';
import { readPlanProposal } from '../../../functions/read-case/plan.ts';
import { readRecipients } from '../../../functions/read-case/recipients.ts';
import { readRequests } from '../../../functions/read-case/requests.ts';
import { readShare } from '../../../functions/read-case/shares.ts';
import { mediators } from '../../../functions/read-posts/mediators.ts';
import { me, onePost, postHistory, postsOfArea, roster } from '../../../functions/read-posts/routes.ts';
import { listModels, readSettings } from '../../../functions/read-settings/handler.ts';
import { receiveReport } from '../../../functions/receive-report/handler.ts';
import { readSwitch, setSwitch } from '../../../functions/switch-levels/handler.ts';
import { operations } from '../../../shared/api/index.ts';
import { warmAudit } from '../../../shared/record/audit.ts';
import { type Attempt, lookAt, now, type Outcome, purposeOf } from './attempts.ts';
import { marksIn } from './facets.ts';
import { sending, type World } from './world.ts';

function handlersOf({ log, keys }: World): Required<Handlers> {
  const { table, city } = log;
  const reading = () => ({ log, people: { table, kms: keys.kms } });
  const changing = () => ({ log, keys });
  const directory = () => ({ table, city });
  const logOf = () => log;
  const act = (verb: Parameters<typeof actOnTask>[3]) =>
    actOnTask(
      logOf,
      () => keys,
      () => keys,
      verb,
    );
  return {
    'send-report': receiveReport(() => ({ ...log, keys })),
    'acknowledge-task': act('acknowledge'),
    'answer-task': act('answer'),
    'hand-off-task': act('hand-off'),
    'accept-task': act('accept'),
    'decline-task': act('decline'),
    'report-danger': act('danger'),
    'attempt-task': act('attempt'),
    'pause-task': act('pause'),
    'resume-task': act('resume'),
    'extend-task': act('extend'),
    'acknowledge-handle': acknowledgeByHandle(logOf, act('acknowledge')),
    'record-consent': act('consent'),
    'list-my-tasks': listMyTasks(logOf),
    'list-post-tasks': listPostTasks(logOf),
    'list-overdue-tasks': listOverdueTasks(logOf),
    'list-cases': listCases(logOf),
    'read-statistics': readStatistics(logOf),
    'list-my-matters': listMyMatters(logOf),
    'read-case': read.readCase(reading),
    'read-case-history': read.readCaseHistory(reading),
    'read-notice-text': read.readNoticeText(reading),
    'read-agenda': read.readAgenda(reading),
    'read-plan-proposal': readPlanProposal(logOf),
    'read-dispute': read.readDispute(reading),
    'read-dispute-history': read.readDisputeHistory(reading),
    'read-referral': read.readReferral(reading),
    'read-referral-history': read.readReferralHistory(reading),
    'read-round': read.readRound(reading),
    'plan-round': planRound(changing),
    'ask-department': askDepartment(changing),
    'read-screening': readScreening(logOf),
    'read-month-report': readMonthReport(logOf),
    'read-affected': affected.readAffected(reading),
    'read-danger-note': affected.readDangerNote(reading),
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
    'read-share': readShare(reading),
    'list-recalls': listRecalls(logOf),
    'amend-plan': amendPlan(changing),
    'record-opt-in': recordOptIn(changing),
    'tell-police': tellPolice(changing),
    'contest-decision': contestDecision(changing),
    'decline-check-ins': declineCheckIns(changing),
    'tell-agreement': tellAgreement(changing),
    'read-recipients': readRecipients(reading),
    'ask-right': askRight(() => ({ ...log, keys })),
    'fulfil-request': fulfilRequest(
      () => ({ ...log, keys }),
      () => ({ table, list: table }),
    ),
    'read-requests': readRequests(reading),
    'change-contact': changeContact(() => ({ ...log, keys })),
    'read-contact': readContact(() => ({ table, kms: keys.kms })),
    'reopen-case': reopenCase(changing),
    'hold-case': holdCase(changing),
    'release-hold': releaseHold(changing),
    'read-agreement': readAgreement(reading),
    'erase-person': erasePerson(changing, () => ({ table, list: table })),
    'erase-helped': eraseHelped(changing, () => ({ table, list: table })),
    'read-me': me(directory),
    'list-posts': postsOfArea(directory),
    'read-post': onePost(directory),
    'read-post-history': postHistory(directory),
    'read-roster': roster(directory),
    'change-post': change(directory),
    'report-absence': absence(directory),
    'add-shift': plan(directory),
    'withdraw-shift': takeBack(directory),
    'list-mediators': mediators(directory),
    'change-mediator': changeMediator(directory),
    'read-case-audit': readCaseAudit(logOf),
    'read-dispute-audit': readDisputeAudit(logOf),
    'read-person-audit': readPersonAudit(logOf),
    'read-settings': readSettings(() => city),
    'list-models': listModels(),
    'read-switch': readSwitch(directory),
    'set-switch': setSwitch(directory, nobodyHears),
  };
}

/** No turn goes through: nobody is told of one. */
const nobodyHears = () => {
  throw new Error('nothing is written, and so nobody hears of anything');
};

/** Accesses are written down nowhere: that is what other tests are about. */
function guardingOf({ log: { table, city } }: World): Guarding {
  const nowhere = { name: 'nowhere', db: sending(table.db, async () => ({})) };
  const sqs = new SQSClient({ region: 'cn-north-1' });
  return { city, table, audit: { table: nowhere, city, sqs, queueUrl: 'nowhere', warm: warmAudit() } };
}

export type Ask = (attempt: Attempt, cursor?: string) => Promise<APIGatewayProxyResult>;

export function askIn(world: World, using?: Checks): Ask {
  const guarding = guardingOf(world);
  const handler = api(handlersOf(world), () => guarding, using);
  const context = { callbackWaitsForEmptyEventLoop: false } as Parameters<typeof handler>[1];
  return (attempt, cursor) => handler(eventOf(attempt, cursor), context);
}

/** As the gateway hands it on. */
function eventOf({ operation, actor, request }: Attempt, cursor?: string): APIGatewayProxyEvent {
  const { method, path } = operations[operation];
  const { params = {}, query = {}, body, etag, at = now, parties = [] } = request;
  const { person = actor.person, purpose = purposeOf(actor), expires = at + 60_000 } = request;
  const event = {
    httpMethod: method,
    resource: path,
    headers: {
      ...(actor.as === 'post' ? { 'hejie-post': actor.post } : {}),
      'idempotency-key': 'try',
      ...(etag === undefined ? {} : { 'if-match': etag }),
    },
    pathParameters: params,
    queryStringParameters: { ...query, ...(cursor === undefined ? {} : { cursor }) },
    body: body === undefined ? null : JSON.stringify(body),
    requestContext: {
      requestId: 'request',
      requestTimeEpoch: at,
      authorizer: { person, purpose, expires: String(expires), parties: parties.join() },
    },
  };
  return event as unknown as APIGatewayProxyEvent;
}

/** What came of it: a list is read to its end. */
export async function outcomeOf(ask: Ask, attempt: Attempt): Promise<Outcome | string> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const { statusCode, body } = await ask(attempt, cursor);
    const answer: { next?: string | null } = JSON.parse(body);
    if (statusCode === 401 || statusCode === 403) return refusal(answer);
    // Refused by the state, not by who asks.
    if (statusCode === 412 || statusCode === 409) return 'reached';
    if (statusCode !== 200) return `${statusCode} ${body}`;
    for (const one of lookAt(attempt, answer)) seen.add(one);
    cursor = answer.next ?? undefined;
  } while (cursor !== undefined);
  return [...seen].sort();
}

/** A refusal shows nothing either. */
function refusal(answer: unknown): Outcome | string {
  const seen = marksIn(answer);
  return seen.length === 0 ? 'refused' : `refused, and yet showing ${seen.join(', ')}`;
}

const told = (outcome: Outcome | string): string => (typeof outcome === 'string' ? outcome : `[${outcome.join(', ')}]`);

/** Every attempt that comes out other than it must, told; lazily, so that whoever seeks one stops there. */
export async function* differences(ask: Ask, attempts: Iterable<Attempt>): AsyncGenerator<string> {
  for (const attempt of attempts) {
    const outcome = await outcomeOf(ask, attempt);
    if (told(outcome) !== told(attempt.due)) {
      yield `${attempt.name}\n  due: ${told(attempt.due)}\n  is:  ${told(outcome)}`;
    }
  }
}
