/** The proof of the safeguards is not stale: what is to be taken out is there once, and so is the test that must then fail. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takenOut } from '../../scripts/taken-out.ts';

const house = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(house, file), 'utf8');
const rows = read('docs/safeguards.md')
  .split('\n')
  .filter((line) => /^\| S\d+ /.test(line));

describe('each safeguard', () => {
  it.each(
    rows.map((row) => [row.split(' ')[1] ?? '', row]),
  )('%s is taken out at one place at least, by a test that its row names', (safeguard, row) => {
    const own = takenOut.filter((one) => one.safeguard === safeguard);
    expect(own.length).toBeGreaterThan(0);
    for (const { test } of own) expect(row, test.file).toContain(`\`${test.file}\``);
  });

  it.each(takenOut.map((one) => [`${one.safeguard}: ${one.what}`, one] as const))('%s', (_, { edits, test }) => {
    for (const { file, cut, put } of edits) {
      expect(put).not.toBe(cut);
      expect(read(file).split(cut).length - 1, `${file} has ${JSON.stringify(cut)} once`).toBe(1);
    }
    expect(existsSync(join(house, test.file)), test.file).toBe(true);
    expect(read(test.file), test.file).toContain(`'${test.title}'`);
  });

  it('was taken out in the last run that is told, and held', () => {
    const [, out, held] =
      /^Last run: \S+, (\d+) taken out of 15 safeguards, (\d+) held, 0 not held\.$/m.exec(read('docs/safeguards.md')) ??
      [];
    expect([Number(out), Number(held)]).toEqual([takenOut.length, takenOut.length]);
  });

  it('stands in the table once in the same words', () => {
    const names = takenOut.map(({ safeguard, what }) => `${safeguard} ${what}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
