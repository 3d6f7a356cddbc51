/** Grid rounds and department enquiries: who looks where, and who is asked what. */
import { areaExists } from '../../shared/config/posts.ts';
import { checkOpening } from '../../shared/domain/governance.ts';
import { roundIdFor } from '../../shared/domain/ids.ts';
import { asked, planned } from '../../shared/domain/screening.ts';
import { type CaseState, openTasks } from '../../shared/domain/state.ts';
import { standingToArea } from '../../shared/domain/who-may/standing.ts';
import { InputInvalid } from '../../shared/errors.ts';
import { commit, markOpen, read } from '../../shared/record/log.ts';
import type { Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { disputeAt, unknown } from '../middleware/named.ts';
import type { Changing } from './handler.ts';

/** A dated list of places; the open mark precedes the action. */
export const planRound =
  (changing: () => Changing): Handler<'plan-round'> =>
  async ({ body, caller, guard, now, key: given }) => {
    const { log } = changing();
    const { city } = log;
    if (!areaExists(city, body.area)) {
      throw new InputInvalid([{ path: 'area', value: body.area, allowed: `an area code of ${city.name.en}` }]);
    }
    const relations = caller.as === 'post' ? standingToArea(city, caller.post, body.area) : new Set<never>();
    await guard.to({ what: body.area, relations });
    const by = staffOf(caller);
    const id = roundIdFor(`${by.person} ${given}`);
    if (await read(log, id)) return { body: { id, repeated: true } };
    checkOpening(city, now);
    const content = planned(city, id, body, now);
    await markOpen(log, id);
    const made = await commit(log, id, () => ({ at: now, by, key: id, rev: 0, content }), { key: id });
    return { body: { id, repeated: made?.again ?? false } };
  };

/** Whoever is accountable for a case, or decides on it, works on its disputes too. */
const works = (post: string) => (state: CaseState) =>
  state.status !== 'closed' &&
  (state.owner === post || openTasks(state).some(({ kind, owner }) => kind === 'decide' && owner === post));

/** One question to one department about one dispute. */
export const askDepartment =
  (changing: () => Changing): Handler<'ask-department'> =>
  async ({ params, body, caller, guard, now, key: given }) => {
    const { log } = changing();
    const { state, linked } = await disputeAt(log, params.id);
    const subject = await guard.standing(state, linked);
    const working = caller.as === 'post' && linked.some(works(caller.post.id));
    await guard.to({ ...subject, relations: new Set([...subject.relations, ...(working ? ['work' as const] : [])]) });
    const by = staffOf(caller);
    const key = `ask ${by.person} ${given}`;
    const made = await commit(
      log,
      state.id,
      (current) => {
        if (current?.subject !== 'dispute') throw unknown('dispute', state.id);
        const content = asked(log.city, current, body.department, body.question);
        return { at: now, by, key, rev: 0, content };
      },
      { key },
    );
    if (!made) throw unknown('dispute', state.id);
    return { body: { id: state.id, n: made.action.n, repeated: made.again } };
  };
