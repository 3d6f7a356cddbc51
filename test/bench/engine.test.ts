import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ratios, spread } from '../../bench/engine/measure.ts';
import type { EngineResult } from '../../bench/engine/report.ts';

const root = join(import.meta.dirname, '../..');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const bench = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['bench/index.ts', ...args], { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });

/** Every number in a JSON value, by where it is; what was NaN or infinite is null there. */
function numbersIn(value: unknown, path = ''): [string, unknown][] {
  if (value === null || typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}/${key}`));
}

describe('What a bench is asked for', () => {
  it('is one of those that there are, or the caller is told which there are', async () => {
    for (const args of [[], ['toaster'], ['toString']]) {
      const { code, stdout, stderr } = await bench(...args);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/one of: engine\.$/)]);
    }
  });

  it('has only options that there are', async () => {
    const { code, stderr } = await bench('engine', '--fast');
    expect(code).toBe(2);
    expect(stderr).toContain("Unknown option '--fast'");
  });
});

describe('A quick run of the engine bench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  const file = join(folder, 'results', 'engine.json');
  let ended: Ended;
  let result: EngineResult;

  beforeAll(async () => {
    ended = await bench('engine', '--quick', '--json', file);
    result = JSON.parse(readFileSync(file, 'utf8'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('comes to its end and shows a line for each part', () => {
    expect(ended.code).toBe(0);
    for (const part of ['(a)', '(b)', '(c)', '(d)', '(e)']) expect(ended.stdout).toContain(`${part} `);
  });

  it('keeps every part, each with numbers only', () => {
    expect(result.speed.map(({ together }) => together)).toEqual([1, 50]);
    expect(result.restart.map(({ kind }) => kind)).toEqual(['timer', 'token']);
    for (const growth of [...result.length, ...result.map]) expect(growth.at.length).toBeGreaterThan(1);
    const numbers = numbersIn(result);
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.filter(([, value]) => !Number.isFinite(value))).toEqual([]);
  });

  it('tells ratios that are what the rates make of them', () => {
    for (const { ratios: found } of result.speed) {
      for (const { median, min, max } of Object.values(found)) {
        expect(min).toBeGreaterThan(0);
        expect(median).toBeGreaterThanOrEqual(min);
        expect(max).toBeGreaterThanOrEqual(median);
      }
    }
    for (const { at } of [...result.length, ...result.map]) expect(at[0]?.ratio.median).toBe(1);
  });

  it('says on what it ran, but not whose machine that is', () => {
    expect(result.machine.node).toBe(process.versions.node);
    expect(result.peer).toMatch(/^aws-local-stepfunctions \d/);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain(folder);
    expect(text).not.toContain(root);
  });
});

describe('A quick profile', () => {
  it('names the parts of both engines and the functions that take most', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
    try {
      const file = join(folder, 'profile.json');
      const { code, stdout } = await bench('engine', '--quick', '--profile', '--json', file);
      expect(code).toBe(0);
      expect(stdout).toContain('memory, 50 at a time');
      const { profiles } = JSON.parse(readFileSync(file, 'utf8'));
      const seen: unknown[] = profiles.map(({ contender }: { contender: unknown }) => contender);
      expect(seen).toEqual(['peer', 'memory', 'peer', 'memory']);
      const parts = profiles.map((one: { parts: { name: string }[] }) => one.parts.map(({ name }) => name));
      expect(parts[0]).toContain('aws-local-stepfunctions');
      expect(parts[1]).toContain('engine/');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('A spread', () => {
  it('has the one in the middle, or what lies between the two', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(spread([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
  });

  it('of ratios goes round by round', () => {
    expect(ratios([10, 20, 40], [10, 10, 10])).toEqual({ median: 2, min: 1, max: 4 });
    expect(ratios([1, 100], [2, 200])).toEqual({ median: 0.5, min: 0.5, max: 0.5 });
  });
});
