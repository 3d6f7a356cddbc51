/** npm run soak -- [--lives N] [--seed N] [--days N] [--assembly DIR]: random lives, batch by batch, until one violates what must always be true. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CityInvalid } from '../shared/config/city.ts';
import { CannotStart } from './cloud/errors.ts';
import { ReplayFailed } from './replay/drive.ts';
import { fromCaller, house, synthesize } from './replay/house.ts';
import { interruptible } from './replay/interrupt.ts';
import { BadOptions, defaultCity, optionsIn, text, wholeNumber } from './replay/options.ts';
import { live, wholeLife } from './soak/batch.ts';
import { rowOf, withRow } from './soak/figures.ts';

const usage = 'npm run soak -- [--lives N] [--seed N] [--days N] [--assembly DIR]';
const kinds = {
  lives: { type: 'string' },
  seed: { type: 'string' },
  days: { type: 'string' },
  assembly: { type: 'string' },
} as const;
const batch = 100;
const report = join(house, 'docs', 'soak.md');

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: house, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain') === '' ? '' : ' and changes';
  return `${git('rev-parse', '--short=12', 'HEAD')}${changed}`;
}

async function main(): Promise<number> {
  const { values } = optionsIn(process.argv.slice(2), kinds, usage);
  const wanted = wholeNumber(values.lives, 'lives', 1, 1_000_000) ?? 20_000;
  const seed = wholeNumber(values.seed, 'seed', 0, 4_000_000_000) ?? 1;
  const days = wholeNumber(values.days, 'days', 31, 800);
  const given = text(values.assembly);
  const made = given === undefined ? mkdtempSync(join(tmpdir(), 'hejie-soak-')) : undefined;
  const assembly = given === undefined ? join(made ?? '', 'cdk.out') : fromCaller(given);
  const { stopped } = interruptible();
  const began = performance.now();
  const figures = { commit: `${commit()}, ${days ?? wholeLife} days`, seed, wanted, lives: 0, checks: 0, violated: 0 };
  try {
    if (made !== undefined) await synthesize(defaultCity, assembly);
    while (figures.lives < wanted && figures.violated === 0) {
      const own = seed + Math.floor(figures.lives / batch);
      const lives = Math.min(batch, wanted - figures.lives);
      const lived = await live({ assembly, seed: own, lives, stopped, ...(days === undefined ? {} : { days }) });
      if (!lived) break;
      figures.lives += lives;
      figures.checks += lived.checks;
      figures.violated += lived.violated.length;
      const minutes = (performance.now() - began) / 60_000;
      console.log(
        `种子 seed ${own}: ${figures.lives}/${wanted} 人次 lives, ${figures.checks} 项检查 checks, ${figures.violated} 项不符 violated, ${minutes.toFixed(1)} 分钟 min`,
      );
      for (const sentence of lived.violated.slice(0, 20)) console.error(`  ✗ ${sentence}`);
      if (lived.violated.length > 0) {
        console.error(
          `再现 again: npm run soak -- --lives ${lives} --seed ${own}${days === undefined ? '' : ` --days ${days}`}`,
        );
      }
    }
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  }
  if (figures.lives > 0) {
    const row = rowOf({ ...figures, minutes: (performance.now() - began) / 60_000, cores: availableParallelism() });
    writeFileSync(report, withRow(existsSync(report) ? readFileSync(report, 'utf8') : undefined, row));
  }
  if (figures.violated > 0) return 1;
  return figures.lives < wanted ? 130 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const known = [BadOptions, CannotStart, CityInvalid, ReplayFailed].some((kind) => error instanceof kind);
  if (!known) throw error;
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
