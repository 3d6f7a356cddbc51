/** Recalls counted by place and month. */
import type { City } from '../config/city.ts';
import { isWithin } from '../config/posts.ts';
import { monthsLater } from '../domain/report-month/weeks.ts';
import { countedIn } from './monthly.ts';
import type { Table } from './table.ts';

export interface CountedRecall {
  readonly area: string;
  readonly value: 'confirmed' | 'unconfirmed';
}

/** What was called back in an area in a month, and whether somebody has said by the end of the next that it is gone. */
export async function recallsIn(table: Table, city: City, area: string, month: string): Promise<CountedRecall[]> {
  const [asked, later] = await Promise.all(
    [month, monthsLater(month, 1)].map((one) => countedIn(table, city, area, one)),
  );
  const said = new Set(
    [...(asked ?? []), ...(later ?? [])].flatMap(({ log, recall }) =>
      recall?.confirmed === undefined ? [] : [`${log} ${recall.confirmed}`],
    ),
  );
  return (asked ?? [])
    .filter((one) => isWithin(city, one.area, area))
    .flatMap(({ log, area: place, recall }) =>
      (recall?.asked ?? []).map((no): CountedRecall => {
        const value = said.has(`${log} ${no}`) ? 'confirmed' : 'unconfirmed';
        return { area: place, value };
      }),
    );
}
