/**
 * Many people live the same story at once in one city, and each is struck at other places: once between every two deeds, at one
 * of the writes and calls that are made for it. Afterwards each life's record has to say what the unstruck one's says.
 */
import type { ApiAnswer } from '../../local/cloud/index.ts';
import { befalling, type Effect, type Strike } from '../../local/cloud/strikes.ts';
import { collect, type TheRecord, tell } from '../../local/replay/record.ts';
import type { Action } from '../../shared/domain/actions.ts';
import { type CaseId, caseIdFor, type DisputeId, disputeIdFor } from '../../shared/domain/ids.ts';
import type { State } from '../../shared/domain/state.ts';
import { CityOnOneMachine, grid, posts } from '../support/city-on-one-machine.ts';
import { roundsOfReconciler } from '../support/mortal-city.ts';

/** Where people live. */
export interface World {
  now(): number;
  /** Sends a command as a client does: what failed on the way is sent again under the same key. */
  ask(method: string, path: string, post: string, key: string, body: object): Promise<ApiAnswer>;
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
  readonly deeds: readonly Deed[];
  /** Between two deeds, in milliseconds. */
  readonly pace: number;
  /** Between two rounds of the reconciler as long as somebody was struck lately; else there is nothing for it to do. */
  readonly round: number;
  /** What comes before this deed is struck in another story, which begins in the same way. */
  readonly struckFrom?: number;
}

export const monday = '2026-01-05T09:00:00+08:00';

export function newLife(world: World, n: number, strikes: ReadonlyMap<string, Strike> = new Map()): Life {
  const source = `life-${n}`;
  const report = `police/${source}`;
  const ids = { caseId: caseIdFor(report), dispute: disputeIdFor(report) };
  return { n, world, source, ...ids, strikes, seen: new Map(), struck: [], deeds: 0 };
}

export const worldOf = (city: CityOnOneMachine): World => ({
  now: () => city.cloud.now(),
  async ask(method, path, post, key, body) {
    for (let attempt = 0; attempt < 6; attempt++) {
      const headers = { ...(await city.headers(post)), 'idempotency-key': key };
      const answer = await city.cloud.request({ method, path, headers, ...(method === 'GET' ? {} : { body }) });
      if (answer.status < 500) return answer;
    }
    throw new Error(`${method} ${path} fails again and again`);
  },
  settled: () => city.cloud.settled(),
  pass: (milliseconds) => city.pass(milliseconds),
});

/** A command of this life under a key of its own. */
export const insist = (life: Life, method: string, path: string, post: string, key = '', body: object = {}) =>
  life.world.ask(method, path, post, `${life.source}:${key}`, body);

/** The task of this kind that is open in a life, as the record says. */
async function taskOf(life: Life, kind: string) {
  for (const id of [life.caseId, life.dispute]) {
    const path = `/v1/${id === life.caseId ? 'cases' : 'disputes'}/${id}`;
    const { body } = await insist(life, 'GET', path, posts.county);
    const { case: ofCase, dispute } = Object(body) as Record<string, { tasks?: { taskId: string; owner: string }[] }>;
    const { tasks = [] } = ofCase ?? dispute ?? {};
    const found = tasks.find(({ taskId }) => taskId.replace(/^[^.]+\.|-\d+$/g, '') === kind);
    if (found) return found;
  }
  throw new Error(`life ${life.n}: no ${kind}`);
}

export const act =
  (kind: string, verb: string, body: object, by?: string): Deed =>
  async (life) => {
    const { taskId, owner } = await taskOf(life, kind);
    const path = `/v1/tasks/${taskId}/${verb}`;
    const { status, body: said } = await insist(life, 'POST', path, by ?? owner, `${kind}-${verb}`, body);
    if (status !== 200) throw new Error(`life ${life.n}: ${verb} ${kind}: ${JSON.stringify(said)}`);
  };

async function report(life: Life, { disputeType, facts }: Story): Promise<void> {
  const phone = (side: number) => `13${side}${String(life.n).padStart(8, '0')}`;
  const { status, body } = await insist(life, 'POST', '/v1/reports', posts.police, 'report', {
    channel: 'police',
    sourceId: life.source,
    source: '派出所',
    reportedAt: new Date(life.world.now()).toISOString(),
    area: grid,
    disputeType,
    text: '双方争执',
    facts,
    verified: { by: '派出所', how: '现场核实' },
    people: [
      { role: 'complainant', name: '甲', phone: phone(8) },
      { role: 'respondent', name: '乙', phone: phone(9) },
    ],
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

/** @param kinds what befalls each write and call, one life a kind. @param known the writes and calls, where they were seen before */
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
  { pace, round }: Pick<Story, 'pace' | 'round'>,
  befalls: Befalls = () => undefined,
  run: (city: CityOnOneMachine, add: (strikes?: ReadonlyMap<string, Strike>) => Life) => Promise<T>,
): Promise<T> {
  const lives = new Map<string, Life>();
  const lifeOf = (effect: Effect) => {
    const said = effect.kind === 'invoke' ? effect.id : `${effect.pk} ${effect.sk} ${effect.during}`;
    return (said.match(/[CD]-\w{12}|life-\d+/g) ?? []).flatMap((name) => lives.get(name) ?? [])[0];
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
      struckAt = now();
    }
    return strike;
  };
  let struckAt = 0;
  const now = () => city.cloud.now();
  const rounds = roundsOfReconciler(() => (now() - struckAt < 3 * round ? round : Math.max(round, pace / 4)));
  const city = await CityOnOneMachine.open(assembly, monday, undefined, rounds, strikes);
  let n = 0;
  try {
    return await run(city, (own) => {
      const life = newLife(worldOf(city), n, own);
      for (const name of [life.caseId, life.dispute, life.source]) lives.set(name, life);
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
  const plain = item.replace(/\d{10}|[CD]-\w{12}|police\/life-\d+/g, '~').replace(/^NOTE#.*/, 'NOTE#~');
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
  for (const [i, deed] of [(life: Life) => report(life, story), ...story.deeds].entries()) {
    for (const life of lives) life.deeds = i;
    for (let i = 0; i < lives.length; i += together) {
      await Promise.all(lives.slice(i, i + together).map(deed));
      await world.settled();
    }
    await world.pass(story.pace);
    for (const life of lives) {
      after(life);
      life.seen.clear();
    }
  }
  // Whoever was struck at last recovers, too.
  await world.pass(story.pace / 2);
}

const without = new Set([
  ...['at', 'due', 'ackDue', 'actDue', 'from', 'until', 'lapses', 'ends', 'since', 'reportedAt', 'occurredAt'],
  ...['n', 'about', 'note', 'inputHash', 'invited'],
]);

/** Content as it reads in every life: ids of its own and instants aside. */
function plain(value: unknown, life: Life): unknown {
  if (Array.isArray(value)) return value.map((one) => plain(one, life));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !without.has(key))
        .map(([key, one]) => [key, plain(one, life)]),
    );
  }
  if (typeof value !== 'string') return value;
  return value
    .replaceAll(life.caseId, '<case>')
    .replaceAll(life.dispute, '<dispute>')
    .replaceAll(life.source, '<report>')
    .replace(/^E-\w{12}$/, '<event>');
}

const lineOf = ({ by, content }: Action, life: Life): string =>
  JSON.stringify([by.post, by.person, plain(content, life)]);

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
    const lines = [life.dispute, life.caseId].flatMap((id) => {
      const actions = (record.logs.get(id) ?? []).filter(({ content }) => content.kind !== 'revised');
      // What happens to two tasks that run beside each other has no order.
      const byTask = Map.groupBy(actions, ({ content }) => ('task' in content ? content.task : ''));
      return [...byTask]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([task, own]) => [`${id.slice(0, 1)} ${task}`, ...own.map((action) => lineOf(action, life))]);
    });
    const heard = notices.filter(({ taskId }) => taskId.startsWith(life.caseId) || taskId.startsWith(life.dispute));
    const tellings = heard.map(({ taskId, kind, post }) => `told ${taskId.split('.')[1]} ${kind} ${post}`);
    told.set(life.n, [...lines, ...[...new Set(tellings)].sort()]);
  }
  return { lives, record, told, states, sent };
}

/** A function dies before and after each write, an execution at each call and wait; some time out or are throttled as well. */
export const sometimes = (_: string, i: number): readonly Strike[] => {
  if (i % 10 > 0) return ['dies-before', 'dies-after'];
  return ['dies-before', 'dies-after', i % 20 === 0 ? 'times-out' : 'throttled'];
};
export const always = (): readonly Strike[] => befalling;

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
