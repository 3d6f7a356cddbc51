/**
 * When a level ends at the latest, whatever was decided or renewed (S1, S9): the one rule that deciding, renewing and second persons
 * share. Pure.
 */
import * as z from 'zod';
import type { Content } from './actions.ts';
import type { CaseEvent, CaseState, LevelState } from './state.ts';
import { levels } from './words.ts';

/** A level rests on what happened within the last year: an absolute end of the house (field.md §5.3). Milliseconds. */
export const year = 365 * 86_400_000;

type WithEvents = Pick<CaseState, 'events'>;

export const isRecent = ({ at }: { readonly at: number }, now: number): boolean => at > now - year;

/** What a year is counted from. Of what nobody has dated only the first: what comes after it may be the same evening told again. */
const grounds = ({ events }: WithEvents): readonly CaseEvent[] =>
  events.filter(({ state }) => state === 'verified').filter(({ undated }, i) => i === 0 || !undated);

/** Something is there at the instant that a level can rest on. */
export const hasGround = (state: WithEvents, now: number): boolean =>
  grounds(state).some((event) => isRecent(event, now));

/** A year after the last verified event, by its own date; never where there is none. */
export const absoluteEnd = (state: WithEvents): number => Math.max(...grounds(state).map(({ at }) => at)) + year;

/** Renewing can still move the end of the level. */
export const mayLast = (state: WithEvents, { lapses, afterRed }: LevelState): boolean =>
  !afterRed && absoluteEnd(state) > lapses;

export const renewals = ['owner', 'reviewer', 'none'] as const;

/** Who may renew it on the same events: the accountable post once, then the independent reviewer, who is asked until they decline. */
export function renewalOf(state: WithEvents, level: LevelState): (typeof renewals)[number] {
  if (!mayLast(state, level) || level.declined) return 'none';
  return level.renewed ? 'reviewer' : 'owner';
}

const lapseCauses = ['time', 'second', 'withdrawn', 'contest'] as const;

export const lapseSchema = z
  .strictObject({
    from: z.enum(levels),
    to: z.enum(levels).nullable().describe('null: the level ended'),
    cause: z
      .enum(lapseCauses)
      .describe(
        'Its time was over, no second person agreed, what it rested on was withdrawn, a contest was not answered',
      ),
  })
  .describe('A level ended or fell by itself: never a decision');
export type Lapse = Readonly<z.output<typeof lapseSchema>>;

/** What an action lapsed; undefined for any other. */
export function lapseIn(content: Content): Lapse | undefined {
  switch (content.kind) {
    case 'lapsed': {
      const { from, to, task, cause } = content;
      return { from, to, cause: cause ?? (task.startsWith('second-') ? 'second' : 'time') };
    }
    case 'eventWithdrawn':
      return content.lapsed && { from: content.lapsed, to: null, cause: 'withdrawn' };
    default:
      return undefined;
  }
}
