/** npm run report -- --month YYYY-MM [--area CODE] [--data DIR | --aws --table NAME] [--city NAME] [--assembly DIR] [--json] */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { localDate } from '../shared/calendar/calendar.ts';
import type { City } from '../shared/config/city.ts';
import { township } from '../shared/config/places.ts';
import { areaExists } from '../shared/config/posts.ts';
import { monthReport } from '../shared/record/month-report.ts';
import { CannotStart } from './cloud/errors.ts';
import { keptDeployed, keptIn } from './kept.ts';
import { cityOf, type Source, sourceIn, sourceOptions } from './reading.ts';
import { cityIn, fromCaller, stackOf } from './replay/house.ts';
import { BadOptions, optionsIn, text } from './replay/options.ts';
import { linesOf } from './report/print.ts';

const usage =
  'npm run report -- --month YYYY-MM [--area CODE] [--data DIR | --aws --table NAME] [--city NAME] [--assembly DIR] [--json]';
const kinds = {
  month: { type: 'string' },
  area: { type: 'string' },
  assembly: { type: 'string' },
  json: { type: 'boolean' },
  ...sourceOptions,
} as const;

/** The city as it is deployed, or as what runs on the folder was synthesized. @throws BadOptions, CannotStart */
function cityFor(source: Source, given: string | undefined): City {
  const own = 'folder' in source ? join(source.folder, 'assembly') : undefined;
  const assembly = given === undefined ? own : fromCaller(given);
  if (assembly === undefined) return cityOf(stackOf(source.city));
  if (!existsSync(assembly))
    throw new BadOptions(`${assembly}: 没有城市的模板 no synthesized city is there: name it with --assembly.`);
  return cityIn(assembly);
}

/** @param now of a deployed city, epoch ms @throws BadOptions, CannotStart */
export async function main(args: readonly string[], say: (line: string) => void, now = Date.now()): Promise<void> {
  const { values, files } = optionsIn(args, kinds, usage);
  const month = text(values.month);
  if (files.length > 0 || month === undefined) throw new BadOptions(`请指定月份 name a month. Usage: ${usage}`);
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month)) {
    throw new BadOptions(`--month ${month}: 月份须如 a month such as 2026-01 is allowed.`);
  }
  const source = sourceIn(values, usage);
  await using kept = 'table' in source ? keptDeployed(source.table, now) : await keptIn(source.folder, 'M#');
  const city = cityFor(source, text(values.assembly));
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
