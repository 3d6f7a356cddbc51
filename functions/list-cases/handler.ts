/** What is open in an area: the board, counts, and what somebody takes part in. Nobody is ranked (S4). */
import { iso, localDate } from '../../shared/calendar/calendar.ts';
import type { City } from '../../shared/config/city.ts';
import { isWithin, post as postOf } from '../../shared/config/posts.ts';
import { isAskedAbout } from '../../shared/domain/afterwards.ts';
import { isCaseId, isReferralId, placeIn } from '../../shared/domain/ids.ts';
import { askedIn } from '../../shared/domain/rights.ts';
import type { State } from '../../shared/domain/state.ts';
import { countsOf } from '../../shared/domain/statistics.ts';
import { lineOf, listedLevel, type Shown } from '../../shared/domain/views.ts';
import { isHelped, phaseOf } from '../../shared/domain/who-may/standing.ts';
import { decisionsIn } from '../../shared/record/decisions.ts';
import { headsOf } from '../../shared/record/lists.ts';
import type { Log } from '../../shared/record/log.ts';
import { readLog } from '../../shared/record/looks.ts';
import { homeAt } from '../../shared/record/merging.ts';
import { casesOf } from '../../shared/record/owing.ts';
import { type Matter, ownMattersOf } from '../../shared/record/people.ts';
import type { Handler } from '../middleware/api.ts';
import type { Guard } from '../middleware/guard.ts';
import { areaAsked, ownLogs } from '../middleware/lists.ts';

/** What was searched for, as the log of accesses keeps it. */
const searched = (area: string, { cursor: _, limit: __, area: ___, ...filter }: Filter & Page): string =>
  [area, ...Object.entries(filter).map(([name, value]) => `${name}=${value}`)].join(' ');

export const listCases =
  (log: () => Log): Handler<'list-cases'> =>
  async ({ query, caller, guard }) => {
    const { city } = log();
    const { area, relations } = areaAsked(city, caller, query.area);
    await guard.toList(searched(area, query), relations);
    const own = await ownLogs(log(), caller);
    const { found, next } = await headsOf(log(), area, query, (state) => {
      const listed = isWithin(city, state.area, area) && !own.has(state.id);
      const fields = listed ? guard.line(state) : undefined;
      return fields && fits(city, state, fields, query) ? lineOf(state, fields) : undefined;
    });
    return { body: { cases: found, next } };
  };

interface Page {
  readonly area?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

interface Filter {
  readonly subject?: State['subject'] | undefined;
  readonly level?: string | undefined;
  readonly tier?: string | undefined;
  readonly status?: string | undefined;
  readonly phase?: string | undefined;
  readonly disputeType?: string | undefined;
}

/** Nothing is found by what is not shown. */
function fits(city: City, state: State, fields: Shown, filter: Filter): boolean {
  const { subject, level, tier, status, phase, disputeType } = filter;
  const colour = listedLevel(state) ?? 'none';
  return (
    (subject === undefined || subject === state.subject) &&
    (level === undefined || (fields.has('level') && level === colour)) &&
    (tier === undefined || tier === postOf(city, state.owner).tier) &&
    (status === undefined || status === state.status) &&
    (phase === undefined || phase === phaseOf(state)) &&
    (disputeType === undefined || disputeType === state.disputeType)
  );
}

export const readStatistics =
  (log: () => Log): Handler<'read-statistics'> =>
  async ({ query, caller, guard, now }) => {
    const { city, table } = log();
    const { area, relations } = areaAsked(city, caller, query.area);
    await guard.toList(area, relations);
    const month = query.month ?? localDate(now).slice(0, 7);
    const states: State[] = [];
    let cursor: string | undefined;
    do {
      const page = await headsOf(log(), area, { cursor, limit: 1_000 }, (state) =>
        isWithin(city, state.area, area) ? state : undefined,
      );
      states.push(...page.found);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    const decisions = await decisionsIn(table, city, area, month);
    return { body: { area, at: iso(now), month, tables: [...countsOf(city, states), decisions] } };
  };

/** What is kept about whoever asks: what they are told of, and nothing else. */
export const listMyMatters =
  (log: () => Log): Handler<'list-my-matters'> =>
  async ({ caller, guard, now }) => {
    await guard.to({ what: 'own matters', relations: new Set(['self']) });
    const matters = await ownMattersOf(log().table, caller.parties);
    const shown = await Promise.all(matters.map((matter) => matterShown(log(), guard, matter, now)));
    const distinct = new Map(shown.flat().map((one) => [JSON.stringify(one), one]));
    return { body: { matters: [...distinct.values()] } };
  };

async function matterShown(log: Log, guard: Guard, matter: Matter, now: number) {
  const { dispute, part, case: caseId } = matter;
  if (!isHelped({ part }) && (part !== 'respondent' || isReferralId(dispute))) return [];
  const state = await readLog(log, dispute);
  const asked = requestsShown(log, state, matter, now);
  if (isReferralId(dispute)) return [{ referral: dispute, part, ...asked([]) }];
  if (isHelped({ part })) {
    if (part !== 'complainant') return [{ dispute, part, ...asked([]) }];
    const ledTo = (await casesOf(log, state)).filter(({ reports }) => reports.includes(matter.report));
    return [{ dispute, part, ...asked([]), ...agreementsShown([state, ...ledTo]) }];
  }
  // Of the case about them; a dispute may have others, about others.
  const about = caseId === undefined ? undefined : await homeAt(log, caseId);
  const cases = about?.subject === 'case' ? [about] : [];
  if (!guard.told(state, cases)) return [];
  const theirs = { ...asked(cases), ...agreementsShown([state, ...cases]) };
  return [{ dispute, part, ...(about && isCaseId(about.id) ? { case: about.id } : {}), ...theirs }];
}

/** What one of the two sides agreed on. */
function agreementsShown(states: readonly State[]) {
  const agreements = states.flatMap((state) =>
    state.agreements.map(({ id, on }) => ({ id, on: iso(on), asked: isAskedAbout(state, id) })),
  );
  return agreements.length > 0 ? { agreements } : {};
}

/** What somebody asked at this place, and in the cases about them. */
const requestsShown =
  ({ city }: Log, state: State, { report, i }: Matter, now: number) =>
  (cases: readonly State[]) => {
    const here = askedIn(city, state, now, ({ part }) => part === placeIn({ report, i }));
    const found = [...here, ...cases.flatMap((one) => askedIn(city, one, now, () => true))];
    const requests = found.map(({ about, at, takenUpAt, answerBy, outcome, answeredAt }) => ({
      ...{ about, at, takenUpAt, answerBy, outcome, answeredAt },
    }));
    return requests.length > 0 ? { requests } : {};
  };
