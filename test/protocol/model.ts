/**
 * What may happen next to a case and one task of it: a request of a program that production runs, a token parked under the condition
 * that stands in the ASL, a timer, a crash between any two writes, the reconciler.
 */
import type { Action } from '../../shared/domain/actions.ts';
import { fold } from '../../shared/domain/fold.ts';
import { nextTimer } from '../../shared/domain/ladder.ts';
import { openTasks, type State } from '../../shared/domain/state.ts';
import { noticeKey, taskKey, waitKey } from '../../shared/record/table.ts';
import lifecycleMachine from '../../statemachines/lifecycle.asl.json' with { type: 'json' };
import taskMachine from '../../statemachines/task.asl.json' with { type: 'json' };
import { city } from '../support/city.ts';
import { type Expression, holdsOn, written } from './expressions.ts';
import { type Fields, type Next, Programs, type Request } from './programs.ts';
import {
  changed,
  dead,
  definition,
  ended,
  type Guard,
  type Move,
  type Process,
  pick,
  running,
  type Scenario,
  type World,
} from './world.ts';

const anyway = 'attribute_not_exists(nothing)';
const parks: Readonly<Record<string, string>> = {
  T: taskMachine.States['Wait for people or the next timer'].Arguments.ConditionExpression,
  L: lifecycleMachine.States['Carry out the open tasks'].Arguments.ConditionExpression,
};
const clauses = [
  ['park-seq', '(attribute_not_exists(seq) OR seq <= :seq)'],
  ['park-rev', '(attribute_not_exists(tokRev) OR tokRev <= :rev)'],
  ['monotone', '(attribute_not_exists(#seq) or #seq < :seq)'],
  ['claim', 'attribute_not_exists(pk) or (#state = :claimed and #until <= :now)'],
] as const;

export class Model {
  readonly #s: Scenario;
  readonly #off: ReadonlySet<Guard>;
  readonly #logs = new Map<string, { readonly actions: readonly Action[]; readonly state: State }>();
  readonly #programs: Programs;

  constructor(scenario: Scenario, off: ReadonlySet<Guard>) {
    this.#s = scenario;
    this.#off = off;
    this.#programs = new Programs(scenario, (log) => this.logOf(log).actions);
  }

  logOf(log: string) {
    const found = this.#logs.get(log);
    if (!found) throw new RangeError(`no log ends with ${log}`);
    return found;
  }

  extended(actions: readonly Action[]): string {
    const log = actions.at(-1)?.hash ?? '';
    const state = this.#logs.get(log)?.state ?? fold(this.#s.id, actions);
    if (state) this.#logs.set(log, { actions, state });
    return log;
  }

  /** The expression as production wrote it, but for what is left out. */
  #without<E extends Expression>(expression: E): E {
    let text = expression.ConditionExpression ?? '';
    for (const [guard, clause] of clauses) if (this.#off.has(guard)) text = text.replace(clause, anyway);
    return { ...expression, ConditionExpression: text };
  }

  /** What a request does to the world, and its answer; undefined: the number is taken, all is read again. */
  #perform(world: World, name: string, { kind, key, input }: Request): readonly [World, string | undefined] {
    const { items, notices } = world;
    const { actions, state } = this.logOf(world.log);
    const item = items[key];
    const put = (after: object): World => ({ ...world, items: { ...items, [key]: pick(after) } });
    const noted = (change: object): World => ({
      ...world,
      notices: { ...notices, [key]: { sent: 0, ...notices[key], ...change } },
    });
    const known = this.#s.notices
      ? Object.entries(notices).flatMap(([sk, { state: done, until }]) => (done ? [{ sk, state: done, until }] : []))
      : (state.tasks[this.#s.task]?.notices ?? []).map((one) => ({
          sk: noticeKey(this.#s.task, one.kind, one.step),
          state: 'sent',
        }));
    switch (kind) {
      case 'read':
        return [world, world.log];
      case 'put': {
        const action = input as Action;
        if (action.n !== actions.length + 1) return [world, undefined];
        const steps = (world.all[name]?.steps ?? 0) - 1;
        const stale =
          action.rev !== 0 && action.rev !== state.rev && `FENCE: a superseded execution wrote ${action.content.kind}`;
        const twice =
          name.startsWith('T') && steps < 0 && `STEP: one timer made two steps, ${action.content.kind} the second`;
        const broken = stale || twice;
        const after = { ...world, log: this.extended([...actions, action]), ...(broken ? { broken } : {}) };
        return [name.startsWith('T') ? changed(after, name, { steps }) : after, '+'];
      }
      case 'get': {
        const taken = this.#off.has('keep-token') && item?.tok !== undefined;
        const { tok: _, tokRev: __, tokSeq: ___, tokDef: ____, ...left } = item ?? {};
        return [taken ? put(left) : world, item ? JSON.stringify(item) : '-'];
      }
      case 'update': {
        const expression = this.#without(input as Expression);
        return holdsOn(item, expression) ? [put(written(item, expression)), '+'] : [world, '-'];
      }
      case 'claim': {
        const { Item: claimed, ...expression } = input as Expression & {
          readonly Item: { readonly state: string; readonly until: number };
        };
        const there = notices[key]?.state ? { pk: key, ...notices[key] } : undefined;
        const free = this.#s.notices && holdsOn(there, this.#without(expression));
        return free ? [noted({ state: claimed.state, until: claimed.until }), '+'] : [world, '-'];
      }
      case 'publish':
        return [noted({ sent: (notices[key]?.sent ?? 0) + 1 }), '+'];
      case 'mark':
        return [noted({ state: 'sent' }), '+'];
      case 'notices':
        return [world, JSON.stringify(known)];
      case 'items': {
        const all = Object.entries(items).map(([sk, one]) => ({ sk, ...one }));
        // Whoever carries out the other tasks waits properly.
        const others = openTasks(state)
          .filter(({ no }) => no !== this.#s.task)
          .map(({ no, seq }) => ({
            sk: taskKey(no),
            seq,
            state: 'open',
            tok: no,
            tokRev: state.rev,
            tokDef: definition,
          }));
        return [world, JSON.stringify([{ sk: 'HEAD', n: state.n }, ...all, ...others, ...known])];
      }
      case 'start': {
        const there = world.all[key];
        if (there) return [world, there.at === 'over' ? 'died' : 'runs'];
        return [changed(world, key, running(`look-${key.slice(0, 1)},${key.slice(1)},${world.now}`)), 'begun'];
      }
      case 'stop':
        return [[`L${key}`, `T${key}`].reduce((left, one) => this.#stopped(left, one), world), '+'];
      default: {
        // wake: whoever no longer waits for this token notices nothing.
        const woken = key.slice(0, -1);
        if (!key.endsWith('+')) return [world, '+'];
        return [this.#goOn(dead(world, woken), woken, input as Fields), '+'];
      }
    }
  }

  #stopped(world: World, name: string): World {
    const process = world.all[name];
    if (!process || process.at === 'over') return world;
    const lambda = process.at === 'run' && !process.run.startsWith('park') && process.seen.length > 0;
    return lambda ? changed(world, name, { orphan: true }) : dead(changed(world, name, ended), name);
  }

  /** The next state of an execution, from what a Lambda or whoever woke it said. */
  #goOn(world: World, name: string, { state, stage = state, seq, wait = 0, step }: Fields, from = world.now): World {
    const [kind, rev] = [name.slice(0, 1), name.slice(1)];
    const go = (run: string, steps?: number) => changed(world, name, running(run, steps));
    if (world.all[name]?.orphan) return changed(world, name, ended);
    if (stage === 'over' || stage === 'closed' || stage === 'superseded') return changed(world, name, ended);
    if (seq !== undefined) return go(`park,${rev},${from + Number(wait) * 1000},${step ?? ''},${seq}`);
    if (stage === 'changed' || stage === 'carry-out') return go(`look-${kind},${rev},${world.now}`);
    return stage === 'passed' ? go(`sla,${rev},${world.now},${step}`, 1) : go(`${stage},${rev},${world.now}`);
  }

  #park(world: World, name: string): World {
    const [, rev, , , seq] = world.all[name]?.run.split(',') ?? [];
    const key = name.startsWith('T') ? taskKey(this.#s.task) : waitKey;
    const parked = { tok: `${name}+`, tokRev: Number(rev), tokSeq: Number(seq), tokDef: definition };
    const values = { ':rev': parked.tokRev, ':seq': parked.tokSeq };
    const condition = { ConditionExpression: parks[name.slice(0, 1)] ?? '', ExpressionAttributeValues: values };
    if (!holdsOn(world.items[key], this.#without(condition))) return this.#goOn(world, name, { stage: 'changed' });
    return changed({ ...world, items: { ...world.items, [key]: { ...world.items[key], ...parked } } }, name, {
      at: 'wait',
    });
  }

  /** One request of a process, and all that follows from it whatever the others do. */
  async #step(world: World, name: string): Promise<Move> {
    const process = world.all[name] ?? ended;
    const next = await this.#asks(process);
    if (next === 'park') return { label: `${name} parks`, world: await this.#settled(this.#park(world, name)) };
    const label = `${name} ${process.run.split(',')[0]}: ${next.kind} ${next.key}`;
    const [after, answer] = this.#perform(world, name, next);
    const { seen } = after.all[name] ?? ended;
    const on = changed(after, name, { seen: answer === undefined ? [] : [...seen, answer] });
    const then = next.kind === 'read' ? await this.#next(on.all[name] ?? ended) : undefined;
    // Whatever is written between a read and its put makes the put fail and all be read again: the two are one step.
    if (then && 'asks' in then && (then.asks.kind === 'put' || then.asks.kind === 'read')) return this.#step(on, name);
    return { label: answer === '-' ? `${label}, no` : label, world: await this.#settled(on) };
  }

  async #next({ run, seen }: Process): Promise<Next> {
    return this.#programs.known(run, seen) ?? this.#programs.next(run, seen);
  }

  async #asks(process: Process): Promise<Request | 'park'> {
    if (process.run.startsWith('park')) return 'park';
    const next = await this.#next(process);
    if (!('asks' in next)) throw new RangeError(`${process.run} is over`);
    return next.asks;
  }

  /** Takes at once every step whose outcome can no longer change and that changes nothing for the others. */
  async #settled(world: World): Promise<World> {
    for (let [left, i] = [world, 0]; ; i++) {
      const name = Object.keys(left.all)[i];
      if (name === undefined) return left;
      const on = left.all[name]?.at === 'run' ? await this.#certain(left, name) : undefined;
      if (on) [left, i] = [on, -1];
    }
  }

  async #certain(world: World, name: string): Promise<World | undefined> {
    const process = world.all[name] ?? ended;
    const { run, seen } = process;
    const [, rev = '', now] = run.split(',');
    const { actions, state } = this.logOf(world.log);
    const isPerson = this.#s.people[name] !== undefined;
    const stale = Number(rev) !== 0 && Number(rev) < state.rev && world.all[`L${state.rev}`] !== undefined;
    if (stale && seen.length === 0 && !this.#off.has('fence') && !run.startsWith('park'))
      return changed(world, name, ended);
    if (run.startsWith('park')) {
      const item = world.items[name.startsWith('T') ? taskKey(this.#s.task) : waitKey];
      const late = (item?.seq ?? 0) > Number(run.split(',')[4]) && !this.#off.has('park-seq');
      const beaten = (item?.tokRev ?? 0) > Number(rev) && !this.#off.has('park-rev');
      return late || beaten ? this.#goOn(world, name, { stage: 'changed' }) : undefined;
    }
    const next = await this.#next(process);
    if ('asks' in next) {
      const { kind, key, input } = next.asks;
      if (kind === 'put' && (input as Action).n <= actions.length) return changed(world, name, { seen: [] });
      const quiet = !this.#s.notices && (kind === 'notices' || kind === 'claim');
      const known = name !== 'reconcile' && kind === 'start' && world.all[key] !== undefined;
      if (!(quiet || known || (kind === 'wake' && key.endsWith('-')))) return undefined;
      const [after, answer = ''] = this.#perform(world, name, next.asks);
      return changed(after, name, { seen: [...seen, answer] });
    }
    if (isPerson) return changed(world, name, { ...ended, told: 'throws' in next ? 'refused' : 'done' });
    if (name === 'reconcile') return changed(world, name, { ...ended, at: 'idle' });
    if ('throws' in next) return changed({ ...world, broken: `FAILED: ${name} ${run}: ${next.throws}` }, name, ended);
    return this.#goOn(world, name, next.answers as Fields, Number(now));
  }

  async moves(world: World): Promise<Move[]> {
    const moves: Move[] = [];
    const task = this.logOf(world.log).state.tasks[this.#s.task];
    const quiet = Object.values(world.all).every(({ at }) => at !== 'run');
    const claimed = Object.values(world.notices).some(({ state }) => state === 'claimed');
    for (const [name, process] of Object.entries(world.all)) {
      const isPerson = this.#s.people[name] !== undefined;
      if (process.at === 'run') moves.push(await this.#step(world, name));
      if (process.at === 'idle' && (isPerson || (quiet && world.crashes < this.#s.crashes))) {
        // Whoever died while it waited is missed a minute after its timer.
        const next = isPerson || !task ? world.now : Math.max(world.now, nextTimer(city, task).at);
        const begun = changed(world, name, running(`${name},0,${isPerson ? next : next + 120_000}`));
        moves.push({ ...(await this.#step(begun, name)), ...(isPerson ? {} : { timer: true }) });
      }
      // A lease outlives the Lambda that holds it: while one is on its way no timer is waited for.
      if (process.at === 'wait' && name.startsWith('T') && world.timeouts > 0 && !claimed) {
        const [, rev, until, step] = process.run.split(',');
        const now = Math.max(world.now, Number(until)) + this.#s.late;
        const fired = { ...dead(world, name), now, timeouts: world.timeouts - 1 };
        moves.push({
          label: `${name}: its timer`,
          world: await this.#settled(changed(fired, name, running(`sla,${rev},${now},${step}`, 1))),
          timer: true,
        });
      }
      if (world.crashes === 0 || process.at === 'over' || process.at === 'idle') continue;
      const crashed = { ...world, crashes: world.crashes - 1 };
      // A Lambda is repeated with its input, a person sends the command again; or neither.
      if (process.at === 'run' && process.seen.includes('+') && name !== 'reconcile') {
        moves.push({ label: `CRASH ${name}, again`, world: await this.#settled(changed(crashed, name, { seen: [] })) });
      }
      const gone = name === 'reconcile' ? { ...ended, at: 'idle' as const } : ended;
      moves.push({ label: `CRASH ${name}`, world: await this.#settled(dead(changed(crashed, name, gone), name)) });
    }
    return moves;
  }
}
