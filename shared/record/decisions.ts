/** Decisions counted by place and month: what was decided against a proposal counts both ways, also of cases long closed (S4). */
import * as z from 'zod';
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { countiesOf, countyOf, placesOf } from '../config/places.ts';
import { isWithin } from '../config/posts.ts';
import type { Action } from '../domain/actions.ts';
import { choices, decisionIn } from '../domain/deciding.ts';
import type { State } from '../domain/state.ts';
import { itemsOf } from './items.ts';
import { decisionPartition, putNew, type Table } from './table.ts';

const counted = z.object({ area: z.string(), choice: z.enum(choices) });

/** Put if absent, under what the decision is known by whatever its number: a repeated commit counts once. */
export async function countDecision(
  table: Table,
  { id, area }: Pick<State, 'id' | 'area'>,
  action: Pick<Action, 'at' | 'content'>,
): Promise<void> {
  const decision = decisionIn(action);
  if (!decision) return;
  const { task, ...what } = decision;
  const pk = decisionPartition(countyOf(area), localDate(action.at).slice(0, 7));
  await putNew(table, { pk, sk: `${id}#${task}`, area, ...what });
}

/** What was chosen in an area in a month. */
export async function choicesIn(table: Table, city: City, area: string, month: string) {
  const counties = countiesOf(placesOf(city, area));
  const items = await Promise.all(counties.map((code) => itemsOf(table, decisionPartition(code, month))));
  return items
    .flat()
    .map((item) => counted.parse(item))
    .filter((one) => isWithin(city, one.area, area))
    .map(({ choice }) => choice);
}
