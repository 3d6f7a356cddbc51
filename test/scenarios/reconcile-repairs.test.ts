/** What a crash may leave, planted where it would lie: one round of the reconciler finds it, counts it under its name, and mends it. */
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Effect } from '../../local/cloud/strikes.ts';
import { system } from '../../shared/domain/actions.ts';
import { next } from '../../shared/domain/commit.ts';
import { fold } from '../../shared/domain/fold.ts';
import type { LogId } from '../../shared/domain/ids.ts';
import { nextTimer } from '../../shared/domain/ladder.ts';
import { openTasks, type State, type Task } from '../../shared/domain/state.ts';
import { taskCommand, type Verb } from '../../shared/domain/task-commands.ts';
import { executionName, taskName } from '../../shared/record/executions.ts';
import { actionsAfter, commit, markOpen, projectHead, putAction } from '../../shared/record/log.ts';
import { headKey, noticeKey, partitionOf, taskKey, waitKey } from '../../shared/record/table.ts';
import { CityOnOneMachine, fact, personOf, posts } from '../support/city-on-one-machine.ts';
import { executionArn, forgetting, insiderOf, repairedIn, roundsSoFar, stateOf } from '../support/insider.ts';
import { roundsOfReconciler } from '../support/mortal-city.ts';
import { answered, minute, toRed } from '../support/story.ts';

const round = 5 * minute;

describe('the reconciler', () => {
  let city: CityOnOneMachine;
  let id: LogId;
  /** What befalls the next write for which it says so. */
  let diesAfter: (effect: Effect) => boolean = () => false;
  const strikes = (effect: Effect) => {
    if (!diesAfter(effect)) return undefined;
    diesAfter = () => false;
    return 'dies-after' as const;
  };

  beforeAll(async () => {
    const rounds = roundsOfReconciler(() => round);
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, rounds, strikes);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const log = () => insiderOf(city);
  const now = () => stateOf(log(), id);
  const task = (state: State, kind: string): Task => {
    const found = openTasks(state).find((one) => one.kind === kind);
    if (!found) throw new Error(`no ${kind} among ${Object.keys(state.tasks).join(', ')}`);
    return found;
  };
  const set = async (sk: string, update: string, values?: object, of: LogId = id) => {
    const { db, name } = log().table;
    await db.send(
      new UpdateCommand({
        TableName: name,
        Key: { pk: partitionOf(of), sk },
        UpdateExpression: update,
        ...(values ? { ExpressionAttributeValues: { ...values } } : {}),
        ...(/#\w+/.test(update)
          ? { ExpressionAttributeNames: Object.fromEntries((update.match(/#\w+/g) ?? []).map((n) => [n, n.slice(1)])) }
          : {}),
      }),
    );
  };
  const itemOf = async (sk: string, of: LogId = id) => {
    const { db, name } = log().table;
    return (await db.send(new GetCommand({ TableName: name, Key: { pk: partitionOf(of), sk }, ConsistentRead: true })))
      .Item;
  };
  /** Somebody's action is in the record, and whoever wrote it died before anything else. */
  const written = async (of: LogId, kind: string, verb: Verb, body: object): Promise<State> => {
    const state = await stateOf(log(), of);
    const { no, owner } = task(state, kind);
    const by = { role: 'staff', person: personOf(owner), post: owner } as const;
    const given = { city: city.city, state, task: no, verb, by, at: city.cloud.now(), key: city.key(), body };
    const made = next(of, state, taskCommand(given).draft);
    expect(await putAction(log().table, of, made.action)).toBe(true);
    return made.state;
  };
  /** What the next round repairs; the one after it finds nothing. */
  const repaired = async (): Promise<Record<string, number>> => {
    const before = roundsSoFar(city).length;
    await city.pass(2 * round);
    const [first, second, ...more] = roundsSoFar(city).slice(before);
    if (!first || !second || more.length > 0) throw new Error('two rounds were expected');
    expect(repairedIn([second])).toEqual({});
    return repairedIn([first]);
  };
  /** Nothing happens by itself while something is planted: whoever is woken mends much without the reconciler. */
  const quiet = async (of = id, rounds = 3): Promise<void> => {
    for (;;) {
      const tasks = openTasks(await stateOf(log(), of));
      const timers = tasks.map((one) => nextTimer(city.city, one).at - city.cloud.now());
      if (timers.every((left) => left <= 0 || left > rounds * round)) return;
      await city.pass(round);
    }
  };
  /** Whoever drives it waits where people can wake them. */
  const waits = async (of: LogId = id): Promise<void> => {
    const state = await stateOf(log(), of);
    for (const sk of [waitKey, ...openTasks(state).map(({ no }) => taskKey(no))]) {
      expect(await itemOf(sk, of), sk).toMatchObject({ tok: expect.any(String), tokRev: state.rev });
    }
  };

  it('Monday morning: a case becomes red, tasks open, are called and reminded: nothing to repair', async () => {
    id = (await toRed(city)).case as LogId;
    await city.pass(30 * minute);
    expect(roundsSoFar(city)).toHaveLength(6);
    expect(repairedIn(roundsSoFar(city))).toEqual({});
    await waits();
  });

  it('its execution is gone: it died', async () => {
    await quiet();
    const { rev } = await now();
    const { sfn, arns } = log();
    await sfn.send(new StopExecutionCommand({ executionArn: executionArn(arns.lifecycle, executionName(id, rev)) }));
    expect(await repaired()).toEqual({ recovered: 1 });
    expect((await now()).rev).toBe(rev + 1);
    await waits();
  });

  it('the execution of a task is gone, while its token lies there and its timer is still to come', async () => {
    await quiet();
    const state = await now();
    const { sfn, arns } = log();
    const name = taskName(id, state.rev, task(state, 'second-deferral').no);
    await sfn.send(new StopExecutionCommand({ executionArn: executionArn(arns.task, name) }));
    expect(await repaired()).toEqual({ recovered: 1 });
    await waits();
  });

  it('its execution never began: whoever raised the revision died', async () => {
    await quiet();
    const { rev } = await now();
    const dead = { start: async () => 'runs' as const, stop: async () => {} };
    const content = { kind: 'revised', cause: 'rotated', definition: 'another' } as const;
    await commit(insiderOf(city, dead), id, () => ({
      ...{ at: city.cloud.now(), by: system, key: `rotated ${rev}`, rev: 0, content },
    }));
    expect(await repaired()).toEqual({ started: 1 });
    expect((await now()).rev).toBe(rev + 1);
    await waits();
  });

  it.each([
    'second-deferral',
    'the whole',
  ])('the token of %s is lost: the execution runs, and nobody could wake it', async (of) => {
    await quiet();
    const state = await now();
    await set(of === 'the whole' ? waitKey : taskKey(task(state, of).no), 'remove tok');
    expect(await repaired()).toEqual({ token: 1 });
    await waits();
  });

  it('a notice was never claimed; another was claimed by somebody whose lease is over', async () => {
    await quiet();
    const state = await now();
    const [one, other] = ['protect', 'second-deferral'].map((kind) => noticeKey(task(state, kind).no, 'opened', 0));
    const { db, name } = forgetting(city);
    await db.send(new DeleteCommand({ TableName: name, Key: { pk: partitionOf(id), sk: one ?? '' } }));
    await set(other ?? '', 'set #state = :claimed, #until = :over', {
      ':claimed': 'claimed',
      ':over': city.cloud.now(),
    });
    const heard = city.said().length;
    expect(await repaired()).toEqual({ notice: 2 });
    expect(city.said().length - heard).toBeGreaterThanOrEqual(2);
    for (const sk of [one, other]) expect(await itemOf(sk ?? '')).toMatchObject({ state: 'sent' });
  });

  it('an action was not copied to its task', async () => {
    await quiet();
    const { tasks } = await written(id, 'second-deferral', 'acknowledge', {});
    expect(await repaired()).toEqual({ task: 1 });
    const { no, seq } = task(await now(), 'second-deferral');
    expect(seq).toBe(tasks[no]?.seq);
    expect(await itemOf(taskKey(no))).toMatchObject({ seq });
    await waits();
  });

  it('the head is ahead of its task', async () => {
    await quiet();
    const state = await written(id, 'protect', 'acknowledge', {});
    await projectHead(log(), state);
    expect(await repaired()).toEqual({ task: 1 });
    await waits();
  });

  it('the head is far behind the record', async () => {
    await quiet();
    const { n } = await now();
    const before = fold(id, (await actionsAfter(log().table, id, 0)).slice(0, n - 9));
    await set(headKey, 'set #n = :n, #hash = :hash, #state = :state', {
      ...{ ':n': before?.n, ':hash': before?.hash, ':state': before },
    });
    expect(await repaired()).toEqual({ head: 1 });
    expect(await itemOf(headKey)).toMatchObject({ n });
  });

  it('an answer after which something is due for the whole: nobody was told', async () => {
    const other = (await city.report({ people: [{ role: 'respondent', name: '金阿大', phone: '13800000044' }] }))
      .case as LogId;
    await city.pass(round);
    await written(other, 'verify', 'answer', { outcome: 'verified' });
    expect(await repaired()).toEqual({ head: 1, task: 1, woken: 1 });
    expect(await stateOf(log(), other)).toMatchObject({ status: 'assessed' });
    await waits(other);
  });

  it('a report was put, and whoever took it in died', async () => {
    diesAfter = (effect) => effect.kind === 'write' && effect.pk.startsWith('R#');
    const people = [{ role: 'respondent', name: '罗阿二', phone: '13800000055' }];
    await expect(city.report({ sourceId: 'half', people })).rejects.toThrow();
    const cases = async () => (await city.get('/v1/cases?area=331003001001', posts.county)).body.cases as unknown[];
    const before = (await cases()).length;
    expect(await repaired()).toEqual({ intake: 1 });
    expect((await cases()).length).toBe(before + 1);
  });

  it('what has ended is still marked as open, and its task is on somebody’s list', async () => {
    const asking = {
      channel: 'grid',
      disputeType: 'none',
      facts: [],
      help: ['work-and-training'],
      text: '想学一门手艺。',
    };
    const people = [{ role: 'complainant', name: '陈月琴', phone: '13800000011' }];
    const { referral } = await city.report({ ...asking, people }, posts.mediator);
    const ended = referral as LogId;
    const { no, owner } = task(await stateOf(log(), ended), 'offer-help');
    expect(await city.act(`${ended}.${no}`, 'answer', owner, { outcome: 'declined' })).toMatchObject({ status: 200 });
    expect(await stateOf(log(), ended)).toMatchObject({ status: 'closed' });
    await markOpen(log(), ended);
    await set(taskKey(no), 'set #state = :open, #owner = :owner', { ':open': 'open', ':owner': owner }, ended);
    expect(await repaired()).toEqual({ task: 1, 'closed-mark': 1 });
    expect(await itemOf(headKey, ended)).not.toHaveProperty('open');
    expect(await itemOf(taskKey(no), ended)).not.toHaveProperty('owner');
  });

  it('somebody whose erasure was ordered is erased, and others are asked, though whoever ordered it died', async () => {
    const people = [{ role: 'respondent', name: '方阿福', phone: '13800000067' }];
    const dispute = (await city.report({ facts: [fact('wants_mediation')], people })).dispute as LogId;
    await city.pass(round);
    await quiet(dispute);
    const state = await stateOf(log(), dispute);
    const part = `${state.reports[0]}#0`;
    const by = { role: 'staff', person: personOf(posts.administrator), post: posts.administrator } as const;
    const content = { kind: 'erasureOrdered', part, ground: 'request' } as const;
    const ordered = next(dispute, state, { at: city.cloud.now(), by, key: 'order', rev: 0, content });
    expect(await putAction(log().table, dispute, ordered.action)).toBe(true);
    expect(await repaired()).toEqual({ owed: 1 });
    expect(await itemOf(`PERSON#${part}`, dispute)).toMatchObject({ erasedAt: expect.any(Number), ground: 'request' });
    expect(await itemOf(`PERSON#${part}`, dispute)).not.toHaveProperty('sealed');
    expect(await stateOf(log(), dispute)).toMatchObject({ owed: [] });
  });

  it('what keeps dying is left to people after three times, until somebody does something about it', async () => {
    const quarrel = {
      facts: [fact('wants_mediation')],
      people: [{ role: 'respondent', name: '方阿福', phone: '13800000066' }],
    };
    const dispute = (await city.report(quarrel)).dispute as LogId;
    const { no, owner } = task(await stateOf(log(), dispute), 'settle');
    await city.pass(round);
    await quiet(dispute, 9);
    const alarms = () => city.cloud.outbox(0).filter(({ message }) => message.includes('executions-keep-dying'));
    const dies = async () => {
      const { rev } = await stateOf(log(), dispute);
      const { sfn, arns } = log();
      const execution = executionArn(arns.lifecycle, executionName(dispute, rev));
      await sfn.send(new StopExecutionCommand({ executionArn: execution }));
    };
    for (let time = 0; time < 3; time++) {
      await dies();
      expect(await repaired()).toEqual({ recovered: 1 });
    }
    await dies();
    expect(alarms()).toHaveLength(0);
    expect(await repaired()).toEqual({});
    expect(alarms()).toHaveLength(2);
    expect(JSON.parse(alarms()[0]?.message ?? '')).toMatchObject({ logs: [dispute] });
    expect(await city.act(`${dispute}.${no}`, 'acknowledge', owner, {})).toMatchObject({ status: 200 });
    expect(await repaired()).toEqual({ recovered: 1 });
    await waits(dispute);
  });

  it('afterwards it all goes on as if nothing had been: people answer, and nothing is left to repair', async () => {
    await answered(city, id, 'second', { outcome: 'agree' });
    await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'made' });
    const before = roundsSoFar(city).length;
    await city.pass(4 * round);
    expect(repairedIn(roundsSoFar(city).slice(before))).toEqual({});
    await waits();
  });
});
