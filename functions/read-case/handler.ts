import { isLogId } from '../../shared/domain/ids.ts';
import { viewOf } from '../../shared/domain/views.ts';
import { mayRead, maySeePeople } from '../../shared/domain/who-may.ts';
import { NotYours, Unknown } from '../../shared/errors.ts';
import { logAccess } from '../../shared/record/accesses.ts';
import { actionsAfter, type Log } from '../../shared/record/log.ts';
import { readLog } from '../../shared/record/looks.ts';
import { type People, peopleOf } from '../../shared/record/people.ts';
import type { Reply, Request } from '../middleware/api.ts';

/** GET /v1/cases/{id}, /v1/disputes/{id} and their /history. Every read, also a refused one, is logged before it is answered. */
export const readCase =
  (log: () => Log, people: () => People, wants: 'state' | 'history') =>
  async ({ path, staff, now, requestId }: Request): Promise<Reply> => {
    const { id = '' } = path;
    if (!isLogId(id)) throw new Unknown('case or dispute', id, 'C-… or D-… with 12 letters or digits is allowed');
    const { table, city } = log();
    const by = staff();
    const state = await readLog(log(), id);
    const shown = mayRead(city, by.post, state);
    const operation = wants === 'state' ? 'read-case' : 'read-history';
    const { person, post } = by;
    await logAccess(table, {
      at: now,
      person,
      post,
      operation,
      what: id,
      outcome: shown ? 'shown' : 'denied',
      requestId,
    });
    if (!shown) throw new NotYours(`${post} is neither of the area of ${id} nor accountable for a task of it`);
    if (wants === 'history') return { status: 200, body: { actions: await actionsAfter(table, id, 0) } };
    const known = maySeePeople(post, state) ? { people: await peopleOf(people(), state) } : {};
    return { status: 200, body: { [state.subject]: viewOf(state), ...known } };
  };
