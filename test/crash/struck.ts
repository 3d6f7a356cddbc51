/**
 * Many people live the same story at once in one city, and each is struck at other places: once between every two deeds, at one
 * of the writes and calls that are made for it. Afterwards each life's record has to say what the unstruck one's says.
 */
import { expect } from 'vitest';
import type { ApiAnswer } from '../../local/cloud/index.ts';
import type { Spacing } from '../../local/cloud/schedules.ts';
import type { Effect, Strike } from '../../local/cloud/strikes.ts';
import type { Somebody } from '../../local/people.ts';
import { draw } from '../../local/replay/random.ts';
import { collect, type Item, type TheRecord, tell } from '../../local/replay/record.ts';
import type { Action } from '../../shared/domain/actions.ts';
import { type CaseId, caseIdFor, type DisputeId, disputeIdFor } from '../../shared/domain/ids.ts';
import { openTasks, type State } from '../../shared/domain/state.ts';
import { CityOnOneMachine, grid, posts } from '../support/city-on-one-machine.ts';
import { day } from '../support/story.ts';

/** The post for which somebody acts, or somebody in their own affairs. */
type Who = string | Somebody;

/** Where people live. */
export interface World {
  now(): number;
  /** Sends a command as a client does: what failed on the way is sent again under the same key. */
  ask(method: string, path: string, who: Who, key: string, body: object): Promise<ApiAnswer>;
  /** Whatever can go on by itself has done so. */
  settled(): Promise<void>;
  pass(milliseconds: number): Promise<void>;
}

export interface Life {
  readonly n: number;
  readonly world: World;
  readonly source: string;
  readonly caseId: CaseId;
  readonly dispute: DisputeId;
  /** What a second report makes, of somebody else, in a story that has one. */
  readonly second: { readonly source: string; readonly caseId: CaseId; readonly dispute: DisputeId };
  /** What befalls it where. */
  readonly strikes: ReadonlyMap<string, Strike>;
  /** How often each write and call was made for it since the last deed; which of its strikes struck. */
  readonly seen: Map<string, number>;
  readonly struck: string[];
  deeds: number;
}

/** One thing that somebody does in each life; between two of them time passes. */
export type Deed = (life: Life) => Promise<void>;
export interface Story {
  readonly disputeType: string;
  readonly facts: readonly object[];
  /** Nobody is named but the person concerned, who then is told at once. */
  readonly alone?: true;
  /** Each alone, or with how long it is until the next, in milliseconds. */
  readonly deeds: readonly (Deed | readonly [Deed, number])[];
  /** Between two deeds, where they do not say another time. */
  readonly pace: number;
  /** Between two rounds while nothing happens, where the pace is no measure. */
  readonly idle?: number;
  /** Between two rounds of the reconciler as long as anything happens; else there is nothing for it to do. */
  readonly round: number;
  /** What comes before this deed is struck in another story, which begins in the same way. */
  readonly struckFrom?: number;
}

export const monday = '2026-01-05T09:00:00+08:00';

export function newLife(world: World, n: number, strikes: ReadonlyMap<string, Strike> = new Map()): Life {
  const source = `life-${n}`;
  return { n, world, ...toldBy(source), second: toldBy(`${source}-b`), strikes, seen: new Map(), struck: [], deeds: 0 };
}

function toldBy(source: string) {
  const report = `police/${source}`;
  return { source, caseId: caseIdFor(report), dispute: disputeIdFor(report) };
}

export const worldOf = (city: CityOnOneMachine): World => ({
  now: () => city.cloud.now(),
  async ask(method, path, who, key, body) {
    const own = async (one: Somebody) => ({
      authorization: `Bearer ${await city.cloud.issue({ ...one, purpose: 'own-affairs' })}`,
    });
    for (let attempt = 0; attempt < 6; attempt++) {
      const by = typeof who === 'string' ? await city.headers(who) : await own(who);
      const headers = { ...by, 'idempotency-key': key };
      const answer = await city.cloud.request({ method, path, headers, ...(method === 'GET' ? {} : { body }) });
      if (answer.status < 500) return answer;
    }
    throw new Error(`${method} ${path} fails again and again`);
  },
  settled: () => city.cloud.settled(),
  pass: (milliseconds) => city.pass(milliseconds),
});

/** A command of this life under a key of its own. */
export const insist = (life: Life, method: string, path: string, who: Who, key = '', body: object = {}) =>
  life.world.ask(method, path, who, `${life.source}:${key}`, body);

interface Line {
  readonly taskId: string;
  readonly owner: string;
  readonly begun: boolean;
}

/** The task of this kind that is open in a life, as the record says. */
async function taskOf(life: Life, kind: string, { caseId, dispute: disputeId }: Pick<Life, 'caseId' | 'dispute'>) {
  for (const id of [caseId, disputeId]) {
    const path = `/v1/${id === caseId ? 'cases' : 'disputes'}/${id}`;
    const { body } = await insist(life, 'GET', path, posts.county);
    const { case: ofCase, dispute } = Object(body) as Record<string, { tasks?: Line[] }>;
    const { tasks = [] } = ofCase ?? dispute ?? {};
    const isBegun = ({ begun }: Line) => begun;
    const all = tasks.filter(({ taskId }) => taskId.replace(/^[^.]+\.|-\d+$/g, '') === kind);
    const found = all.find(isBegun) ?? all[0];
    if (found) return found;
  }
  throw new Error(`life ${life.n}: no ${kind}`);
}

/** @param by the post that does it, where it is not the accountable one. @param of the first or the second of the life */
export const act =
  (
    kind: string,
    verb: string,
    body: object,
    by?: string,
    of = (life: Life): Pick<Life, 'caseId' | 'dispute'> => life,
  ): Deed =>
  async (life) => {
    const { taskId, owner } = await taskOf(life, kind, of(life));
    const path = `/v1/tasks/${taskId}/${verb}`;
    const { status, body: said } = await insist(life, 'POST', path, by ?? owner, `${life.deeds}-${kind}-${verb}`, body);
    if (status !== 200) throw new Error(`life ${life.n}: ${verb} ${kind}: ${JSON.stringify(said)}`);
  };

const phoneOf = ({ n }: Life, side: number): string => `13${side}${String(n).padStart(8, '0')}`;
/** The person of concern of the first or the second report. */
export const personConcerned = (life: Life, of: Pick<Life, 'source'> = life): Somebody => ({
  person: of.source,
  phone: phoneOf(life, of === life ? 9 : 7),
});

/** @param of whom it is about: the first or the second of a life. They have nothing in common. */
export async function report(
  life: Life,
  { disputeType, facts, alone }: Pick<Story, 'disputeType' | 'facts' | 'alone'>,
  of: Pick<Life, 'source'> = life,
): Promise<void> {
  const complainant = { role: 'complainant', name: '甲', phone: phoneOf(life, of === life ? 8 : 6) };
  const respondent = { role: 'respondent', name: '乙', phone: phoneOf(life, of === life ? 9 : 7) };
  const key = of === life ? 'report' : 'second-report';
  const { status, body } = await insist(life, 'POST', '/v1/reports', posts.police, key, {
    channel: 'police',
    sourceId: of.source,
    source: '派出所',
    reportedAt: new Date(life.world.now()).toISOString(),
    area: grid,
    disputeType,
    text: '双方争执',
    facts,
    verified: { by: '派出所', how: '现场核实' },
    people: alone ? [respondent] : [complainant, respondent],
  });
  if (status !== 202) throw new Error(`life ${life.n}: ${JSON.stringify(body)}`);
}

export interface Outcome {
  readonly lives: readonly Life[];
  /** The writes and calls of the story that were to be struck. */
  readonly effects: readonly string[];
  /** What each life's record says of each task, and who was told what: without instants, numbers and hashes. */
  readonly told: ReadonlyMap<number, readonly string[]>;
  readonly record: TheRecord;
  readonly states: readonly State[];
  /** How often each notice went out, by its id. */
  readonly sent: ReadonlyMap<string, number>;
}

/**
 * @param kinds what befalls each write and call, one life a kind
 * @param known the writes and calls, where they were seen before
 */
export async function live(
  assembly: string,
  story: Story,
  kinds: (effect: string, i: number) => readonly Strike[],
  known?: readonly string[],
): Promise<Outcome> {
  const { struckFrom = 0 } = story;
  const seen = known ?? (await effectsOf(assembly, story));
  const effects = seen.filter((effect) => Number(effect.split(' ')[0]) >= struckFrom);
  const strikes = Map.groupBy(
    effects.flatMap((effect, i) => kinds(effect, i).map((strike) => ({ effect, strike }))),
    ({ effect }) => effect.split(' ')[0],
  );
  // Between two deeds each life is struck twice, far apart.
  const count = Math.ceil(Math.max(...[...strikes.values()].map(({ length }) => length)) / 2);
  const strikesOf = (n: number) =>
    [...strikes.values()].flatMap((all) => [all[n - 1] ?? [], all[n - 1 + count] ?? []].flat());
  const befalls: Befalls = ({ strikes }, name) => strikes.get(name);
  return inCity(assembly, story, befalls, async (city, add) => {
    const lives = Array.from({ length: count + 1 }, (_, n) =>
      add(new Map(n === 0 ? [] : strikesOf(n).map(({ effect, strike }) => [effect, strike]))),
    );
    await through(lives, story);
    return { effects, ...(await outcome(city, lives)) };
  });
}

/** So many lives, whatever befalls them. */
export const liveUnder = (assembly: string, story: Story, count: number, befalls: Befalls): Promise<Outcome> =>
  inCity(assembly, story, befalls, async (city, add) => {
    const lives = Array.from({ length: count }, () => add());
    await through(lives, story);
    return { effects: [], ...(await outcome(city, lives)) };
  });

export const chanceSeed = 13;
/** In a hundred writes and calls so many are struck, until one is: then none before the next deed. */
const often = 0.06;

/** So many lives, the first of which nothing befalls; where another is struck, and how, chance says. */
export function liveByChance(assembly: string, story: Story, count: number): Promise<Outcome> {
  const { struckFrom = 0 } = story;
  return liveUnder(assembly, story, count, ({ n, deeds, struck }, name) => {
    const isSpared = n === 0 || deeds < struckFrom || struck.some((one) => one.startsWith(`${deeds} `));
    if (isSpared || draw(chanceSeed, n, name) >= often) return undefined;
    const kinds = always(name);
    return kinds[Math.floor(draw(chanceSeed, 'how', n, name) * kinds.length)];
  });
}

/** Every write and call of the story, as the life that nothing befalls shows them. */
export const effectsOf = (assembly: string, story: Story): Promise<string[]> =>
  inCity(assembly, story, undefined, async (_, add) => {
    const effects: string[] = [];
    await through([add()], story, ({ seen }) => {
      for (const [effect, times] of seen) for (let i = 1; i <= times; i++) effects.push(`${effect} ${i}`);
    });
    return effects;
  });

/** What befalls a life at a write or call of this name, each at most once. */
export type Befalls = (life: Life, name: string, effect: Effect) => Strike | undefined;

/** @param run adds lives, and lets them live */
export async function inCity<T>(
  assembly: string,
  { pace, round, idle = Math.max(round, pace / 4) }: Pick<Story, 'pace' | 'round' | 'idle'>,
  befalls: Befalls = () => undefined,
  run: (city: CityOnOneMachine, add: (strikes?: ReadonlyMap<string, Strike>) => Life) => Promise<T>,
): Promise<T> {
  const lives = new Map<string, Life>();
  const lifeOf = (effect: Effect) => {
    const said = effect.kind === 'invoke' ? effect.id : `${effect.pk} ${effect.sk} ${effect.during}`;
    return (said.match(/[CD]-\w{12}|life-\d+(-b)?/g) ?? []).flatMap((name) => lives.get(name) ?? [])[0];
  };
  const strikes = (effect: Effect): Strike | undefined => {
    const life = lifeOf(effect);
    if (!life) return undefined;
    const place = placeOf(effect, life.deeds);
    const times = (life.seen.get(place) ?? 0) + 1;
    life.seen.set(place, times);
    const name = `${place} ${times}`;
    const strike = life.struck.includes(name) ? undefined : befalls(life, name, effect);
    if (strike !== undefined) {
      life.struck.push(name);
      isStruck = true;
    }
    // Also where nobody is struck: somebody else may be missing from what was to happen at this moment.
    if (isStruck) busyAt = now();
    return strike;
  };
  let isStruck = false;
  let busyAt = 0;
  const now = () => city.cloud.now();
  // Who forgets comes once a day, or as seldom as anybody; what whoever watches posts and seals days does is no part of a life.
  const rounds: Spacing = (_, name) => {
    if (/-(watch-posts|keep-audit)$/.test(name)) return Math.max(15 * day, idle);
    const every = name.endsWith('-reconcile') ? round : day;
    return now() - busyAt < 3 * every ? every : Math.max(every, idle);
  };
  const city = await CityOnOneMachine.open(assembly, monday, undefined, rounds, strikes);
  let n = 0;
  try {
    return await run(city, (own) => {
      const life = newLife(worldOf(city), n, own);
      for (const { caseId, dispute, source } of [life, life.second]) {
        for (const name of [caseId, dispute, source]) lives.set(name, life);
      }
      n += 1;
      return life;
    });
  } finally {
    await city.cloud.close();
  }
}

/** How a write or call is called in every life: ids of its own, instants, numbers and hashes aside. */
function placeOf(effect: Effect, deeds: number): string {
  const by = effect.by.replace(/^hejie-[a-z]+-/, '');
  if (effect.kind === 'invoke') return `${deeds} calls ${by} ${effect.execution.replace(/-\w{12}-\d+/, '')}`;
  const item = /^[CDP]#/.test(effect.pk) ? effect.sk : '';
  const plain = item.replace(/\d{10}|[CD]-\w{12}|police\/life-\d+(-b)?/g, '~').replace(/^NOTE#.*/, 'NOTE#~');
  return `${deeds} ${by} ${effect.operation} ${effect.pk.slice(0, 2)}${plain}`;
}

/** @param after between two deeds, with what was seen since the last. @param together how many at a time do something */
export async function through(
  lives: readonly Life[],
  story: Story,
  after: (life: Life) => void = () => {},
  together = 8,
): Promise<void> {
  const world = lives[0]?.world;
  if (!world) return;
  for (const [i, one] of [(life: Life) => report(life, story), ...story.deeds].entries()) {
    const [deed, wait] = typeof one === 'function' ? [one, story.pace] : one;
    for (const life of lives) life.deeds = i;
    for (let i = 0; i < lives.length; i += together) {
      await Promise.all(lives.slice(i, i + together).map(deed));
      await world.settled();
    }
    await world.pass(wait);
    for (const life of lives) {
      after(life);
      life.seen.clear();
    }
  }
  // Whoever was struck at last recovers, too.
  await world.pass(story.pace / 2);
}

const without = new Set([
  ...[
    'at',
    'due',
    'ackDue',
    'actDue',
    'from',
    'until',
    'lapses',
    'ends',
    'since',
    'on',
    'check',
    'reportedAt',
    'occurredAt',
  ],
  ...['openedAt', 'receivedAt', 'endedAt', 'n', 'seq', 'of', 'offer', 'about', 'note', 'hash', 'inputHash', 'invited'],
]);

/** Content as it reads in every life: ids of its own and instants aside. */
function plain(value: unknown, life: Life): unknown {
  if (Array.isArray(value)) return value.map((one) => plain(one, life));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, one]) => !without.has(key) && !(key === 'decision' && typeof one === 'number'))
        .map(([key, one]) => [key, plain(one, life)]),
    );
  }
  if (typeof value !== 'string') return value;
  return value
    .replaceAll(life.second.caseId, '<second case>')
    .replaceAll(life.second.dispute, '<second dispute>')
    .replaceAll(life.second.source, '<second report>')
    .replaceAll(life.caseId, '<case>')
    .replaceAll(life.dispute, '<dispute>')
    .replaceAll(life.source, '<report>')
    .replace(/\.received-\d+-/, '.received-')
    .replace(/^E-\w{12}$/, '<event>')
    .replace(/^B-\w{12}$/, '<agreement>');
}

const lineOf = ({ by, content }: Action, life: Life): string =>
  JSON.stringify([by.post, by.person, plain(content, life)]);

/** What lies beside the logs: whom and what is kept, and what is counted; not what can be made anew from the logs. */
function keptOf({ pk, sk, sealed, log, ...more }: Item, ids: readonly string[], life: Life): string[] {
  const [place, key] = [String(pk), String(sk)];
  if (/^(A#|HEAD$|PARK$|T#|N#)/.test(key) || /^(L|X|U)/.test(place)) return [];
  const whole = JSON.stringify([pk, sk, log, more.case, more.dispute]);
  if (![...ids, `${life.source}"`, `${life.source}#`, life.second.source].some((one) => whole.includes(one))) return [];
  const what = key
    .replace(/[CDB]-\w{12}|police\/|life-\d+|\d{10}|\d{4}-\d\d-\d\d/g, '~')
    .replace(/^(NOTE#)\w{12}/, '$1~');
  return [`kept ${place.slice(0, 1)} ${what}${sealed === undefined ? '' : ' sealed'}`];
}

export async function outcome(city: CityOnOneMachine, lives: readonly Life[]): Promise<Omit<Outcome, 'effects'>> {
  const { record, states } = tell(await collect(city.cloud.scan()));
  const notices = city.cloud.outbox(0).flatMap(({ topicArn, message }) => {
    if (topicArn !== city.cloud.outputs.NoticesTopicArn) return [];
    return [JSON.parse(message) as { id: string; kind: string; taskId: string; post: string }];
  });
  const sent = new Map<string, number>();
  for (const { id } of notices) sent.set(id, (sent.get(id) ?? 0) + 1);
  const told = new Map<number, readonly string[]>();
  for (const life of lives) {
    const ids = [life.dispute, life.caseId, life.second.dispute, life.second.caseId];
    const lines = ids.flatMap((id) => {
      const actions = (record.logs.get(id) ?? []).filter(({ content }) => content.kind !== 'revised');
      // What happens to two tasks that run beside each other has no order, nor has what is owed beside the log.
      const byTask = Map.groupBy(actions, ({ content }) => {
        if (content.kind === 'discharged') return content.what;
        if (content.kind === 'erased') return 'erased';
        return 'task' in content ? content.task : '';
      });
      return [...byTask]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([task, own]) => [`${id.slice(0, 1)} ${task}`, ...own.map((action) => lineOf(action, life))]);
    });
    const kept = Map.groupBy(
      record.items.flatMap((item) => keptOf(item, ids, life)),
      (line) => line,
    );
    const keptLines = [...kept].map(([line, all]) => `${line}: ${all.length}`).sort();
    const heard = notices.filter(({ taskId }) => ids.some((id) => taskId?.startsWith(id)));
    const tellings = heard.map(({ taskId, kind, post }) => `told ${taskId.split('.')[1]} ${kind} ${post}`);
    told.set(life.n, [...lines, ...keptLines, ...[...new Set(tellings)].sort()]);
  }
  return { lives, record, told, states, sent };
}

/**
 * A function dies after each write, an execution after each call and wait. Before it is after the one before: that is struck at each
 * fifth, and some time out or are throttled as well.
 */
export const sometimes = (_: string, i: number): readonly Strike[] => {
  if (i % 5 > 0) return ['dies-after'];
  return ['dies-before', 'dies-after', i % 10 === 0 ? 'times-out' : 'throttled'];
};
/** Every kind that makes a difference there: a machine that calls or waits has no process that dies beside its execution. */
export function always(effect: string): readonly Strike[] {
  if (/^\d+ calls /.test(effect)) return ['aborted-before', 'aborted-after'];
  if (/^\d+ states /.test(effect)) return ['dies-before', 'dies-after', 'throttled'];
  return ['dies-before', 'dies-after', 'times-out', 'throttled'];
}

/** Each life's record says what that of the life says that nothing befell. */
export function holds({ lives, told, states, sent }: Outcome): void {
  const [unstruck = []] = told.values();
  expect(unstruck.length).toBeGreaterThan(5);
  for (const { n, strikes, struck } of lives.slice(1)) {
    const planned = [...strikes].map(([effect, strike]) => `${effect}: ${String(strike)}`);
    const how = (planned.length > 0 ? planned : struck).join(', ');
    expect(told.get(n), `life ${n}: ${how}`).toEqual(unstruck);
  }
  for (const state of states) {
    for (const task of openTasks(state)) expect(task.owner, `${state.id}.${task.no}`).toMatch(/^\d+\.[a-z-]+$/);
  }
  // Twice where somebody died between publishing and marking; under one id, so that receivers drop it.
  expect(Math.max(...sent.values())).toBeLessThanOrEqual(2);
}

/** Strikes that found nothing to strike: not the first time that this is written or called, nor later. */
export function missedIn({ lives }: Outcome): Map<string, Strike[]> {
  const at = (effect: string, strike: Strike | undefined) => `${effect.replace(/ \d+$/, '')}: ${String(strike)}`;
  const met = new Set(lives.flatMap(({ strikes, struck }) => struck.map((effect) => at(effect, strikes.get(effect)))));
  const missed = lives.flatMap(({ strikes }) =>
    [...strikes].filter(([effect, strike]) => !met.has(at(effect, strike))),
  );
  const byEffect = Map.groupBy(missed, ([effect]) => effect);
  return new Map([...byEffect].map(([effect, all]) => [effect, all.map(([, strike]) => strike)]));
}
