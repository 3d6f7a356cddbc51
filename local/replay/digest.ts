/**
 * The canonical record: sorted lines of all that happened, without what may differ between two runs of the same story (numbers,
 * hashes, revisions and their causes, tokens, sealed data, attempts to publish, the log of accesses).
 */
import type { Content } from '../../shared/domain/actions.ts';
import { canonical, sha256 } from '../../shared/domain/ids.ts';
import { isMergeable } from '../../shared/domain/merged.ts';
import type { State } from '../../shared/domain/state.ts';
import { levelChanges, noticesOf, tasksOf } from './histories.ts';
import type { Step, Told } from './record.ts';

export function linesOf({ record, steps, states }: Told): string[] {
  const lines = states.map((state) => `head ${state.id} ${canonical(unordered(headOf(state)))}`);
  for (const { id, dispute, caseId, referral } of record.reports) {
    lines.push(`report ${id} ${canonical({ dispute, caseId, referral })}`);
  }
  for (const log of steps.values()) lines.push(...linesOfLog(log));
  return lines.map(unnamed).sort();
}

export const digestOf = (lines: readonly string[]): string => sha256(lines.map((line) => `${line}\n`).join(''));

/** What somebody received, or hears of what they asked, is called by the number of an action. */
const unnamed = (line: string): string => line.replace(/\b(received|share|recalled|taken-up|answered)-\d+/g, '$1');

/** Keys of what the city does by itself end with one, and with a revision. */
const keyOf = (key: string): string => key.replace(/( \d+)+$/, '');

/** What happens to two tasks of one log at the same instant has no order: nor have the lists of its head. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map((one) => canonical(unordered(one)))
      .sort()
      .map((text): unknown => JSON.parse(text));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unordered(one)]));
}

function linesOfLog(steps: readonly Step[]): string[] {
  const lines: string[] = [];
  for (const { id, action } of steps) {
    const { at, by, note, content } = action;
    if (content.kind !== 'revised' && content.kind !== 'discharged')
      lines.push(`action ${id} ${canonical({ at, by, note, content: unnumbered(content) })}`);
  }
  for (const { id, task, endedAt, outcome } of tasksOf(steps)) {
    const { step: _step, seq: _seq, keys: _keys, notices: _notices, ...kept } = task;
    lines.push(`task ${id} ${canonical({ ...bare(kept), endedAt, outcome })}`);
    if (task.kind === 'check-in') lines.push(`check-in ${id} ${canonical({ from: task.from, endedAt, outcome })}`);
  }
  for (const { id, task, notice } of noticesOf(steps)) lines.push(`notice ${id} ${task} ${canonical(notice)}`);
  for (const { step, from, to } of levelChanges(steps)) {
    lines.push(`level ${step.id} ${canonical({ at: step.action.at, from, to, by: step.action.by })}`);
  }
  return lines;
}

/** Of which action something is about is told by its number only, which a revision moves. */
const bare = <T extends { readonly about?: string | null }>(one: T): T =>
  /^\d+$/.test(one.about ?? '') ? { ...one, about: 'an action' } : one;

/** Content without the numbers of other actions. */
function unnumbered(content: Content): object {
  switch (content.kind) {
    case 'planAmended':
    case 'contested':
      return { ...content, decision: undefined };
    case 'opened':
      return { ...content, tasks: content.tasks.map(bare) };
    case 'absorbed':
    case 'mergeDeclined':
      return { kind: content.kind, source: content.source };
    case 'unmerged':
      return { kind: content.kind, from: content.from };
    default:
      return content;
  }
}

/** Contests and requests, their answers too, are told by the numbers of their actions. */
const asked = <T extends { readonly n: number; readonly answered: { readonly n: number } | null }>(one: T): object => ({
  ...one,
  ...{ n: undefined, decision: undefined, answered: one.answered && { ...one.answered, n: undefined } },
});

/** What one log is to others, by their names alone. */
const mergesIn = (state: State): object =>
  isMergeable(state)
    ? { moving: state.moving?.other, merged: state.merged?.into, absorbed: state.absorbed.map(({ id }) => id) }
    : {};

/** The state without its place in the chain, and with numbers of actions told only as "there is one". */
function headOf(state: State): Record<string, unknown> {
  const { n: _n, hash: _hash, rev: _rev, revisedAt: _revisedAt, recoveries: _recoveries, ...rest } = state;
  const { changedAt: _changedAt, definition: _definition, tasks, wants, ...others } = rest;
  const kept = {
    ...others,
    ...mergesIn(state),
    wants: wants.map(bare),
    requests: others.requests.map(asked),
    keys: others.keys.map(keyOf),
    owed: others.owed.map(({ what }) => what),
  };
  const open = Object.keys(tasks).sort();
  if (kept.subject !== 'case') return { ...kept, open };
  const { assessment, decision, plan, talk, contests, ...left } = kept;
  return {
    ...left,
    open,
    contests: contests.map(asked),
    assessment: assessment && { ...assessment, n: undefined },
    decision: decision && { level: decision.level },
    plan: plan && { waiting: plan.waiting },
    talk: talk && { outcome: talk.outcome },
  };
}
