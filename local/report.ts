/** npm run report -- --month YYYY-MM [--data DIR] [--area CODE] [--assembly DIR] [--json] */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { localDate } from '../shared/calendar/calendar.ts';
import { township } from '../shared/config/places.ts';
import { areaExists } from '../shared/config/posts.ts';
import { monthReport } from '../shared/record/month-report.ts';
import { CannotStart } from './cloud/errors.ts';
import { keptIn } from './kept.ts';
import { cityIn, dataFolderOf, fromCaller } from './replay/house.ts';
import { BadOptions, defaultCity, optionsIn, text } from './replay/options.ts';
import { linesOf } from './report/print.ts';

const usage = 'npm run report -- --month YYYY-MM [--data DIR] [--area CODE] [--assembly DIR] [--json]';
const kinds = {
  month: { type: 'string' },
  data: { type: 'string' },
  area: { type: 'string' },
  assembly: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** @throws BadOptions, CannotStart */
export async function main(args: readonly string[], say: (line: string) => void): Promise<void> {
  const { values, files } = optionsIn(args, kinds, usage);
  const month = text(values.month);
  if (files.length > 0 || month === undefined) throw new BadOptions(`请指定月份 name a month. Usage: ${usage}`);
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month)) {
    throw new BadOptions(`--month ${month}: 月份须如 a month such as 2026-01 is allowed.`);
  }
  const data = text(values.data) === undefined ? dataFolderOf(defaultCity) : fromCaller(text(values.data) ?? '');
  await using kept = await keptIn(data, 'M#');
  const given = text(values.assembly);
  const assembly = given === undefined ? join(data, 'assembly') : fromCaller(given);
  if (!existsSync(assembly))
    throw new BadOptions(`${assembly}: 没有城市的模板 no synthesized city is there: name it with --assembly.`);
  const city = cityIn(assembly);
  const area = text(values.area) ?? city.code;
  if (!areaExists(city, area) || area.length > township) {
    throw new BadOptions(
      `--area ${area}: ${city.name.zh}的市、县或乡镇代码 the code of ${city.name.en}, a county or a township of it is allowed.`,
    );
  }
  const latest = localDate(kept.now).slice(0, 7);
  if (month > latest) throw new BadOptions(`--month ${month}: 至多 up to ${latest} is allowed.`);
  const report = await monthReport({ table: kept, city }, { month, area, now: kept.now });
  for (const line of values.json ? [JSON.stringify(report, null, 2)] : linesOf(city, report)) say(line);
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2), console.log);
  } catch (error) {
    if (!(error instanceof BadOptions || error instanceof CannotStart)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
