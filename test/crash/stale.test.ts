import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, inject, it } from 'vitest';
import type { Effect } from '../../local/cloud/strikes.ts';
import { stepsOf } from '../../local/replay/record.ts';
import { system } from '../../shared/domain/actions.ts';
import { isLogId, type LogId } from '../../shared/domain/ids.ts';
import { isClosed } from '../../shared/domain/state.ts';
import { executionName, taskName } from '../../shared/record/executions.ts';
import { commit, type Log, read } from '../../shared/record/log.ts';
import { partitionOf, taskKey, waitKey } from '../../shared/record/table.ts';
import type { CityOnOneMachine } from '../support/city-on-one-machine.ts';
import { insiderOf, statesOf } from '../support/insider.ts';
import { red } from './stories.ts';
import { effectsOf, inCity, outcome, through } from './struck.ts';

const executions = /^\d+ (calls|states|look-at-case|assess-case|open-tasks|close-case|look-at-task|take-sla-step) /;
/** The same function, and the same kind of item, however the task is called. */
const kindOf = (effect: string): string =>
  effect
    .replace(/^\d+ /, '')
    .replace(/(?<=[#-])[a-z]+(-[a-z]+)*-\d+(#.*)?/, '')
    .replace(/ \d+$/, '');

interface Stale {
  readonly id: LogId;
  readonly rev: number;
  readonly task?: string;
}

/** Whose write or call this is: which execution's. */
function executionOf(effect: Effect): Stale {
  const given = effect.kind === 'write' && effect.during.startsWith('{') ? JSON.parse(effect.during) : undefined;
  const named = /^([CD]-\w{12})-(\d+)(?:-(.+))?$/.exec(effect.kind === 'invoke' ? effect.execution : effect.during);
  const id: unknown = given?.id ?? named?.[1];
  const task: unknown = given?.task ?? named?.[3];
  if (typeof id !== 'string' || !isLogId(id)) throw new TypeError(`whose is ${JSON.stringify(effect)}?`);
  return { id, rev: Number(given?.rev ?? named?.[2]), ...(typeof task === 'string' ? { task } : {}) };
}

/** As the reconciler has it, but that it stops nobody: who is superseded goes on. */
const logOf = (city: CityOnOneMachine): Log => insiderOf(city, { stop: async () => {} });

/** Another execution drives the log from now on, and waits where this one would. */
async function supersede(log: Log, { id, rev, task }: Stale, now: number): Promise<boolean> {
  const state = await read(log, id);
  if (!state || isClosed(state) || state.rev !== rev) return false;
  const content = { kind: 'revised' as const, cause: 'deployed' as const, definition: 'another' };
  await commit(log, id, () => ({ at: now, by: system, key: `deployed ${rev}`, rev: 0, content }));
  const key = { pk: partitionOf(id), sk: task === undefined ? waitKey : taskKey(task) };
  for (let look = 0; look < 40; look++) {
    const get = new GetCommand({ TableName: log.table.name, Key: key, ConsistentRead: true });
    const { Item } = await log.table.db.send(get);
    if (Number(Item?.tokRev ?? 0) > rev) break;
    await new Promise((next) => setTimeout(next, 25));
  }
  return true;
}

it('a stale execution changes nothing, at whichever of its writes and calls it goes on, and ends as superseded', {
  timeout: 600_000,
}, async () => {
  const effects = (await effectsOf(inject('assembly'), red)).filter((effect) => executions.test(effect));
  const places = [...Map.groupBy(effects, kindOf).values()].flatMap(([first]) => first ?? []);
  expect(places.length).toBeGreaterThan(12);
  let log: Log | undefined;
  let city: CityOnOneMachine | undefined;
  const stale = new Map<string, Stale>();
  await inCity(
    inject('assembly'),
    red,
    ({ n }, name, effect) => {
      if (!log || !city || n === 0 || places[n - 1] !== name) return undefined;
      const execution = executionOf(effect);
      return supersede(log, execution, city.cloud.now()).then((superseded) => {
        if (superseded) stale.set(name, execution);
      });
    },
    async (opened, add) => {
      [city, log] = [opened, logOf(opened)];
      const lives = [add(), ...places.map(() => add())];
      await through(lives, red, undefined, 1);
      const { told, record } = await outcome(opened, lives);
      for (const { n } of lives) expect(told.get(n), `${places[n - 1]}`).toEqual(told.get(0));
      for (const [id, actions] of record.logs) {
        for (const { action, before } of stepsOf(id, actions)) {
          if (action.rev > 0) expect(action.rev, `${id} ${action.n}`).toBe(before?.rev);
        }
      }
      const ends = await Promise.all([...stale].map(async ([name, one]) => [name, await endOf(opened, one)] as const));
      console.log(`${stale.size} of ${places.length} superseded at a write or call of theirs`);
      expect(stale.size).toBeGreaterThan(places.length / 2);
      for (const [name, end] of ends)
        expect(end, name).toMatch(/^Superseded by a newer revision$|^The .+ is (over|closed)$/);
      expect(ends.filter(([, end]) => end.startsWith('Superseded')).length).toBeGreaterThan(ends.length / 2);
    },
  );
});

/** The state in which an execution succeeded. */
async function endOf(city: CityOnOneMachine, { id, rev, task }: Stale): Promise<string> {
  const { arns } = insiderOf(city);
  const [machine, name] =
    task === undefined ? [arns.lifecycle, executionName(id, rev)] : [arns.task, taskName(id, rev, task)];
  const { states, end } = await statesOf(city, machine, name);
  return end === 'Succeeded' ? String(states.at(-1)) : `${end} in ${states.at(-1)}`;
}
