/** Decisions by place and month: what was decided against a proposal counts both ways, also of cases long closed (S4). */
import type { City } from '../config/city.ts';
import { township } from '../config/places.ts';
import { choices } from '../domain/deciding.ts';
import { placesIn, tell } from '../domain/report-month/small-cells.ts';
import type { Counts } from '../domain/statistics.ts';
import { countedIn } from './monthly.ts';
import type { Table } from './table.ts';

/** What was chosen in an area in a month; as in the report of the month, so that neither tells what the other does not. */
export async function decisionsIn(table: Table, city: City, area: string, month: string): Promise<Counts> {
  const counted = await countedIn(table, city, city.code, month);
  const entries = counted.flatMap(({ area: where, choice }) => (choice ? [{ area: where, value: choice }] : []));
  const [told] = tell(placesIn(city), [entries]);
  const count = (choice: string) => (area.length > township ? null : (told?.count(area, choice) ?? null));
  const cells = choices.map((value) => ({ value, count: count(value) })).filter((cell) => cell.count !== 0);
  return { name: 'decisions', cells: cells.sort((a, b) => (a.value < b.value ? -1 : 1)) };
}
