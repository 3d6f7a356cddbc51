/**
 * Check-ins after a resolution end of themselves, and nobody need have them: whoever is asked how things are declines one or all, at
 * the door (an answer of the task), or by themself before anybody comes. Pure.
 */
import * as z from 'zod';
import { iso } from '../calendar/calendar.ts';
import { ActionRefused } from '../errors.ts';
import type { ContentOf } from './actions.ts';
import { invalid } from './answering.ts';
import { type Asking, agentBody, checkAgent, noteWith } from './contesting.ts';
import { noteIdFor } from './ids.ts';
import { type CaseState, describeToOneself, openTasks, type Task } from './state.ts';
import type { Worded } from './task-commands.ts';

export const declineBody = z.strictObject({
  no: z.string().min(1).max(30).optional().describe('Which one, as a read names it; absent: all that are left'),
  agent: agentBody.optional().describe('Where a post enters it for an agent; never by the person themself'),
});

const checkInsOf = (state: CaseState): Task[] => openTasks(state).filter(({ kind }) => kind === 'check-in');

/** @throws InputInvalid, ActionRefused where none is to come */
export function checkInsDeclined(
  state: CaseState,
  { by, at, key }: Asking,
  { no, agent }: z.infer<typeof declineBody>,
): Worded {
  checkAgent(by, agent);
  const left = checkInsOf(state).map((task) => task.no);
  if (state.status !== 'resolved' || (state.checkInsSet && left.length === 0)) {
    throw new ActionRefused('declining check-ins', `${describeToOneself(state)}: none is to come`, []);
  }
  if (no !== undefined && !left.includes(no)) throw invalid('no', no, left.join(', ') || 'none: none is planned yet');
  const content: ContentOf<'checkInsDeclined'> = {
    kind: 'checkInsDeclined',
    ...(no === undefined ? {} : { no }),
    ...(agent ? { agent: true } : {}),
  };
  const draft = { at, by, key, rev: 0, content };
  return agent ? { draft: { ...draft, note: noteIdFor(state.id, key) }, text: noteWith([], agent) } : { draft };
}

/** As whoever is asked reads them: the dates to come, and nothing of whoever asks. */
export const checkInsToCome = (state: CaseState): { no: string; from: string; begun: boolean }[] =>
  checkInsOf(state)
    .map(({ no, from, begun }) => ({ no, from: iso(from), begun }))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
