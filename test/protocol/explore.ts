/**
 * Explores exhaustively, write by write, what production runs: handlers, commit, projection, the rule table, and the conditions
 * under which tokens are parked. One case and one task; an owner, a receiver and whoever decides on the level; the executions of
 * every revision; timeouts; crashes.
 */
import { nextStage } from '../../shared/domain/stages.ts';
import { noticeKey, taskKey, waitKey } from '../../shared/record/table.ts';
import { Model } from './model.ts';
import { definition, ended, type Guard, running, type Scenario, type World } from './world.ts';

export interface Explored {
  readonly states: number;
  readonly moves: number;
  readonly records: readonly string[];
  /** Each with the shortest way to it. */
  readonly violations: ReadonlyMap<string, readonly string[]>;
}

export class Explorer {
  readonly #s: Scenario;
  readonly #model: Model;

  constructor(scenario: Scenario, off: ReadonlySet<Guard>) {
    this.#s = scenario;
    this.#model = new Model(scenario, off);
  }

  /** What must hold at every instant. */
  #wrong(world: World, before: World): string | undefined {
    const { actions, state } = this.#model.logOf(world.log);
    const task = state.tasks[this.#s.task];
    if (!/^\d+\.[a-z-]+$/.test(state.owner) || (task && !/^\d+\.[a-z-]+$/.test(task.owner)))
      return 'OWNER: nobody is accountable';
    if (task?.handOff && task.handOff.from !== task.owner)
      return 'OWNER: the sender is not accountable during the hand-off';
    for (const [name, { told }] of Object.entries(world.all)) {
      if (!this.#s.people[name]) continue;
      const times = actions.filter(({ key }) => key === name).length;
      if (times > 1) return `ONCE: what ${name} did stands there twice`;
      if (told !== undefined && (told === 'done') !== (times === 1))
        return `TOLD: ${name} was told ${told}, the record says otherwise`;
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
    const { state } = this.#model.logOf(log);
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
    const { actions, state } = this.#model.logOf(log);
    const kinds = actions.flatMap(({ content }) => ('task' in content ? [`${content.kind} ${content.task}`] : []));
    return [...kinds, state.tasks[this.#s.task]?.owner ?? 'over'].join(', ');
  }

  /** @param enough stops at the first violation */
  async explore(enough = false): Promise<Explored> {
    const { actions, at, timeouts, crashes, people, task } = this.#s;
    const log = this.#model.extended(actions);
    const n = actions.length;
    const idle = Object.fromEntries(
      [...Object.keys(people), 'reconcile'].map((name) => [name, { ...ended, at: 'idle' as const }]),
    );
    const all = { L1: { ...running(`park,1,0,,${n}`), at: 'wait' as const }, T1: running(`look-T,1,${at}`), ...idle };
    const items = {
      [taskKey(task)]: { seq: n, state: 'open' },
      [waitKey]: { seq: n, tok: 'L1+', tokRev: 1, tokSeq: n, tokDef: definition },
    };
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
      const moves = await this.#model.moves(world);
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
    for (const i of violations.size > 0 ? [] : this.#stuck(worlds.length, edges, good))
      found('LIVE: it never comes to rest', i);
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
