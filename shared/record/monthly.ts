/**
 * What the report of a month is made of, by county and month: one small item for an action that counts, without persons. They
 * stay when the logs are forgotten.
 */
import * as z from 'zod';
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { countiesOf, countyOf, placesOf } from '../config/places.ts';
import type { Action } from '../domain/actions.ts';
import { type Counted, countedOf, countedSchema } from '../domain/report-month/counted.ts';
import type { State } from '../domain/state.ts';
import { itemsBeginning, itemsOf } from './items.ts';
import { actionKey, monthPartition, putNew, type Table } from './table.ts';

/** New disputes lie together: the weeks before are read without all the rest of their months. */
const arose = 'AROSE#';

/** Put if absent, under the action's own number: a repeated commit counts once. */
export async function countIn(
  table: Table,
  { before, state, action }: { readonly before: State | undefined; readonly state: State; readonly action: Action },
): Promise<void> {
  const counted = countedOf(before, state, action);
  if (!counted) return;
  const pk = monthPartition(countyOf(counted.area), localDate(action.at).slice(0, 7));
  const key = `${state.id}#${actionKey(action.n)}`;
  await putNew(table, { pk, sk: counted.day === undefined ? key : `${arose}${key}`, log: state.id, ...counted });
}

const keptSchema = z.object({ log: z.string(), ...countedSchema.shape });

/** Of one log, in its order. */
export interface Kept extends Counted {
  readonly log: string;
}

const counties = (city: City, area: string): string[] => countiesOf(placesOf(city, area));

/** Everything that counted in a month, in the counties of an area. */
export async function countedIn(table: Table, city: City, area: string, month: string): Promise<Kept[]> {
  const items = await Promise.all(counties(city, area).map((county) => itemsOf(table, monthPartition(county, month))));
  // A dispute begins before anything else becomes of it.
  const isFirst = ({ sk }: { readonly sk?: unknown }) => Number(String(sk).startsWith(arose));
  return items
    .flat()
    .sort((a, b) => isFirst(b) - isFirst(a))
    .map((item) => keptSchema.parse(item));
}

/** The disputes that were new in these months. */
export async function aroseIn(table: Table, city: City, area: string, months: readonly string[]): Promise<Kept[]> {
  const partitions = counties(city, area).flatMap((county) => months.map((month) => monthPartition(county, month)));
  const items = await Promise.all(partitions.map((pk) => itemsBeginning(table, pk, arose)));
  return items.flat().map((item) => keptSchema.parse(item));
}
