/** npm run replay -- FILE [--until DATE] [--seed N] [--out DIR] [--city NAME] [--dump FILE] [--data DIR] [--no-red-case] */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CityInvalid } from '../shared/config/city.ts';
import { CannotStart } from './cloud/errors.ts';
import { ReplayFailed } from './replay/drive.ts';
import { fromCaller } from './replay/house.ts';
import { interruptible } from './replay/interrupt.ts';
import { violations } from './replay/invariants.ts';
import { BadOptions, defaultCity, defaultSeed, optionsIn, text, wholeNumber } from './replay/options.ts';
import { endOfDay, replay, write } from './replay/run.ts';
import { tableOf } from './replay/table.ts';

const usage =
  'npm run replay -- FILE [--until DATE] [--seed N] [--out DIR] [--city NAME] [--dump FILE] [--data DIR] [--assembly DIR] [--no-red-case]';

const kinds = {
  until: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  city: { type: 'string' },
  dump: { type: 'string' },
  data: { type: 'string' },
  assembly: { type: 'string' },
  // What a red case costs is measured in a city of its own.
  'no-red-case': { type: 'boolean' },
} as const;

async function main(): Promise<number> {
  const { values, files } = optionsIn(process.argv.slice(2), kinds, usage);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new BadOptions(`Name one file of reports. Usage: ${usage}`);
  const seed = wholeNumber(values.seed, 'seed', 0, 4_294_967_295) ?? defaultSeed;
  const date = text(values.until);
  const until = date === undefined ? undefined : endOfDay(date);
  if (date !== undefined && until === undefined) throw new BadOptions(`--until ${date}: a date YYYY-MM-DD is allowed.`);
  const kept = text(values.data);
  const data = kept === undefined ? mkdtempSync(join(tmpdir(), 'hejie-replay-')) : fromCaller(kept);
  const out = fromCaller(text(values.out) ?? '.');
  const dump = text(values.dump);
  const assembly = text(values.assembly);
  const { stopped } = interruptible();
  try {
    const done = await replay({
      city: text(values.city) ?? defaultCity,
      data,
      file: fromCaller(file),
      seed,
      screen: process.stderr,
      stopped,
      redCase: values['no-red-case'] !== true,
      ...(assembly === undefined ? {} : { assembly: fromCaller(assembly) }),
      ...(until === undefined ? {} : { until }),
    });
    await done.close();
    for (const fault of done.faults) console.error(fault);
    if (!done.result) {
      console.error(`Stopped; the same command with --data ${data} goes on.`);
      return 130;
    }
    const { summary, lines } = done.result;
    write(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    if (dump !== undefined) write(fromCaller(dump), lines.map((line) => `${line}\n`).join(''));
    console.log(tableOf(summary));
    return done.faults.length > 0 || violations(summary.invariants).length > 0 ? 1 : 0;
  } finally {
    if (kept === undefined && !stopped()) rmSync(data, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const known = [BadOptions, CannotStart, CityInvalid, ReplayFailed].some((kind) => error instanceof kind);
  if (!known) throw error;
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
