/**
 * The kill switch (S15). One person stops new levels for the whole city, at once; two persons of different departments release
 * them. Who may is in the matrix: those who oversee and administer, and nobody who decides on levels. Pure.
 */
import * as z from 'zod';
import type { City } from '../config/city.ts';
import { post as postOf } from '../config/posts.ts';
import { ActionRefused, LevelsStopped, NotYours } from '../errors.ts';
import { leastReason } from './reasons.ts';

const switchWishes = ['stop', 'release'] as const;
export type SwitchWish = (typeof switchWishes)[number];

/** releasing: one person wants the release; until a second agrees levels stay stopped. */
export const switchStates = ['stopped', 'releasing', 'released'] as const;
export type SwitchState = (typeof switchStates)[number];

export const switchBody = z.strictObject({
  levels: z.enum(switchWishes).describe('stop: at once, by one person. release: by two of different departments'),
  reason: z.string().trim().min(leastReason).max(200).describe('Why; nothing about any person'),
});

/** One turn of the switch; the newest counts, the earlier ones are its history. */
export interface Turn {
  readonly schema: 1;
  readonly n: number;
  readonly at: number;
  readonly by: { readonly person: string; readonly post: string };
  readonly key: string;
  readonly state: SwitchState;
  readonly reason: string;
}

type Made = Pick<Turn, 'at' | 'by' | 'key'>;

export const isStopped = (turn: Pick<Turn, 'state'> | undefined): boolean =>
  turn !== undefined && turn.state !== 'released';

/** @throws ActionRefused where it is so already, NotYours where the second person is the first or of the same department */
export function turned(
  city: City,
  current: Turn | undefined,
  { levels, reason }: z.output<typeof switchBody>,
  made: Made,
): Turn {
  return { schema: 1, n: (current?.n ?? 0) + 1, ...made, reason, state: stateAfter(city, current, levels, made) };
}

function stateAfter(city: City, current: Turn | undefined, wish: SwitchWish, { by }: Made): SwitchState {
  if (wish === 'stop') {
    if (current?.state === 'stopped') throw new ActionRefused('stop', 'new levels are stopped', ['release']);
    return 'stopped';
  }
  if (!current || !isStopped(current)) throw new ActionRefused('release', 'new levels are not stopped', ['stop']);
  if (current.state === 'stopped') return 'releasing';
  const { person, post } = current.by;
  const first = `${post} wants the release already; a second person`;
  if (by.person === person) throw new NotYours(`${first} must be another`);
  if (postOf(city, by.post).department === postOf(city, post).department) {
    throw new NotYours(`${first} must be of another department`);
  }
  return 'released';
}

/** What whoever would raise a level is told while it is stopped. */
export function stoppedBy(turn: Turn): LevelsStopped {
  const since = new Date(turn.at).toISOString();
  return new LevelsStopped(
    `新的定级自${since}起暂停（${turn.by.post}），帮助、保护、降级、不予定级照常。 No level begins or rises: stopped by ${turn.by.post} at ${since}. Help, protection, lowering and dismissing go on; the task stays open and can be answered so when levels are released.`,
    ['lower to no more than what stands', 'dismiss', 'wait for the release: GET /v1/switch'],
  );
}

/** Posts that are asked for decisions: they hear of every turn that changes what they may do. */
export function decidingPosts(city: City, all: readonly string[]): string[] {
  const kinds: ReadonlySet<string> = new Set(['decide', 'second']);
  const duties = new Set(city.responsibility.filter(({ kind }) => kinds.has(kind)).map(({ duty }) => duty));
  return all.filter((id) => duties.has(postOf(city, id).duty));
}
