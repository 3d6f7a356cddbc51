import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { BadOptions } from '../../local/replay/options.ts';
import { linesOf } from '../../local/report/print.ts';
import { main } from '../../local/report.ts';
import { reportOf } from '../../shared/domain/report-month/report.ts';
import { city } from '../support/city.ts';
import { CityOnOneMachine } from '../support/city-on-one-machine.ts';

describe('npm run report', () => {
  let town: CityOnOneMachine;
  beforeAll(async () => {
    town = await CityOnOneMachine.open(inject('assembly'), '2026-01-31T23:00:00+08:00');
    await town.report({ channel: 'grid', facts: [] }, '331003001001.village-mediator');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  afterAll(async () => {
    await town.cloud.close();
  });

  const run = async (...args: string[]) => {
    const said: string[] = [];
    await main([...args, '--data', town.data, '--assembly', inject('assembly')], (line) => said.push(line));
    return said.join('\n');
  };

  it('reads the folder of a city that runs, by the clock of that city', async () => {
    const text = await run('--month', '2026-01');
    expect(text).toContain('和解月度报告 Hejie, report of 2026-01: 台州市 Taizhou (331000)\n暂计 provisional');
    // One report in the whole city: that it was one is not told.
    expect(text).toContain('首次 first: 不足十 few');
    expect(text).not.toMatch(/ 1\b(?!0)/);
    expect(JSON.parse(await run('--month', '2026-01', '--json', '--area', '331003'))).toMatchObject({
      month: '2026-01',
      area: '331003',
      provisional: true,
    });
  });

  it('reads the table of a deployed city, with the rights of whoever calls', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', town.cloud.url);
    vi.stubEnv('AWS_REGION', 'cn-north-1');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    const table = town.cloud.outputs.TableName ?? '';
    const deployed = async (caller: string, ...args: string[]) => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', caller);
      const said: string[] = [];
      await main(['--month', '2026-01', '--aws', ...args], (line) => said.push(line), town.cloud.now());
      return said.join('\n');
    };
    const lister = 'LOCAL:hejie-taizhou-ListCasesRole:hejie-taizhou-list-cases';
    expect(await deployed(lister, '--table', table)).toBe(await run('--month', '2026-01'));
    await expect(deployed('auditor', '--table', table)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(deployed(lister)).rejects.toThrow('--aws needs --table');
    await expect(deployed(lister, '--table', table, '--data', town.data)).rejects.toThrow('no --data');
    await expect(deployed(lister, '--table', table, '--city', 'nowhere')).rejects.toThrow('nowhere.json');
    await expect(run('--month', '2026-01', '--table', table)).rejects.toThrow('--table goes with --aws');
  });

  it('says in one sentence what is wrong', async () => {
    const wrong = [
      [[], 'name a month'],
      [['--month', '2026-13'], 'a month such as 2026-01'],
      [['--month', '2026-02'], 'up to 2026-01 is allowed'],
      [['--month', '2026-01', '--area', '331003001001'], 'a county or a township of it is allowed'],
      [['--month', '2026-01', '--area', '110101'], 'is allowed'],
      [['--month', '2026-01', '--day', '1'], "Unknown option '--day'"],
      [['--month', '2026-01', 'more'], 'name a month'],
    ] as const;
    for (const [args, sentence] of wrong) {
      await expect(run(...args), args.join(' ')).rejects.toThrow(BadOptions);
      await expect(run(...args), args.join(' ')).rejects.toThrow(sentence);
    }
    const empty = mkdtempSync(join(tmpdir(), 'empty-'));
    await expect(main(['--month', '2026-01', '--data', empty], () => undefined)).rejects.toThrow('holds no city');
    writeFileSync(join(empty, 'stack'), 'x');
    await expect(main(['--month', '2026-01', '--data', empty], () => undefined)).rejects.toThrow('holds no city');
  });

  it('a month without anything says so under every head', () => {
    const now = Date.parse('2026-02-02T10:00:00+08:00');
    const told = reportOf(city, { month: '2026-01', area: city.code, now }, { counted: [], arose: [], recalls: [] });
    const lines = linesOf(city, told);
    expect(lines.filter((line) => line === '  无 none')).toHaveLength(told.tables.length + 2);
    expect(lines).toContain('全月 the whole month');
  });
});
