/** Whoever a part of a case is shared with opens it: while it stands, and long after, when it has to be shut. Pure. */
import { z } from 'zod';
import { onGrid } from './grid.ts';
import { between, draw } from './random.ts';
import type { Intent, Staff } from './staff.ts';

const minute = 60_000;
const day = 1440 * minute;

const shareReply = z.looseObject({ share: z.string(), until: z.iso.datetime() });

/** @param reply what the API answered to whoever shared it */
export function opensOf({ seed }: Staff, { taskId, key, verb, at, to }: Intent, reply: unknown): Intent[] {
  const made = verb === 'share' ? shareReply.safeParse(reply).data : undefined;
  if (!made || to === undefined) return [];
  const until = Date.parse(made.until);
  const chance = (about: string) => draw(seed, taskId, key, about);
  const opens = [at + between(30, 240, chance('first')) * minute, at + (until - at) * chance('again'), until + day];
  return opens.map((when, i) => ({
    key: `${key}-open-${i}`,
    at: onGrid(when),
    taskId,
    post: to,
    verb: 'open-share',
    to: made.share,
  }));
}
