/**
 * npm run safeguards: takes each safeguard out of a copy of the source, place by place, and runs the test that must then fail.
 * -- --only S9 for one of them; --write enters the result in docs/safeguards.md. Exit code 1 where one is not held.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type TakenOut, takenOut } from './taken-out.ts';

const house = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { only: { type: 'string' }, write: { type: 'boolean' } } });
const chosen = takenOut.filter(({ safeguard }) => values.only === undefined || safeguard === values.only);

/** Everything but what is installed, made or kept by a city. */
function copied(): string {
  const copy = join(mkdtempSync(join(tmpdir(), 'hejie-safeguards-')), 'house');
  const left = new Set(['node_modules', '.git', '.hejie', 'cdk.out']);
  for (const name of readdirSync(house)) {
    if (!left.has(name)) cpSync(join(house, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(house, 'node_modules'), join(copy, 'node_modules'), 'junction');
  // Where no city is started none need be synthesized.
  const config = {
    test: { include: ['test/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 120_000, maxWorkers: 1 },
  };
  writeFileSync(join(copy, 'without-a-city.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  return copy;
}

/** As a regular expression: what `it.each` fills in may be anything. */
const patternOf = (title: string): string => title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%s', '.*');

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly said: string;
}

/** How many tests of those names pass and fail in the copy as it stands. */
function outcome(copy: string, file: string, titles: readonly string[]): Outcome {
  const needsCity = readFileSync(join(copy, file), 'utf8').includes("inject('assembly')");
  const report = join(copy, 'safeguard.json');
  rmSync(report, { force: true });
  const run = spawnSync(
    process.execPath,
    [
      join(house, 'node_modules/vitest/vitest.mjs'),
      ...[
        'run',
        file,
        '--testNamePattern',
        titles.map(patternOf).join('|'),
        '--reporter',
        'json',
        '--outputFile',
        report,
      ],
      ...(needsCity ? [] : ['--config', join(copy, 'without-a-city.config.mjs')]),
    ],
    { cwd: copy, encoding: 'utf8' },
  );
  const said = `${run.stdout}${run.stderr}`;
  try {
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed, failed, said };
  } catch {
    return { passed: 0, failed: 0, said };
  }
}

function taken({ edits }: TakenOut, copy: string): () => void {
  const before = new Map(edits.map(({ file }) => [file, readFileSync(join(copy, file), 'utf8')]));
  for (const { file, cut, put } of edits) {
    const text = readFileSync(join(copy, file), 'utf8');
    if (text.split(cut).length !== 2) throw new RangeError(`${file} has not exactly one ${JSON.stringify(cut)}`);
    writeFileSync(
      join(copy, file),
      text.replace(cut, () => put),
    );
  }
  return () => {
    for (const [file, text] of before) writeFileSync(join(copy, file), text);
  };
}

const copy = copied();
const notHeld: string[] = [];
const sound = new Map<string, boolean>();

/** With nothing taken out the tests pass: else one that fails proves nothing. Once a file. */
function isSound(file: string): boolean {
  const known = sound.get(file);
  if (known !== undefined) return known;
  const titles = [...new Set(chosen.filter(({ test }) => test.file === file).map(({ test }) => test.title))];
  const { passed, failed, said } = outcome(copy, file, titles);
  const holds = passed >= titles.length && failed === 0;
  if (!holds) console.error(`with nothing taken out: ${passed} passed, ${failed} failed in ${file}\n${said}`);
  sound.set(file, holds);
  return holds;
}

try {
  for (const one of chosen) {
    const { safeguard, what, test } = one;
    const holds = isSound(test.file);
    const putBack = taken(one, copy);
    const { failed } = outcome(copy, test.file, [test.title]);
    putBack();
    const held = holds && failed > 0;
    if (!held) notHeld.push(`${safeguard} ${what}`);
    console.log(
      `${held ? '守住 held    ' : '失守 NOT HELD'} ${safeguard.padEnd(3)} ${what}: ${test.file} “${test.title}”`,
    );
  }
} finally {
  rmSync(join(copy, '..'), { recursive: true, force: true });
}

const safeguards = new Set(chosen.map(({ safeguard }) => safeguard)).size;
const summary = `${chosen.length} taken out of ${safeguards} safeguards, ${chosen.length - notHeld.length} held, ${notHeld.length} not held`;
console.log(`\n${summary}`);
if (values.write) {
  const file = join(house, 'docs/safeguards.md');
  const day = new Date().toISOString().slice(0, 10);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^Last run: .*$/m, `Last run: ${day}, ${summary}.`));
}
process.exitCode = notHeld.length > 0 ? 1 : 0;
