/** What the accountable post may do with the clocks of a task: act, wait for others, ask for more time. Pure. */
import * as z from 'zod';
import { addDuration, iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { leadAbove } from '../config/posts.ts';
import { ActionRefused, InputInvalid } from '../errors.ts';
import { type Content, pauseReasons } from './actions.ts';
import { resumedStint } from './pausing.ts';
import type { Task } from './state.ts';
import { beyondLaw, isLawsOwn } from './statutory.ts';
import type { TaskKind } from './words.ts';

/** Nobody at risk waits while these wait. */
export const pausing: readonly TaskKind[] = ['settle', 'enquiry', 'offer-help', 'minutes', 'measure', 'resolve'];
/** Neither what protects nor what lets a level end is put off. */
const extending: readonly TaskKind[] = [...pausing, 'plan', 'reason-review'];

export const clockBodies = {
  attempt: z.strictObject({ note: z.string().min(1).max(200).optional().describe('What was tried') }),
  pause: z.strictObject({
    waitingFor: z.enum(pauseReasons).describe('Whose turn it is: a party, a department, a court, an appraisal'),
    note: z.string().min(10).max(200).describe('What is waited for'),
  }),
  resume: z.strictObject({}),
  extend: z.strictObject({
    until: z.iso.datetime({ offset: true }).describe('The new end'),
    reason: z.string().min(20).max(200).describe('Why the end cannot be kept; the supervisor is told'),
    agreed: z
      .boolean()
      .optional()
      .describe('Of a mediation whose time by law would be over: both parties agree to go on; recorded'),
  }),
} as const;

/** @throws ActionRefused */
export function paused(task: Task, { waitingFor }: z.output<typeof clockBodies.pause>): Content {
  allowedFor('pause', task, pausing);
  return { kind: 'paused', task: task.no, waitingFor };
}

export const resumed = (city: City, task: Task, at: number): Content => ({
  kind: 'resumed',
  task: task.no,
  stint: resumedStint(city, task, at),
});

/** @throws ActionRefused, InputInvalid */
export function extended(
  city: City,
  task: Task,
  { until, agreed }: z.output<typeof clockBodies.extend>,
  at: number,
): Content {
  allowedFor('extend', task, extending);
  const { most, longest } = city.extension;
  if (task.extensions >= most) {
    throw new ActionRefused('extend', `task ${task.no} was extended ${task.extensions} times`, ['answer', 'hand-off']);
  }
  const due = Date.parse(until);
  const latest = addDuration(city, task.due, longest);
  const earliest = Math.max(task.due, at);
  if (due <= earliest || due > latest) {
    const allowed = `later than ${iso(earliest)} and not later than ${iso(latest)}`;
    throw new InputInvalid([{ path: 'until', value: until, allowed }]);
  }
  const supervisor = leadAbove(city, task.owner) ?? task.owner;
  const beyondLaw = lawful(city, task, due, agreed);
  return { kind: 'extended', task: task.no, due, supervisor, ...(beyondLaw ? { beyondLaw } : {}) };
}

/** Beyond the time of law: as both parties agree, or as the law itself allows. @throws ActionRefused, InputInvalid */
function lawful(city: City, task: Task, due: number, agreed: boolean | undefined): 'agreement' | 'reasons' | undefined {
  const { law } = task;
  if (!law || law.passed || due <= law.due) return undefined;
  const { most, by } = beyondLaw(city, task);
  if (due > most) {
    const allowed = `not later than ${iso(most)}: the law gives no more`;
    throw new InputInvalid([{ path: 'until', value: iso(due), allowed }]);
  }
  if (by === 'none') return undefined;
  if (by === 'agreement' && agreed !== true) {
    const allowed = 'true: both parties agree to go on beyond the time that the law gives';
    throw new InputInvalid([{ path: 'agreed', value: agreed ?? null, allowed }]);
  }
  if (by === 'agreement' && task.consents.length < 2) {
    throw new ActionRefused('extend', `task ${task.no} is without the consent of both parties`, ['consent', 'answer']);
  }
  return by;
}

function allowedFor(verb: 'pause' | 'extend', task: Task, kinds: readonly TaskKind[]): void {
  // Nobody but the law puts off what the law sets.
  if (kinds.includes(task.kind) && !isLawsOwn(task)) return;
  throw new ActionRefused(verb, `task ${task.no} is a ${task.measure ?? task.kind} task, whose clock never waits`, [
    'answer',
    'hand-off',
    `${verb} of ${kinds.join(', ')}`,
  ]);
}
