import { viewOfMediator } from '../../shared/api/post-views.ts';
import { areaExists } from '../../shared/config/posts.ts';
import { InputInvalid } from '../../shared/errors.ts';
import type { Directory } from '../../shared/record/directory.ts';
import { mediatorsFor } from '../../shared/record/mediators.ts';
import type { Handler } from '../middleware/api.ts';

/** Whom the parties may choose: for a place, a measure, a language. */
export const mediators =
  (directory: () => Directory): Handler<'list-mediators'> =>
  async ({ guard, query }) => {
    const { city } = directory();
    const { area, measure, language } = query;
    if (area !== undefined && !areaExists(city, area)) {
      throw new InputInvalid([{ path: 'query.area', value: area, allowed: `an area code of ${city.name.en}` }]);
    }
    await guard.to({ what: ['mediators', area, measure, language].filter(Boolean).join(' '), relations: new Set() });
    const found = await mediatorsFor(directory(), query);
    return { body: { mediators: found.map(viewOfMediator) } };
  };
