/** A changed lifecycle is deployed while work is open: all of it moves, and nobody who works notices. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';
import type { Effect, Strikes } from '../../local/cloud/strikes.ts';
import { linesOf } from '../../local/replay/digest.ts';
import { collect, stepsOf, tell } from '../../local/replay/record.ts';
import type { Governance } from '../../shared/config/governance.ts';
import { isLogId, type LogId } from '../../shared/domain/ids.ts';
import { isClosed, openTasks } from '../../shared/domain/state.ts';
import { executionName, taskName } from '../../shared/record/executions.ts';
import { partitionOf, taskKey, waitKey } from '../../shared/record/table.ts';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { insiderOf, repairedIn, roundsSoFar, stateOf, statesOf } from '../support/insider.ts';
import { roundsOfReconciler } from '../support/mortal-city.ts';
import { answered, hour, minute, taskOf, toRed } from '../support/story.ts';

const house = join(import.meta.dirname, '../..');
const monday = '2026-01-05T09:00:00+08:00';
const round = 5 * minute;

const [gone, instead] = ['Make the plan', 'Protect those at risk'];

/** On the day when its documents were signed. */
const signed = ({ impactAssessment }: Governance) => ({ today: impactAssessment.signed });

/** The machines of the house with every state called otherwise, and one gone whose work another does, synthesized. */
function renamed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'renamed-'));
  const definitions = join(folder, 'statemachines');
  cpSync(join(house, 'statemachines'), definitions, { recursive: true });
  for (const file of readdirSync(definitions).filter((name) => name.endsWith('.asl.json'))) {
    let text = readFileSync(join(definitions, file), 'utf8');
    const { States } = JSON.parse(text);
    if (States[gone]) text = text.replaceAll(`"Next": "${gone}"`, `"Next": "${instead}"`);
    for (const name of Object.keys(States)) text = text.replaceAll(`"${name}"`, `"${name} anew"`);
    const machine = JSON.parse(text);
    delete machine.States[`${gone} anew`];
    writeFileSync(join(definitions, file), JSON.stringify(machine));
  }
  const outdir = join(folder, 'cdk.out');
  const sources = { cities: join(house, 'infra/cities'), functions: join(house, 'functions'), definitions };
  synthesize(new App({ outdir }), { ...sources, city: 'taizhou', gate: signed });
  return outdir;
}

const definitionIn = (assembly: string) => {
  const { Resources } = JSON.parse(readFileSync(join(assembly, 'hejie-taizhou.template.json'), 'utf8'));
  const [lifecycle, task] = [Resources.Lifecycle, Resources.Task];
  return {
    ...{ task, reconcile: Resources.Reconcile },
    definition: String(lifecycle.Properties.DefinitionSubstitutions.Definition),
  };
};

const people = (name: string, phone: string) => [{ role: 'respondent', name, phone }];

/** A red case with its dispute, a quarrel that a mediator settles, somebody who asks for help. */
async function morning(city: CityOnOneMachine) {
  const { case: red } = await toRed(city, { sourceId: 'red', people: people('刘大强', '13800000002') });
  await answered(city, red, 'second', { outcome: 'agree' });
  const facts = [fact('wants_mediation')];
  const { dispute } = await city.report({ sourceId: 'quarrel', facts, people: people('方阿福', '13800000003') });
  const asking = { channel: 'grid', sourceId: 'help', disputeType: 'none', facts: [], help: ['work-and-training'] };
  const asks = [{ role: 'complainant', name: '陈月琴', phone: '13800000004' }];
  const { referral } = await city.report({ ...asking, people: asks }, posts.mediator);
  await city.pass(hour);
  return { red, dispute, referral };
}

/** Keys from there on: those below were given before the city was opened again. */
function keysFrom(city: CityOnOneMachine, n: number): void {
  while (Number(city.key().slice(1)) < n);
}

/** People go on while it is deployed, and afterwards. */
async function acknowledges(city: CityOnOneMachine, red: string) {
  keysFrom(city, 100);
  const { taskId, owner } = await taskOf(city, red, 'protect');
  expect(await city.act(taskId, 'acknowledge', owner, {})).toMatchObject({ status: 200 });
}
async function afternoon(city: CityOnOneMachine, red: string) {
  keysFrom(city, 200);
  await answered(city, red, 'talk', { outcome: 'met', present: [posts.county, posts.countyPolice] });
  await city.pass(24 * hour);
}

const recordOf = async (city: CityOnOneMachine) => tell(await collect(city.cloud.scan()));
/** Which notices went out to posts, each as often as it did. */
const noticesOf = ({ cloud }: CityOnOneMachine): string[] =>
  cloud
    .outbox(0)
    .flatMap(({ topicArn, message }) => (topicArn === cloud.outputs.NoticesTopicArn ? JSON.parse(message).id : []))
    .sort();

describe('a new lifecycle', () => {
  let every = round;
  const rounds = roundsOfReconciler(() => every);
  /** One day more; little is left for the reconciler to do. */
  const day = async (city: CityOnOneMachine) => {
    every = 6 * hour;
    await afternoon(city, red);
    every = round;
  };
  let city: CityOnOneMachine;
  let anew = '';
  let story: { red: string; dispute: string; referral: string };
  let red: LogId;
  /** What waited when it was deployed. */
  let before: { id: LogId; rev: number; tasks: string[] }[] = [];
  let rev = 0;

  const reopened = async (assembly: string, strikes?: Strikes) => {
    const { data } = city;
    city = await CityOnOneMachine.open(assembly, monday, data, rounds, strikes);
  };
  const openLogs = async () => (await recordOf(city)).states.filter((state) => !isClosed(state));
  const parked = async (id: LogId) => {
    const found = new Map<string, unknown>();
    for await (const { pk, sk, tok, tokRev, tokDef } of city.cloud.scan()) {
      if (pk === partitionOf(id) && tok !== undefined) found.set(String(sk), `${String(tokRev)} ${String(tokDef)}`);
    }
    return found;
  };
  const movedTo = async (id: LogId, definition: string) => {
    const state = await stateOf(insiderOf(city), id);
    const waits = [waitKey, ...openTasks(state).map(({ no }) => taskKey(no))];
    const found = await parked(id);
    return waits.every((sk) => found.get(sk) === `${state.rev} ${definition}`);
  };

  beforeAll(async () => {
    anew = renamed();
    city = await CityOnOneMachine.open(inject('assembly'), monday, undefined, rounds);
    story = await morning(city);
    if (!isLogId(story.red)) throw new Error(story.red);
    red = story.red;
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('is another definition: every execution that waits names it, and the reconciler is deployed after it', () => {
    const [old, next] = [definitionIn(inject('assembly')), definitionIn(anew)];
    expect(next.definition).not.toBe(old.definition);
    for (const { task, reconcile, definition } of [old, next]) {
      expect(definition).toMatch(/^[0-9a-f]{12}$/);
      expect(task.Properties.DefinitionSubstitutions.Definition).toBe(definition);
      expect(reconcile.Properties.Environment.Variables.DEFINITION).toBe(definition);
      expect(reconcile.DependsOn).toEqual(expect.arrayContaining(['Lifecycle', 'Task']));
    }
  });

  it('Monday 10:00: three logs are open under the old one; as long as nothing is deployed nothing moves', async () => {
    const open = await openLogs();
    before = open.map((state) => ({ id: state.id, rev: state.rev, tasks: openTasks(state).map(({ no }) => no) }));
    ({ rev } = await stateOf(insiderOf(city), red));
    expect(before.map(({ id }) => id)).toEqual(expect.arrayContaining([story.red, story.dispute, story.referral]));
    for (const { id } of before) expect(await movedTo(id, definitionIn(inject('assembly')).definition), id).toBe(true);
    expect(roundsSoFar(city).every(({ deployed }) => deployed === 0)).toBe(true);
    expect(repairedIn(roundsSoFar(city))).toEqual({});
  });

  it('is deployed; the round that moves the red case dies in the middle: raised, and nobody drives it', async () => {
    await city.cloud.close();
    let struck = false;
    await reopened(anew, (effect: Effect) => {
      const raises = effect.kind === 'write' && effect.by.endsWith('-reconcile') && effect.sk.startsWith('A#');
      if (struck || !raises || effect.pk !== partitionOf(red)) return undefined;
      struck = true;
      return 'dies-after';
    });
    await city.pass(round);
    expect(struck).toBe(true);
    expect(await stateOf(insiderOf(city), red)).toMatchObject({ rev: rev + 1 });
    const { arns } = insiderOf(city);
    await expect(statesOf(city, arns.lifecycle, executionName(red, rev + 1))).rejects.toThrow(/Does Not Exist/i);
  });

  it('an old execution that wakes in the middle starts the new one, and ends as superseded', async () => {
    const { no } = await taskOf(city, red, 'protect');
    await acknowledges(city, red);
    const { arns } = insiderOf(city);
    const old = await statesOf(city, arns.task, taskName(red, rev, no));
    expect(old).toMatchObject({ end: 'Succeeded' });
    expect(old.states.at(-1)).toBe('Superseded by a newer revision');
    const { states, end } = await statesOf(city, arns.lifecycle, executionName(red, rev + 1));
    expect(states[0]).toBe('Read the record anew');
    expect(end).toBeUndefined();
  });

  it('the whole process is killed; afterwards everything open has moved, renamed states and all, and nothing is a repair', async () => {
    await city.cloud.close(true);
    await reopened(anew);
    const rounds = roundsSoFar(city).length;
    await city.pass(2 * round);
    const { definition } = definitionIn(anew);
    for (const { id } of before) expect(await movedTo(id, definition), id).toBe(true);
    // But for what the round left that died: it works on several logs at a time.
    const [first, second] = roundsSoFar(city).slice(rounds);
    if (!first || !second) throw new Error('two rounds were expected');
    expect(Object.keys(repairedIn([first])).filter((repair) => repair !== 'head' && repair !== 'started')).toEqual([]);
    expect(repairedIn([second])).toEqual({});
    const { record, states } = await recordOf(city);
    for (const state of states.filter(({ id }) => before.some((one) => one.id === id))) {
      const causes = stepsOf(state.id, record.logs.get(state.id) ?? []).flatMap(({ action: { content } }) =>
        content.kind === 'revised' ? [content.cause] : [],
      );
      expect(causes, state.id).toEqual(['deployed']);
      const { arns } = insiderOf(city);
      const now = await statesOf(city, arns.lifecycle, executionName(state.id, state.rev));
      expect(now.end, state.id).toBeUndefined();
      for (const name of now.states) expect(name).toMatch(/ anew$/);
    }
  });

  it('the old ones were stopped; where the round died before, as of the red case, each ends as superseded at its timer', async () => {
    await day(city);
    const { arns } = insiderOf(city);
    const superseded: string[] = [];
    for (const { id, rev, tasks } of before) {
      for (const no of tasks) {
        const { states, end } = await statesOf(city, arns.task, taskName(id, rev, no));
        if (end === 'Aborted') expect(id).not.toBe(red);
        else if (end !== undefined) superseded.push(`${end} ${states.at(-1)}`);
      }
      const whole = await statesOf(city, arns.lifecycle, executionName(id, rev));
      // Nobody wakes it any more: it waits to its timer, and finds another one driving.
      expect(id === red ? [undefined] : [undefined, 'Aborted'], id).toContain(whole.end);
    }
    expect(superseded.length).toBeGreaterThanOrEqual(2);
    expect(new Set(superseded)).toEqual(
      new Set(['Succeeded Superseded by a newer revision', 'Succeeded The task is over']),
    );
  });

  it('the city tells what one tells in which nothing was deployed: nothing lost, nothing twice', async () => {
    const other = await CityOnOneMachine.open(inject('assembly'), monday, undefined, rounds);
    try {
      const same = await morning(other);
      expect(same).toEqual(story);
      await other.pass(round);
      await acknowledges(other, red);
      await other.pass(2 * round);
      await day(other);
      expect(linesOf(await recordOf(city))).toEqual(linesOf(await recordOf(other)));
      expect(noticesOf(city)).toEqual(noticesOf(other));
      expect(noticesOf(other).length).toBeGreaterThan(10);
    } finally {
      await other.cloud.close();
    }
  });

  it('what still came from the old one, as an update takes a moment to be everywhere, moves again an hour later', async () => {
    const { table } = insiderOf(city);
    ({ rev } = await stateOf(insiderOf(city), red));
    const stale = async () => {
      const Key = { pk: partitionOf(red), sk: waitKey };
      const more = { UpdateExpression: 'set tokDef = :old', ExpressionAttributeValues: { ':old': 'old' } };
      await table.db.send(new UpdateCommand({ TableName: table.name, Key, ...more }));
    };
    await stale();
    const rounds = roundsSoFar(city).length;
    await city.pass(2 * round);
    expect(
      roundsSoFar(city)
        .slice(rounds)
        .reduce((sum, { deployed }) => sum + deployed, 0),
    ).toBe(1);
    expect((await stateOf(insiderOf(city), red)).rev).toBe(rev + 1);
    await stale();
    await city.pass(4 * round);
    expect((await stateOf(insiderOf(city), red)).rev).toBe(rev + 1);
    await city.pass(hour);
    expect((await stateOf(insiderOf(city), red)).rev).toBe(rev + 2);
    expect(await movedTo(red, definitionIn(anew).definition)).toBe(true);
  });
});
