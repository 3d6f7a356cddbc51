/** What stands above the decision is looked at where the decision is committed, whoever commits it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Content, type Draft, system } from '../../../shared/domain/actions.ts';
import { caseIdFor } from '../../../shared/domain/ids.ts';
import { assessmentDraft, openingDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { type CaseState, openTasks } from '../../../shared/domain/state.ts';
import { type SwitchWish, turned } from '../../../shared/domain/switching.ts';
import { taskCommand } from '../../../shared/domain/task-commands.ts';
import { AfterSunset, LevelsStopped } from '../../../shared/errors.ts';
import { commit, type Log, read } from '../../../shared/record/log.ts';
import { commitTurn, newestTurn, turnsOf } from '../../../shared/record/switch.ts';
import { city } from '../../support/city.ts';
import { logOn, type TestTable, tableForTest } from '../../support/table.ts';

const id = caseIdFor('police/1');
const day = 86_400_000;
const monday = Date.parse('2026-01-05T10:00:00+08:00');
/** The last day of this city is 14 December 2028. */
const lastDay = Date.parse('2028-12-14T23:59:00+08:00');
const reason = '周一当事人持刀威胁邻居，情况属实，两个部门今天必须同时到场。';
const changes = '今天起保护受影响人，两个部门一起上门。';
const reviewer = { person: 'Zhou', post: '999900.reviewer' };
const administrator = { person: 'Sun', post: '999900.administrator' };

let table: TestTable;
let log: Log;
let at: number;
let keys = 0;
beforeEach(async () => {
  table = await tableForTest();
  log = logOn(table);
  at = monday;
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const key = () => {
  keys += 1;
  return `k${keys}`;
};

async function now(): Promise<CaseState> {
  const state = await read(log, id);
  if (state?.subject !== 'case') throw new Error('no case');
  return state;
}

async function drive(): Promise<void> {
  for (let n = -1; n < (await now()).n; ) {
    n = (await now()).n;
    await commit(log, id, (state) => state && assessmentDraft(state, state.rev, at));
    await commit(log, id, (state) => state && openingDraft(city, state, state.rev, at));
  }
}

async function told(content: Content): Promise<void> {
  const draft: Draft = { at, by: system, key: key(), rev: 0, content };
  await commit(log, id, () => draft);
  await drive();
}

const happened = (report: string) =>
  told({
    ...{ kind: 'reported', report, channel: 'police', area: '999901001001', disputeType: 'neighbour' },
    owner: '999901001.township-centre',
    event: {
      id: `E-${report}`,
      at,
      facts: [{ type: 'threat_to_kill' }, { type: 'weapon_present' }],
      verified: 'police',
    },
  });

async function answers(kind: string, body: object, post?: string): Promise<void> {
  const task = openTasks(await now()).find((one) => one.kind === kind && one.begun);
  if (!task) throw new Error(`no ${kind}`);
  const by = { role: 'staff', person: `${post ?? task.owner}#1`, post: post ?? task.owner } as const;
  const command = { city, task: task.no, verb: 'answer', by, at, key: key(), body } as const;
  await commit(log, id, (state) => state && taskCommand({ ...command, state }).draft);
  await drive();
}

const decides = (more: object, event = 'E-1') =>
  answers('decide', { outcome: 'confirm', reason, changes, events: [event], ...more });
const red = () => decides({});
const orange = () => decides({ outcome: 'lower', level: 'orange' });

const turns = (levels: SwitchWish, by = reviewer, of = key()) =>
  commitTurn(table, {
    key: of,
    person: by.person,
    make: (current) => turned(city, current, { levels, reason }, { at, by, key: of }),
  });

async function refused(what: () => Promise<void>, as: typeof LevelsStopped | typeof AfterSunset): Promise<void> {
  const { n } = await now();
  await expect(what()).rejects.toThrow(as);
  expect((await now()).n, 'nothing is written').toBe(n);
}

describe('while new levels are stopped', () => {
  beforeEach(async () => {
    await happened('1');
  });

  it('none begins; the task stays open, and is answered when two have released them', async () => {
    await turns('stop');
    await refused(red, LevelsStopped);
    await refused(() => decides({ outcome: 'lower', level: 'yellow' }), LevelsStopped);
    expect(openTasks(await now()).map(({ kind }) => kind)).toContain('decide');
    await turns('release', administrator);
    await refused(red, LevelsStopped);
    await turns('release');
    await red();
    expect((await now()).level?.colour).toBe('red');
  });

  it('none rises, and what stands goes on: lowered, confirmed, dismissed', async () => {
    await orange();
    await turns('stop');
    at += day;
    await happened('2');
    await refused(() => decides({}, 'E-2'), LevelsStopped);
    await decides({ outcome: 'lower', level: 'orange' }, 'E-2');
    expect((await now()).level?.colour).toBe('orange');
    at += day;
    await happened('3');
    await decides({ outcome: 'lower', level: 'yellow' }, 'E-3');
    expect((await now()).level?.colour).toBe('yellow');
    at += day;
    await happened('4');
    await decides({ outcome: 'dismiss' }, 'E-4');
    expect((await now()).level).toBeNull();
  });

  it('a red that rests on one person gets no second: disagreeing makes it orange', async () => {
    await red();
    await turns('stop');
    const police = '999901.county-police';
    await refused(() => answers('second', { outcome: 'agree' }, police), LevelsStopped);
    await answers('second', { outcome: 'disagree' }, police);
    expect((await now()).level?.colour).toBe('orange');
  });

  it('protection goes on', async () => {
    await red();
    await turns('stop');
    await answers('protect', { outcome: 'protected' });
    expect((await now()).contacted).toBe(true);
  });
});

describe('the switch', () => {
  it('is turned once by a command that is repeated, and keeps its history', async () => {
    const first = await turns('stop', reviewer, 'once');
    expect(await turns('stop', reviewer, 'once')).toEqual(first);
    await turns('release', administrator);
    expect((await turnsOf(table, 10)).map(({ n, state }) => [n, state])).toEqual([
      [2, 'releasing'],
      [1, 'stopped'],
    ]);
  });

  it('two who stop at one instant stop it once, and neither undoes the other', async () => {
    const both = await Promise.allSettled([turns('stop', reviewer), turns('stop', administrator)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await newestTurn(table)).toMatchObject({ n: 1, state: 'stopped' });
  });
});

describe('after the sunset', () => {
  it('no level begins; on the last day one still does', async () => {
    at = lastDay;
    await happened('1');
    at = lastDay + 60_000;
    await refused(red, AfterSunset);
    await expect(red()).rejects.toThrow(/12348/);
    at = lastDay;
    await red();
  });

  it('none is renewed or decided anew for longer; what stands ends by itself, and protection goes on', async () => {
    at = lastDay - 16 * day;
    await happened('1');
    await orange();
    at = lastDay + 60_000;
    await commit(log, id, (state) => {
      const task = state && openTasks(state).find(({ kind }) => kind === 'renew');
      return task && !task.begun
        ? { at, by: system, key: key(), rev: state.rev, content: { kind: 'began', task: task.no } }
        : undefined;
    });
    await refused(() => answers('renew', { outcome: 'renewed' }), AfterSunset);
    await happened('2');
    const { level } = await now();
    await decides({ outcome: 'lower', level: 'orange' }, 'E-2');
    expect((await now()).level).toMatchObject({ colour: 'orange', lapses: level?.lapses });
    await answers('protect', { outcome: 'protected' });
    // Lower, and upon something newer: no longer either.
    at += 60_000;
    await happened('3');
    await decides({ outcome: 'lower', level: 'yellow' }, 'E-3');
    expect((await now()).level).toMatchObject({ colour: 'yellow', lapses: level?.lapses });
  });

  it('nobody takes up again what was closed; a report that was let in does', async () => {
    at = lastDay - day;
    await happened('1');
    await decides({ outcome: 'dismiss' });
    await told({ kind: 'closed' });
    at = lastDay + day;
    await refused(() => told({ kind: 'reopened' }), AfterSunset);
    await happened('2');
    expect((await now()).status).not.toBe('closed');
  });
});
