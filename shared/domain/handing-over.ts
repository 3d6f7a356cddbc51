/**
 * Handing over, one task or the whole case, in two phases: the sender stays accountable until the receiver has accepted. What
 * comes back as often as the city allows is assigned by the county. Pure.
 */
import * as z from 'zod';
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { postExists, post as postOf } from '../config/posts.ts';
import { ActionRefused, NotYours } from '../errors.ts';
import type { Answer, By, Content } from './actions.ts';
import { type Context, caseOf, invalid } from './answering.ts';
import { isHelpIn, mayHelp } from './help.ts';
import { noteIdFor } from './ids.ts';
import { lastReturn, stint, wholeCase } from './ladder.ts';
import { isPoliceNotice } from './police-notice.ts';
import { askedIn } from './screening.ts';
import type { CaseState, HandOff, State, Task } from './state.ts';
import type { Worded } from './task-commands.ts';
import { purposeFor } from './who-may/purposes.ts';

/** Why somebody takes something up or sends it back: so many characters at least. */
const leastWhy = 5;
const why = z.string().trim().min(leastWhy).max(200);

/** What the bodies of the two phases look like. */
export const handOffBodies = {
  'hand-off': z.strictObject({ to: z.string().min(1).max(64), reason: z.string().min(1).max(200).optional() }),
  accept: z.strictObject({ reason: why.optional() }),
  decline: z.strictObject({ reason: why }),
} as const;

export const takeOverAnswer = z.strictObject({
  task: z.literal('take-over'),
  outcome: z.enum(['accepted', 'declined']),
  note: why.optional().describe(`Why; needed to decline, at least ${leastWhy} characters`),
});

/** @throws InputInvalid where that post handles no disputes, or none of help where it is help */
function checkReceiver(city: City, path: string, to: string, helps: boolean): void {
  if (!postExists(city, to)) throw invalid(path, to, 'another post of the city, <area code>.<duty>');
  const { role } = postOf(city, to);
  if (purposeFor(role) !== 'handling') throw invalid(path, to, 'a post whose work is handling disputes');
  if (helps && !mayHelp(role)) throw invalid(path, to, 'a post that is not of the police: this is help');
}

interface Acting {
  readonly city: City;
  readonly state: State;
  readonly at: number;
}

/** Another post is asked whether it takes the task. @throws InputInvalid */
export function offered({ city, state, at }: Acting, task: Task, to: string): Content {
  if (to === task.owner) throw invalid('to', to, 'another post of the city, <area code>.<duty>');
  checkReceiver(city, 'to', to, isHelpIn(state.subject, task));
  if (isPoliceNotice(task.kind) && postOf(city, to).role !== 'community-police') {
    throw invalid('to', to, 'a post of the police: nobody else is told');
  }
  const asked = task.kind === 'enquiry' ? askedIn(task.about) : undefined;
  if (asked && postOf(city, to).department !== asked.department) {
    throw invalid('to', to, `a post of ${asked.department}: it is asked, and nobody else`);
  }
  const handOff = `${task.no}-${task.handOffs + 1}`;
  return { kind: 'handOffOffered', task: task.no, handOff, to, until: addDuration(city, at, city.handOff) };
}

export const accepted = ({ city, at }: Acting, task: Task, { id, to }: HandOff): Content => ({
  kind: 'handOffAccepted',
  task: task.no,
  handOff: id,
  stint: stint(city, task, to, at),
});

export const declined = ({ city }: Acting, task: Task, { id }: HandOff): Content => ({
  kind: 'handOffDeclined',
  task: task.no,
  handOff: id,
  ...lastReturn(city, task),
});

export interface HandOverCommand {
  readonly city: City;
  readonly state: CaseState;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
  readonly key: string;
  readonly to: string;
  readonly reason: string;
}

/** Another post is asked whether it takes the whole case over. @throws NotYours, InputInvalid */
export function handOver({ city, state, by, at, key, to, reason }: HandOverCommand): Worded {
  if (state.owner !== by.post) throw new NotYours(`${state.id} belongs to ${state.owner}, not to ${by.post}`);
  if (to === by.post) throw invalid('to', to, 'another post of the city, <area code>.<duty>');
  checkReceiver(city, 'to', to, false);
  const want = { kind: 'take-over', owner: to, about: by.post, due: addDuration(city, at, city.handOff) } as const;
  return {
    draft: { at, by, key, rev: 0, content: { kind: 'asked', want }, note: noteIdFor(state.id, key) },
    text: reason,
  };
}

/** @throws InputInvalid, ActionRefused */
export function takeOverAnswered(context: Context, { outcome, note }: z.infer<typeof takeOverAnswer>): Answer {
  const { city, by, at } = context;
  const state = caseOf(context);
  if (outcome === 'accepted') return { task: 'take-over', outcome, whole: wholeCase(city, state, by.post, at) };
  if (note === undefined) throw invalid('note', null, `why it is declined, at least ${leastWhy} characters`);
  return { task: 'take-over', outcome, ...lastReturn(city, state) };
}

/** Whose a measure without a row in the list is, or what came back too often. @throws InputInvalid, ActionRefused */
export function assigned({ city, state, task, at }: Context, owner: string): Answer {
  const moved = task.about === null ? undefined : state.tasks[task.about];
  const helps = [...(moved ? [moved] : []), { kind: 'measure' as const, measure: task.measure }];
  checkReceiver(
    city,
    'owner',
    owner,
    helps.some((one) => isHelpIn(state.subject, one)),
  );
  const answer = { task: 'assign', outcome: 'assigned', owner } as const;
  if (task.measure !== null) return answer;
  if (moved) return { ...answer, stint: stint(city, moved, owner, at) };
  if (state.subject !== 'case') throw new ActionRefused('assigning', `${task.no} is about nothing that is open`, []);
  return { ...answer, whole: wholeCase(city, state, owner, at) };
}
