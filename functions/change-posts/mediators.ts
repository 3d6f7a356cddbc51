import { viewOfMediator } from '../../shared/api/post-views.ts';
import { areaExists } from '../../shared/config/posts.ts';
import { homeOf, mediatorChanged } from '../../shared/domain/mediators.ts';
import { standingToArea } from '../../shared/domain/who-may/standing.ts';
import { Unknown } from '../../shared/errors.ts';
import type { Directory } from '../../shared/record/directory.ts';
import { commitMediator } from '../../shared/record/mediators.ts';
import { etagOf, type Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';

/** Enters somebody in the registry, or changes what stands there: a numbered version each time. */
export const changeMediator =
  (directory: () => Directory): Handler<'change-mediator'> =>
  async ({ params, body, guard, caller, key, now, seen }) => {
    const { city } = directory();
    const { mediatorId: id } = params;
    const home = homeOf(id);
    if (!areaExists(city, home)) throw new Unknown('mediator', id, `<code of a county of ${city.name.en}>.<name>`);
    const relations = caller.as === 'post' ? standingToArea(city, caller.post, home) : new Set<never>();
    await guard.to({ what: id, relations });
    const { person, post } = staffOf(caller);
    const made = { at: now, by: { person, post }, key };
    const make = (current: Parameters<typeof mediatorChanged>[2]) => mediatorChanged(city, id, current, body, made);
    const mediator = await commitMediator(directory(), { id, key, person, seen, make });
    return { body: viewOfMediator(mediator), etag: etagOf(mediator.n) };
  };
