/** Reads what the report of a month is made of: always of the whole city, since what an area is told depends on the others. */
import type { City } from '../config/city.ts';
import { type Asked, type Facts, type MonthReport, reportOf } from '../domain/report-month/report.ts';
import { monthsBefore } from '../domain/report-month/weeks.ts';
import { aroseIn, countedIn } from './monthly.ts';
import { recallsIn } from './recalls.ts';
import type { Table } from './table.ts';

export async function monthReport(
  { table, city }: { readonly table: Table; readonly city: City },
  asked: Asked,
): Promise<MonthReport> {
  return reportOf(city, asked, await factsOf(table, city, asked.month));
}

async function factsOf(table: Table, city: City, month: string): Promise<Facts> {
  const [counted, arose, recalls] = await Promise.all([
    countedIn(table, city, city.code, month),
    aroseIn(table, city, city.code, [month, ...monthsBefore(month, 4)]),
    recallsIn(table, city, city.code, month),
  ]);
  return { counted, arose, recalls };
}
