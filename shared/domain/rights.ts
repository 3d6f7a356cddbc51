/**
 * What somebody may ask for about their own data (PIPL 44–50), and what comes of it: know, copy, explain, correct, erase, restrict,
 * transfer, withdraw consent. Each request has a clock of its own; a refusal gives its reasons, and says where else to go. Pure.
 */
import * as z from 'zod';
import { iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { ActionRefused } from '../errors.ts';
import type { Answer, ContentOf, Corrected } from './actions.ts';
import { type Context, invalid } from './answering.ts';
import { type Asking, agentBody, checkAgent, noteWith } from './contesting.ts';
import { factsOf, factTypes } from './facts.ts';
import { noteIdFor } from './ids.ts';
import { type LegalRoute, routesAgainst } from './legal-routes.ts';
import { leastReason, reasoned } from './reasons.ts';
import { personSchema } from './report.ts';
import { hardEnd } from './reviewing-apart.ts';
import { type Contest, describeState, type RightsRequest, type State, type Task } from './state.ts';
import type { Worded } from './task-commands.ts';
import { asTold } from './told.ts';
import { type Correction, corrections, type Right, rights } from './words.ts';

/** What is kept of somebody, as it shall stand: it takes the place of what stands there. */
const ownDataSchema = personSchema.pick({
  name: true,
  idNumber: true,
  phone: true,
  bornOn: true,
  address: true,
});
export type OwnData = z.infer<typeof ownDataSchema>;

export const requestBody = z.strictObject({
  right: z.enum(rights).describe('What is asked for (PIPL 44–48)'),
  what: z.enum(corrections).optional().describe('Of a correction: what is wrong'),
  event: z.string().max(40).optional().describe('Of a correction: the event, as a read names it'),
  ownData: ownDataSchema.optional().describe('Of own data: all of it, as it shall stand'),
  ref: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Whose, as a read names it; needed where a post enters it; absent: the person’s own place'),
  words: z.string().trim().min(5).max(500).describe('What is asked for, and why; kept sealed'),
  agent: agentBody.optional().describe('Where a post enters it for an agent; never by the person themself'),
});
export type RequestBody = z.infer<typeof requestBody>;

const note = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .describe(`Why, as the person reads it; needed, at least ${leastReason} characters`);
export const correctionAnswer = z.strictObject({
  task: z.literal('correction'),
  outcome: z.enum(['corrected', 'refused']),
  facts: z.array(z.enum(factTypes)).min(1).max(30).optional().describe('The facts of the event as they are'),
  occurredAt: z.iso.datetime({ offset: true }).optional().describe('When the event happened'),
  note,
});
export const rightsAnswer = z.strictObject({
  task: z.literal('rights-request'),
  outcome: z.enum(['granted', 'refused']),
  note,
});

/** Where what is corrected lies: events in a case, people in a dispute or with who asks for help. */
const correctable = (state: State): readonly Correction[] =>
  state.subject === 'case' ? ['facts', 'date', 'event', 'role'] : ['own-data'];

const inCase: readonly Right[] = rights.filter((right) => right !== 'erase');

/** So much may somebody ask before anything of it is answered. */
const mostOpen = 10;

/** @param place whose it is, of a dispute or referral @throws InputInvalid, ActionRefused where too much waits for an answer */
export function requested(
  state: State,
  { by, at, key, tellAt }: Asking,
  body: RequestBody,
  place: string | undefined,
): Worded & { readonly draft: { readonly content: ContentOf<'rightAsked' | 'correctionAsked'> } } {
  const { right, words, agent } = body;
  checkAgent(by, agent);
  if (state.subject === 'case' && right === 'erase') {
    throw invalid('right', right, `${inCase.join(', ')}; people are erased where they are kept: ask at the dispute`);
  }
  const waiting = state.requests.filter(({ part, answered }) => answered === null && part === (place ?? null));
  if (waiting.length >= mostOpen) {
    throw new ActionRefused('asking', `${waiting.length} requests wait for an answer`, ['the answer to one of them']);
  }
  const whose = {
    ...(place === undefined ? {} : { part: place }),
    ...(agent ? { agent: true as const } : {}),
    ...(tellAt === undefined ? {} : { tellAt }),
  };
  const content =
    right === 'correct'
      ? ({ kind: 'correctionAsked', ...wrong(state, by.role, body), ...whose } as const)
      : ({ kind: 'rightAsked', right: noCorrection(right, body), ...whose } as const);
  const draft = { at, by, key, rev: 0, content, note: noteIdFor(state.id, key) };
  return { draft, text: noteWith([words], agent) };
}

/** @throws InputInvalid */
function wrong(state: State, role: Asking['by']['role'], { what, event, ownData }: RequestBody) {
  const allowed = correctable(state);
  if (what === undefined || !allowed.includes(what)) throw invalid('what', what ?? null, allowed.join(', '));
  if ((what === 'own-data') !== (ownData !== undefined)) {
    throw invalid('ownData', ownData ? '(not repeated)' : null, what === 'own-data' ? 'all of it' : 'none');
  }
  const isAboutEvent = what === 'facts' || what === 'date' || what === 'event';
  if (!isAboutEvent) {
    if (event !== undefined) throw invalid('event', event, 'none');
    return { what };
  }
  // A citizen names what they were told of, and tries out nothing else.
  const known = state.subject !== 'case' ? [] : (role === 'citizen' ? asTold(state) : state).events;
  const found = known.find(({ id, state: is }) => id === event && is !== 'withdrawn');
  if (!found) throw invalid('event', event ?? null, 'the id of an event that a read showed');
  return { what, event: found.id };
}

/** @throws InputInvalid */
function noCorrection<R extends Right>(right: R, { what, event, ownData }: RequestBody): R {
  for (const [path, value] of Object.entries({ what, event, ownData })) {
    if (value !== undefined) throw invalid(path, path === 'ownData' ? '(not repeated)' : value, 'only with correct');
  }
  return right;
}

/** @throws ActionRefused */
function requestOf({ id, requests }: State, { no, about }: Task): RightsRequest {
  const found = requests.find(({ n }) => String(n) === about);
  if (!found) throw new ActionRefused('answering a request', `${id} knows none for ${no}`, []);
  return found;
}

/** What has to be done to what is kept of a person is done by a command of its own. */
const isFulfilled = ({ right, what }: RightsRequest): boolean => right === 'erase' || what === 'own-data';
const fulfil = 'POST /tasks/{taskId}/fulfilment';

/** @throws InputInvalid, ActionRefused */
export function correctionDecided({ state, task, at }: Context, given: z.infer<typeof correctionAnswer>): Answer {
  reasoned(given.note);
  if (given.outcome === 'refused') return { task: 'correction', outcome: 'refused' };
  const request = requestOf(state, task);
  if (isFulfilled(request)) throw new ActionRefused('correcting own data', describeState(state), ['refused', fulfil]);
  return { task: 'correction', outcome: 'corrected', change: changeOf(request, given, at) };
}

/** @throws InputInvalid */
function changeOf(
  { what, event }: RightsRequest,
  { facts, occurredAt }: z.infer<typeof correctionAnswer>,
  now: number,
): Corrected {
  if (what !== 'facts' && facts) throw invalid('facts', facts, `nothing: asked was ${what}`);
  if (what !== 'date' && occurredAt) throw invalid('occurredAt', occurredAt, `nothing: asked was ${what}`);
  if (event === null) return { what: 'role' };
  if (what === 'facts') {
    if (!facts) throw invalid('facts', null, `at least one of ${factTypes.join(', ')}`);
    return { what, event, facts: factsOf(facts) };
  }
  if (what === 'date') {
    const when = occurredAt === undefined ? Number.NaN : Date.parse(occurredAt);
    if (!(when <= now)) throw invalid('occurredAt', occurredAt ?? null, 'when it happened, not later than now');
    return { what, event, at: when };
  }
  return { what: 'event', event };
}

/** @throws InputInvalid, ActionRefused */
export function rightDecided(
  { state, task }: Context,
  { outcome, note: reason }: z.infer<typeof rightsAnswer>,
): Answer {
  reasoned(reason);
  if (outcome === 'granted' && isFulfilled(requestOf(state, task))) {
    throw new ActionRefused('granting an erasure', describeState(state), ['refused', fulfil]);
  }
  return { task: 'rights-request', outcome };
}

/** The answer with which what was asked is done at once; whose it is. @throws ActionRefused where nothing is to be done */
export function fulfilled(state: State, task: Task): { readonly answer: Answer; readonly request: RightsRequest } {
  const request = requestOf(state, task);
  const { right, what, part } = request;
  if (part !== null && right === 'erase') {
    return { request, answer: { task: 'rights-request', outcome: 'granted', erased: part } };
  }
  if (part !== null && what === 'own-data') {
    return { request, answer: { task: 'correction', outcome: 'corrected', change: { what, part } } };
  }
  throw new ActionRefused('fulfilling', `${task.no} of ${state.id} asks to ${right}`, ['answer']);
}

/** One of the things that somebody asked, as they read it. */
export interface Asked {
  readonly n: number;
  readonly about: 'contest' | 'correction' | 'right';
  readonly right?: Right;
  readonly what?: Correction;
  readonly event?: string;
  readonly at: string;
  readonly agent: boolean;
  /** When somebody first took it up. */
  readonly takenUpAt: string | null;
  /** By when it is answered; null once it is. */
  readonly answerBy: string | null;
  /** The time for an answer is over, and there is none. */
  readonly late: boolean;
  readonly outcome: string | null;
  readonly answeredAt: string | null;
  /** The post that answered: whoever reviewed it, and took no part. */
  readonly answeredBy: string | null;
  readonly notes: readonly string[];
  readonly reason: string | null;
  /** Where else they can go. */
  readonly routes: readonly LegalRoute[];
}

const until = (city: City, kind: Task['kind'], { at }: { readonly at: number }): number =>
  hardEnd(city, { kind, from: at }) ?? at;

/** @param now epoch ms */
export function askedIn(city: City, state: State, now: number, isTheirs: (request: RightsRequest) => boolean): Asked[] {
  const contests = state.subject === 'case' ? state.contests.map((one) => contestAsked(city, one, now)) : [];
  const requests = state.requests.filter(isTheirs).map((one) => rightAsked(city, one, now));
  return [...contests, ...requests].sort((one, other) => one.n - other.n);
}

interface Of {
  readonly n: number;
  readonly at: number;
  readonly agent: boolean;
  readonly takenUpAt: number | null;
  readonly answered: RightsRequest['answered'] | Contest['answered'];
}

function common({ n, at, agent, takenUpAt, answered }: Of, end: number, now: number) {
  return {
    ...{ n, at: iso(at), agent, takenUpAt: takenUpAt === null ? null : iso(takenUpAt) },
    answerBy: answered ? null : iso(end),
    late: !answered && end <= now,
    outcome: answered?.outcome ?? null,
    answeredAt: answered ? iso(answered.at) : null,
    answeredBy: answered?.post ?? null,
    reason: answered?.note ?? null,
  };
}

function contestAsked(city: City, contest: Contest, now: number): Asked {
  const { notes, answered } = contest;
  const routes = answered?.outcome === 'rejected' || answered?.outcome === 'lowered' ? routesAgainst.contest : [];
  return { about: 'contest', ...common(contest, until(city, 'contest', contest), now), notes, routes };
}

function rightAsked(city: City, request: RightsRequest, now: number): Asked {
  const { right, what, event, note: words, answered } = request;
  const known = common(request, until(city, 'rights-request', request), now);
  return {
    about: what === null ? 'right' : 'correction',
    right,
    ...(what === null ? {} : { what }),
    ...(event === null ? {} : { event }),
    ...known,
    notes: [words],
    routes: answered?.outcome === 'refused' || known.late ? routesAgainst.request : [],
  };
}
