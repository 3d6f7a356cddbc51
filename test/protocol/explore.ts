/**
 * Explores exhaustively, write by write, what production runs: handlers, commit, projection, the rule table, and the conditions
 * under which tokens are parked, as they stand in the ASL. One case and one task; an owner, a receiver and whoever decides on the
 * level; the executions of every revision; timeouts; crashes between any two writes.
 */
import type { Action } from '../../shared/domain/actions.ts';
import { fold } from '../../shared/domain/fold.ts';
import { nextStage } from '../../shared/domain/stages.ts';
import type { State } from '../../shared/domain/state.ts';
import { noticeKey, taskKey, waitKey } from '../../shared/record/table.ts';
import lifecycleMachine from '../../statemachines/lifecycle.asl.json' with { type: 'json' };
import taskMachine from '../../statemachines/task.asl.json' with { type: 'json' };
import { type Expression, holdsOn, written } from './expressions.ts';
import { type Cast, type Fields, Programs, type Request } from './programs.ts';

/** What can be left out, to show that it is needed; `fence` and `step-key` are left out of the domain by the test. */
export const guards = ['park-seq', 'park-rev', 'fence', 'step-key', 'keep-token', 'monotone', 'claim'] as const;
export type Guard = (typeof guards)[number];

export interface Scenario extends Cast {
  readonly actions: readonly Action[];
  readonly at: number;
  readonly timeouts: number;
  readonly crashes: number;
  /** Notices are looked at too; else they count as sent. */
  readonly notices: boolean;
  /** Timers fire so much later than they should. */
  readonly late: number;
}

/** An execution (`L1`: the lifecycle at revision 1, `T1`: of the task), a person, or the reconciler. */
interface Process {
  readonly at: 'run' | 'wait' | 'idle' | 'over';
  /** What runs, and the answers that it has had. */
  readonly run: string;
  readonly seen: readonly string[];
  /** SLA steps that it may still commit for the timer that has passed. */
  readonly steps?: number;
  /** Stopped while a Lambda of it ran: that goes on to its end. */
  readonly orphan?: boolean;
  readonly told?: string;
}
type Item = {
  readonly seq?: number;
  readonly tok?: string;
  readonly tokRev?: number;
  readonly tokSeq?: number;
};
interface World {
  /** By the hash of its last action. */
  readonly log: string;
  readonly now: number;
  readonly items: Readonly<Record<string, Item>>;
  readonly notices: Readonly<Record<string, { readonly state?: string; readonly until?: number; readonly sent: number }>>;
  readonly all: Readonly<Record<string, Process>>;
  readonly timeouts: number;
  readonly crashes: number;
  readonly broken?: string;
}
interface Move {
  readonly label: string;
  readonly world: World;
  readonly timer?: true;
}
export interface Explored {
  readonly states: number;
  readonly moves: number;
  readonly records: readonly string[];
  /** Each with the shortest way to it. */
  readonly violations: ReadonlyMap<string, readonly string[]>;
}

const ended: Process = { at: 'over', run: '', seen: [] };
const running = (run: string, steps?: number): Process => ({ at: 'run', run, seen: [], ...(steps ? { steps } : {}) });
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

export class Explorer {
  readonly #s: Scenario;
  readonly #off: ReadonlySet<Guard>;
  readonly #logs = new Map<string, { readonly actions: readonly Action[]; readonly state: State }>();
  readonly #programs: Programs;

  constructor(scenario: Scenario, off: ReadonlySet<Guard>) {
    this.#s = scenario;
    this.#off = off;
    this.#programs = new Programs(scenario, (log) => this.#logOf(log).actions);
  }

  #logOf(log: string) {
    const found = this.#logs.get(log);
    if (!found) throw new RangeError(`no log ends with ${log}`);
    return found;
  }

  #extended(actions: readonly Action[]): string {
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
    const { actions, state } = this.#logOf(world.log);
    const item = items[key];
    const put = (after: object): World => ({ ...world, items: { ...items, [key]: pick(after) } });
    const noted = (change: object): World => ({ ...world, notices: { ...notices, [key]: { sent: 0, ...notices[key], ...change } } });
    const known = this.#s.notices
      ? Object.entries(notices).flatMap(([sk, { state: done, until }]) => (done ? [{ sk, state: done, until }] : []))
      : (state.tasks[this.#s.task]?.notices ?? []).map((one) => ({ sk: noticeKey(this.#s.task, one.kind, one.step), state: 'sent' }));
    switch (kind) {
      case 'read':
        return [world, world.log];
      case 'put': {
        const action = input as Action;
        if (action.n !== actions.length + 1) return [world, undefined];
        const steps = (world.all[name]?.steps ?? 0) - 1;
        const stale = action.rev !== 0 && action.rev !== state.rev && `FENCE: a superseded execution wrote ${action.content.kind}`;
        const twice = name.startsWith('T') && steps < 0 && `STEP: one timer made two steps, ${action.content.kind} the second`;
        const broken = stale || twice;
        const after = { ...world, log: this.#extended([...actions, action]), ...(broken ? { broken } : {}) };
        return [name.startsWith('T') ? with_(after, name, { steps }) : after, '+'];
      }
      case 'get': {
        const taken = this.#off.has('keep-token') && item?.tok !== undefined;
        const { tok: _, tokRev: __, tokSeq: ___, ...left } = item ?? {};
        return [taken ? put(left) : world, item ? JSON.stringify(item) : '-'];
      }
      case 'update': {
        const expression = this.#without(input as Expression);
        return holdsOn(item, expression) ? [put(written(item, expression)), '+'] : [world, '-'];
      }
      case 'claim': {
        const { Item: claimed, ...expression } = input as Expression & { readonly Item: { readonly state: string; readonly until: number } };
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
        return [world, JSON.stringify([{ sk: 'HEAD', n: state.n }, ...all, ...known])];
      }
      case 'start': {
        const there = world.all[key];
        if (there) return [world, there.at === 'over' ? 'died' : 'runs'];
        return [with_(world, key, running(`look-${key.slice(0, 1)},${key.slice(1)},${world.now}`)), 'runs'];
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
    return lambda ? with_(world, name, { orphan: true }) : dead(with_(world, name, ended), name);
  }

  /** The next state of an execution, from what a Lambda or whoever woke it said. */
  #goOn(world: World, name: string, { state, stage = state, seq, wait = 0, step }: Fields, from = world.now): World {
    const [kind, rev] = [name.slice(0, 1), name.slice(1)];
    const go = (run: string, steps?: number) => with_(world, name, running(run, steps));
    if (world.all[name]?.orphan) return with_(world, name, ended);
    if (stage === 'over' || stage === 'closed' || stage === 'superseded') return with_(world, name, ended);
    if (seq !== undefined) return go(`park,${rev},${from + Number(wait) * 1000},${step ?? ''},${seq}`);
    if (stage === 'changed' || stage === 'carry-out') return go(`look-${kind},${rev},${world.now}`);
    return stage === 'passed' ? go(`sla,${rev},${world.now},${step}`, 1) : go(`${stage},${rev},${world.now}`);
  }

  #park(world: World, name: string): World {
    const [, rev, , , seq] = world.all[name]?.run.split(',') ?? [];
    const key = name.startsWith('T') ? taskKey(this.#s.task) : waitKey;
    const parked = { tok: `${name}+`, tokRev: Number(rev), tokSeq: Number(seq) };
    const values = { ':rev': parked.tokRev, ':seq': parked.tokSeq };
    const condition = { ConditionExpression: parks[name.slice(0, 1)] ?? '', ExpressionAttributeValues: values };
    if (!holdsOn(world.items[key], this.#without(condition))) return this.#goOn(world, name, { stage: 'changed' });
    return with_({ ...world, items: { ...world.items, [key]: { ...world.items[key], ...parked } } }, name, { at: 'wait' });
  }

  /** One request of a process, and on to the next or to its end. */
  async #step(world: World, name: string): Promise<Move> {
    const process = world.all[name] ?? ended;
    if (process.run.startsWith('park')) return { label: `${name} parks`, world: this.#park(world, name) };
    const { run, seen } = process;
    const next = this.#programs.known(run, seen) ?? (await this.#programs.next(run, seen));
    const label = `${name} ${run.split(',')[0]}: ${'asks' in next ? `${next.asks.kind} ${next.asks.key}` : 'is over'}`;
    if (!('asks' in next)) return { label, world: await this.#settled(world, name) };
    const [after, answer] = this.#perform(world, name, next.asks);
    const left = after.all[name] ?? ended;
    const on = with_(after, name, { ...left, seen: answer === undefined ? [] : [...left.seen, answer] });
    return { label: answer === '-' || answer === undefined ? `${label}, no` : label, world: await this.#settled(on, name) };
  }

  async #settled(world: World, name: string): Promise<World> {
    const { run, seen, at } = world.all[name] ?? ended;
    if (at !== 'run' || run.startsWith('park')) return world;
    const next = this.#programs.known(run, seen) ?? (await this.#programs.next(run, seen));
    if ('asks' in next) return world;
    if (this.#s.people[name]) return with_(world, name, { ...ended, told: 'throws' in next ? 'refused' : 'done' });
    if (name === 'reconcile') return with_(world, name, { ...ended, at: 'idle' });
    if ('throws' in next) return { ...world, broken: `FAILED: ${name} ${run}: ${next.throws}` };
    return this.#goOn(world, name, next.answers as Fields, Number(run.split(',')[2]));
  }

  async #moves(world: World): Promise<Move[]> {
    const moves: Move[] = [];
    const claimed = Object.values(world.notices).some(({ state }) => state === 'claimed');
    for (const [name, process] of Object.entries(world.all)) {
      const isPerson = this.#s.people[name] !== undefined;
      if (process.at === 'run') moves.push(await this.#step(world, name));
      if (process.at === 'idle' && (isPerson || world.crashes < this.#s.crashes)) {
        const begun = with_(world, name, running(`${name},0,${world.now + (isPerson ? 0 : 120_000)}`));
        moves.push({ ...(await this.#step(begun, name)), ...(isPerson ? {} : { timer: true }) });
      }
      // A lease outlives the Lambda that holds it: while one is on its way no timer is waited for.
      if (process.at === 'wait' && name.startsWith('T') && world.timeouts > 0 && !claimed) {
        const [, rev, until, step] = process.run.split(',');
        const now = Math.max(world.now, Number(until)) + this.#s.late;
        const fired = { ...dead(world, name), now, timeouts: world.timeouts - 1 };
        moves.push({ label: `${name}: its timer`, world: with_(fired, name, running(`sla,${rev},${now},${step}`, 1)), timer: true });
      }
      if (world.crashes === 0 || process.at === 'over' || process.at === 'idle') continue;
      const crashed = { ...world, crashes: world.crashes - 1 };
      // A Lambda is repeated with its input, a person sends the command again; or neither.
      if (process.at === 'run' && process.seen.length > 0 && name !== 'reconcile') {
        moves.push({ label: `CRASH ${name}, again`, world: with_(crashed, name, { seen: [] }) });
      }
      const gone = name === 'reconcile' ? { ...ended, at: 'idle' as const } : ended;
      moves.push({ label: `CRASH ${name}`, world: dead(with_(crashed, name, gone), name) });
    }
    return moves;
  }

  /** What must hold at every instant. */
  #wrong(world: World, before: World): string | undefined {
    const { actions, state } = this.#logOf(world.log);
    const task = state.tasks[this.#s.task];
    if (!/^\d+\.[a-z-]+$/.test(state.owner) || (task && !/^\d+\.[a-z-]+$/.test(task.owner))) return 'OWNER: nobody is accountable';
    if (task?.handOff && task.handOff.from !== task.owner) return 'OWNER: the sender is not accountable during the hand-off';
    for (const [name, { told }] of Object.entries(world.all)) {
      if (!this.#s.people[name]) continue;
      const times = actions.filter(({ key }) => key === name).length;
      if (times > 1) return `ONCE: what ${name} did stands there twice`;
      if (told !== undefined && (told === 'done') !== (times === 1)) return `TOLD: ${name} was told ${told}, the record says otherwise`;
    }
    const most = 1 + this.#s.crashes - world.crashes;
    if (Object.values(world.notices).some(({ sent }) => sent > most)) return 'NOTICE: twice, and nothing had crashed';
    for (const [key, { seq = 0 }] of Object.entries(world.items)) {
      if (seq < (before.items[key]?.seq ?? 0)) return `HISTORY: the projection ${key} went backwards`;
      if (seq > actions.length) return `HISTORY: the projection ${key} is ahead of the log`;
    }
    return undefined;
  }

  /** All is done, or properly waits for people or a timer. */
  #good({ log, items, notices, all }: World): boolean {
    const { state } = this.#logOf(log);
    const task = state.tasks[this.#s.task];
    const people = Object.keys(this.#s.people).every((name) => all[name]?.at === 'over');
    if (!people || (all.reconcile?.at ?? 'idle') !== 'idle' || nextStage(state) !== 'carry-out') return false;
    const [driver, child, item] = [all[`L${state.rev}`], all[`T${state.rev}`], items[taskKey(this.#s.task)]];
    if (driver?.at !== 'wait' || items[waitKey]?.tok !== `L${state.rev}+`) return false;
    if (!task) return child?.at !== 'wait' && child?.at !== 'run';
    if (child?.at !== 'wait' || item?.tok !== `T${state.rev}+` || item.tokSeq !== task.seq) return false;
    const told = (one: (typeof task.notices)[number]) => notices[noticeKey(task.no, one.kind, one.step)];
    return !this.#s.notices || task.notices.every((one) => told(one)?.state === 'sent' && (told(one)?.sent ?? 0) > 0);
  }

  /** What happened to the task and the level, whoever drove it: numbers, hashes and revisions aside. */
  #record({ log }: World): string {
    const { actions, state } = this.#logOf(log);
    const kinds = actions.flatMap(({ content }) => ('task' in content ? [`${content.kind} ${content.task}`] : []));
    return [...kinds, state.tasks[this.#s.task]?.owner ?? 'over'].join(', ');
  }

  /** @param enough stops at the first violation */
  async explore(enough = false): Promise<Explored> {
    const { actions, at, timeouts, crashes, people, task } = this.#s;
    const log = this.#extended(actions);
    const n = actions.length;
    const idle = Object.fromEntries([...Object.keys(people), 'reconcile'].map((name) => [name, { ...ended, at: 'idle' as const }]));
    const all = { L1: { ...running(`park,1,0,,${n}`), at: 'wait' as const }, T1: running(`look-T,1,${at}`), ...idle };
    const items = { [taskKey(task)]: { seq: n }, [waitKey]: { seq: n, tok: 'L1+', tokRev: 1, tokSeq: n } };
    const first: World = { log, now: at, items, notices: {}, all, timeouts, crashes };
    const worlds = [JSON.stringify(first)];
    const place = new Map(worlds.map((text, i) => [text, i]));
    const came: [from: number, label: string][] = [[-1, 'begins']];
    const edges: number[] = [];
    const good: number[] = [];
    const violations = new Map<string, string[]>();
    const records = { without: new Set<string>(), with: new Map<string, number>() };
    const found = (what: string, from: number, last?: string) => {
      if (violations.has(what)) return;
      const way = last === undefined ? [] : [last];
      for (let i = from; i > 0; i = came[i]?.[0] ?? 0) way.unshift(came[i]?.[1] ?? '');
      violations.set(what, way);
    };
    for (let i = 0; i < worlds.length && !(enough && violations.size > 0); i++) {
      const world: World = JSON.parse(worlds[i] ?? '');
      if (i % 20000 === 0) console.log(i, worlds.length, Math.round(performance.now()));
      const moves = await this.#moves(world);
      const healthy = world.crashes === crashes;
      if (this.#good(world)) {
        good.push(i);
        if (healthy) records.without.add(this.#record(world));
        else if (!records.with.has(this.#record(world))) records.with.set(this.#record(world), i);
      } else if (healthy && moves.every(({ timer, label }) => timer || label.startsWith('CRASH'))) {
        found('HEALTHY: nothing had crashed, and yet only a timer could go on', i);
      }
      for (const { label, world: next } of moves) {
        const wrong = next.broken ?? this.#wrong(next, world);
        if (wrong) found(wrong, i, label);
        if (wrong) continue;
        const text = JSON.stringify(next);
        const known = place.get(text) ?? worlds.push(text) - 1;
        if (known === came.length) {
          came.push([i, label]);
          place.set(text, known);
        }
        edges.push(known, i);
      }
    }
    for (const i of violations.size > 0 ? [] : this.#stuck(worlds.length, edges, good)) found('LIVE: it never comes to rest', i);
    for (const [record, i] of records.with) {
      if (!records.without.has(record)) found(`RECORD: only a crash led to ${record}`, i);
    }
    return { states: worlds.length, moves: edges.length / 2, records: [...records.without], violations };
  }

  /** From where none of the good ones can be reached any more. */
  #stuck(count: number, edges: readonly number[], good: readonly number[]): number[] {
    const into = Array.from({ length: count }, (): number[] => []);
    for (let e = 0; e < edges.length; e += 2) into[edges[e] ?? 0]?.push(edges[e + 1] ?? 0);
    const reaches = new Set(good);
    for (const one of reaches) for (const from of into[one] ?? []) reaches.add(from);
    return reaches.size === count ? [] : [Array.from({ length: count }, (_, i) => i).find((i) => !reaches.has(i)) ?? 0];
  }
}

const pick = ({ seq, tok, tokRev, tokSeq }: Item): Item => ({
  ...(seq === undefined ? {} : { seq }),
  ...(tok === undefined ? {} : { tok, tokRev, tokSeq }),
});

const with_ = (world: World, name: string, change: Partial<Process>): World => ({
  ...world,
  all: { ...world.all, [name]: { ...(world.all[name] ?? ended), ...change } },
});

/** Nobody waits for this token any more, wherever it still is. */
const dead = (world: World, name: string): World => JSON.parse(JSON.stringify(world).replaceAll(`${name}+`, `${name}-`));
