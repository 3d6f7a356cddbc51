/**
 * Contesting a decision on the level (S8, PIPL 24): by the person concerned once told, or by an agent with a mandate; looked at by
 * somebody who took no part. Pure.
 */
import * as z from 'zod';
import { addDuration } from '../calendar/calendar.ts';
import { ActionRefused, NotYours } from '../errors.ts';
import { accountable } from './accountable.ts';
import type { Answer, By, ContentOf, Draft } from './actions.ts';
import { type Context, caseOf, invalid } from './answering.ts';
import { openContest } from './folding/contest.ts';
import { noteIdFor } from './ids.ts';
import { leastReason, reasoned } from './reasons.ts';
import { apart } from './reviewing-apart.ts';
import { type CaseState, describeState, describeToOneself, type State } from './state.ts';
import type { Worded } from './task-commands.ts';
import { levels } from './words.ts';

/** A post enters what an agent asks: who they are, and what says that they may. */
export const agentBody = z.strictObject({
  name: z.string().trim().min(2).max(60).describe('Who acts for the person; kept sealed'),
  mandate: z.string().trim().min(5).max(200).describe('What says so: a written mandate and its date, a guardianship'),
});

export const contestBody = z.strictObject({
  reason: z.string().trim().min(leastReason).max(500).describe('Why the decision is wrong'),
  newFacts: z
    .string()
    .trim()
    .min(leastReason)
    .max(500)
    .optional()
    .describe('What was not known before: needed to contest the same decision again'),
  agent: agentBody.optional().describe('Where a post enters it for an agent; never by the person themself'),
});

const note = z.string().min(1).max(500).optional();
export const contestAnswer = z.strictObject({
  task: z.literal('contest'),
  outcome: z.enum(['upheld', 'lowered', 'rejected']).describe('upheld: the contest is right, and the level ends'),
  level: z.enum(levels).optional().describe('To which level it is lowered'),
  note: note.describe(`Why, as the person reads it; needed, at least ${leastReason} characters`),
});
export const contestSecondAnswer = z.strictObject({
  task: z.literal('contest-second'),
  outcome: z.enum(['upheld', 'rejected']).describe('upheld: the contest is right, and the level ends'),
  note: note.describe(`Why, as the person reads it; needed, at least ${leastReason} characters`),
});

type Agent = z.infer<typeof agentBody>;

/** Who enters it: a citizen for themself, a post for an agent. @throws InputInvalid */
export function checkAgent(by: By, agent: Agent | undefined): void {
  if (by.role === 'citizen' && agent) throw invalid('agent', '(not repeated)', 'nothing: one asks for oneself');
  if (by.role === 'staff' && !agent) throw invalid('agent', null, 'name and mandate of whom the post enters it for');
}

/** One note: whatever was written, and who acts for the person. */
export const noteWith = (parts: readonly (string | undefined)[], agent: Agent | undefined): string =>
  [...parts, agent && `代理人 Agent: ${agent.name}；委托 Mandate: ${agent.mandate}`]
    .filter((part) => part !== undefined)
    .join('\n');

export interface Asking {
  readonly by: By;
  readonly at: number;
  readonly key: string;
  /** Of a case: where the person concerned is named, and may hear what becomes of it. */
  readonly tellAt?: string | undefined;
}

/** @throws InputInvalid, ActionRefused where there is nothing to contest */
export function contested(
  state: CaseState,
  { by, at, key, tellAt }: Asking,
  body: z.infer<typeof contestBody>,
): Worded {
  const { reason, newFacts, agent } = body;
  checkAgent(by, agent);
  const { decision, level } = state;
  if (!decision || !level) throw nothingToContest(state);
  const content: ContentOf<'contested'> = {
    kind: 'contested',
    decision: decision.n,
    level: level.colour,
    ...(newFacts === undefined ? {} : { newFacts: true }),
    ...(agent ? { agent: true } : {}),
    ...(tellAt === undefined ? {} : { tellAt }),
  };
  const told = newFacts === undefined ? undefined : `新情况 New facts: ${newFacts}`;
  return {
    draft: { at, by, key, rev: 0, content, note: noteIdFor(state.id, key) },
    text: noteWith([reason, told], agent),
  };
}

const nothingToContest = (state: State): ActionRefused =>
  new ActionRefused('contesting', `${describeToOneself(state)}: no level stands`, ['POST /matters/{id}/requests']);

/** Raised since, and telling of it put off: to which level is not told by a refusal (S7). */
const notYetTold = (state: State): ActionRefused =>
  new ActionRefused('contesting', `${describeToOneself(state)}: nobody was told of it`, ['notify']);

/** So often may new facts join one contest. */
const mostNotes = 10;

/**
 * Only what the person was told of, once for each decision unless facts are new, and only the decision that stands.
 * @throws ActionRefused
 */
export function checkContested(state: CaseState, { decision, newFacts }: ContentOf<'contested'>): void {
  if (!state.level || state.decision?.n !== decision) throw nothingToContest(state);
  if (!state.told) throw notYetTold(state);
  const open = openContest(state);
  if (open && open.notes.length >= mostNotes) {
    throw new ActionRefused('contesting', `${state.id}: its contest has ${open.notes.length} parts`, ['its answer']);
  }
  const before = open ?? state.contests.find((one) => one.decision === decision);
  if (!before || newFacts) return;
  const what = `${state.id}: its decision ${decision} was contested by action ${before.n}`;
  throw new ActionRefused('contesting again', what, ['newFacts: what was not known before']);
}

/** Whoever reviews took no part in it before, and takes up nothing that they may not answer (S8). @throws NotYours */
export function checkApart(state: State, { content, by }: Draft): void {
  if ((content.kind !== 'answered' && content.kind !== 'acknowledged') || by.role !== 'staff') return;
  const kind = state.tasks[content.task]?.kind;
  if (!kind || !apart.has(kind) || !state.acted.includes(by.person)) return;
  throw new NotYours(`${by.person} took part in ${state.id}; whoever reviews it did not`);
}

/** @throws InputInvalid, ActionRefused */
export function contestDecided(context: Context, given: z.infer<typeof contestAnswer>): Answer {
  const { outcome, level, note: reason } = given;
  const { city, at } = context;
  const state = caseOf(context);
  reasoned(reason);
  if (outcome !== 'lowered') {
    if (level !== undefined) throw invalid('level', level, 'no level: it ends, or stands as it is');
    return { task: 'contest', outcome };
  }
  const stands = state.level;
  if (!stands) throw new ActionRefused('lowering', describeState(state), []);
  const lower = levels.slice(0, levels.indexOf(stands.colour));
  if (level === undefined || !lower.includes(level)) {
    throw invalid('level', level ?? null, lower.join(', ') || `nothing: ${stands.colour} is the lowest`);
  }
  // It is the same decision still, and lasts no longer for it.
  const lapses = Math.min(stands.lapses, addDuration(city, at, city.levels[level].lapse));
  return { task: 'contest', outcome, level, lapses, owner: accountable(state, city, level) };
}

/** @throws InputInvalid */
export function contestSeconded({ outcome, note: reason }: z.infer<typeof contestSecondAnswer>): Answer {
  reasoned(reason);
  return { task: 'contest-second', outcome };
}
