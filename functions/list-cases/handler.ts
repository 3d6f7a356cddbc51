import { covers } from '../../shared/config/posts.ts';
import { lineOf } from '../../shared/domain/views.ts';
import { logAccess } from '../../shared/record/accesses.ts';
import { openHeads } from '../../shared/record/lists.ts';
import type { Log } from '../../shared/record/log.ts';
import type { Reply, Request } from '../middleware/api.ts';

/** GET /v1/cases: the open cases and disputes of the post's area, by when they were opened; nobody is ranked (S4). */
export const listCases =
  (log: () => Log) =>
  async ({ staff, now, requestId }: Request): Promise<Reply> => {
    const { person, post } = staff();
    const { table, city } = log();
    await logAccess(table, { at: now, person, post, operation: 'list-cases', what: post, outcome: 'shown', requestId });
    const heads = await openHeads(log());
    const cases = heads
      .filter((state) => covers(city, post, state.area))
      .sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))
      .map(lineOf);
    return { status: 200, body: { cases } };
  };
