/** What the ways of looking found (三途径排查): counts and shares, nobody's name and no small cell. */
import { localDate } from '../../shared/calendar/calendar.ts';
import { countiesOf, placesOf, township } from '../../shared/config/places.ts';
import { foundBy, monthsBetween } from '../../shared/domain/screening.ts';
import { InputInvalid } from '../../shared/errors.ts';
import type { Log } from '../../shared/record/log.ts';
import { yieldsIn } from '../../shared/record/screening.ts';
import type { Handler } from '../middleware/api.ts';
import { areaAsked } from '../middleware/lists.ts';

const most = 24;

export const readScreening =
  (log: () => Log): Handler<'read-screening'> =>
  async ({ query, caller, guard, now }) => {
    const { city, table } = log();
    const { area, relations } = areaAsked(city, caller, query.area);
    const to = query.to ?? localDate(now).slice(0, 7);
    const from = query.from ?? to;
    await guard.toList(`${area} ${from} ${to}`, relations);
    const invalid = (path: string, value: string, allowed: string) => new InputInvalid([{ path, value, allowed }]);
    // In a village so few things are found that a count tells of somebody.
    if (area.length > township) throw invalid('query.area', area, 'a township or an area above');
    const months = monthsBetween(from, to);
    if (months.length < 1 || months.length > most) {
      throw invalid('query.from', from, `a month up to ${to}, and at most ${most} months with it`);
    }
    const places = new Set(placesOf(city, area));
    const yields = await yieldsIn(table, countiesOf([...places]), months);
    return { body: { area, from, to, routes: foundBy(yields.filter((one) => places.has(one.township))) } };
  };
