/** The report of a month, for those who coordinate, review or audit. */
import { localDate } from '../../shared/calendar/calendar.ts';
import { township } from '../../shared/config/places.ts';
import { InputInvalid } from '../../shared/errors.ts';
import type { Log } from '../../shared/record/log.ts';
import { monthReport } from '../../shared/record/month-report.ts';
import type { Handler } from '../middleware/api.ts';
import { areaAsked } from '../middleware/lists.ts';

export const readMonthReport =
  (log: () => Pick<Log, 'table' | 'city'>): Handler<'read-month-report'> =>
  async ({ params: { month }, query, caller, guard, now }) => {
    const { city } = log();
    const { area, relations } = areaAsked(city, caller, query.area);
    await guard.toList(`${area} ${month}`, relations);
    const invalid = (path: string, value: string, allowed: string) => new InputInvalid([{ path, value, allowed }]);
    // In a village so little happens that a count tells of somebody.
    if (area.length > township) throw invalid('query.area', area, 'a township or an area above');
    const latest = localDate(now).slice(0, 7);
    if (month > latest) throw invalid('params.month', month, `a month up to ${latest}`);
    return { body: await monthReport(log(), { month, area, now }) };
  };
