/**
 * Many people live the same story at once in one city, and each is struck at other places: once between every two deeds, at one
 * of the writes and calls that are made for it. Afterwards each life's record has to say what the unstruck one's says.
 */
import { befalling, type Effect, type Strike } from '../../local/cloud/strikes.ts';
import { collect, tell } from '../../local/replay/record.ts';
import type { Action } from '../../shared/domain/actions.ts';
import { type CaseId, caseIdFor, type DisputeId, disputeIdFor } from '../../shared/domain/ids.ts';
import type { State } from '../../shared/domain/state.ts';
import { CityOnOneMachine, grid, posts } from '../support/city-on-one-machine.ts';

export interface Life {
  readonly n: number;
  readonly city: CityOnOneMachine;
  readonly source: string;
  readonly caseId: CaseId;
  readonly dispute: DisputeId;
  /** What befalls it where. */
  readonly strikes: Map<string, Strike>;
  /** How often each write and call was made for it since the last deed; which of its strikes struck. */
  readonly seen: Map<string, number>;
  readonly struck: string[];
}

/** One thing that somebody does in each life; between two of them time passes. */
export type Deed = (life: Life) => Promise<void>;
export interface Story {
  readonly disputeType: string;
  readonly facts: readonly object[];
  readonly deeds: readonly Deed[];
  /** Between two deeds, and between two rounds of the reconciler, in milliseconds. */
  readonly pace: number;
  readonly rounds: number;
}

const monday = '2026-01-05T09:00:00+08:00';

function newLife(city: CityOnOneMachine, n: number, strikes = new Map<string, Strike>()): Life {
  const source = `life-${n}`;
  const report = `police/${source}`;
  const ids = { caseId: caseIdFor(report), dispute: disputeIdFor(report) };
  return { n, city, source, ...ids, strikes, seen: new Map(), struck: [] };
}

/** Sends a command as a client does: what failed on the way is sent again under the same key. */
export async function insist(life: Life, method: string, path: string, post: string, key = '', body: object = {}) {
  for (let attempt = 0; attempt < 6; attempt++) {
    const headers = { ...(await life.city.headers(post)), 'idempotency-key': `${life.source}:${key}` };
    const sent = method === 'GET' ? {} : { body };
    const answer = await life.city.cloud.request({ method, path, headers, ...sent });
    if (answer.status < 500) return answer;
  }
  throw new Error(`life ${life.n}: ${method} ${path} fails again and again`);
}

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
    reportedAt: new Date(life.city.cloud.now()).toISOString(),
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
  /** Every write and call of the story. */
  readonly effects: readonly string[];
  /** What each life's record says of each task, and who was told what: without instants, numbers and hashes. */
  readonly told: ReadonlyMap<number, readonly string[]>;
  readonly states: readonly State[];
  /** How often each notice went out, by its id. */
  readonly sent: ReadonlyMap<string, number>;
}

/** @param kinds what befalls each write and call, one life a kind. @param most lives at most, for a first look */
export async function live(
  assembly: string,
  story: Story,
  kinds: (effect: string, i: number) => readonly Strike[],
  most = Number.POSITIVE_INFINITY,
): Promise<Outcome> {
  const effects = await effectsOf(assembly, story);
  // Between two deeds each life is struck once.
  const strikes = Map.groupBy(
    effects.flatMap((effect, i) => kinds(effect, i).map((strike) => ({ effect, strike }))),
    ({ effect }) => effect.split(' ')[0],
  );
  const count = Math.min(most, Math.max(...[...strikes.values()].map(({ length }) => length)));
  return inCity(assembly, story, async (city, add) => {
    const lives = Array.from({ length: count + 1 }, (_, n) => {
      const own = n === 0 ? [] : [...strikes.values()].flatMap((all) => all[n - 1] ?? []);
      return add(newLife(city, n, new Map(own.map(({ effect, strike }) => [effect, strike]))));
    });
    await through(city, lives, story);
    return outcome(city, lives, effects);
  });
}

/** Every write and call of the story, as the life that nothing befalls shows them. */
const effectsOf = (assembly: string, story: Story): Promise<string[]> =>
  inCity(assembly, story, async (city, add) => {
    const unstruck = add(newLife(city, 0));
    const effects: string[] = [];
    await through(city, [unstruck], story, ({ seen }) => {
      for (const [effect, times] of seen) for (let i = 1; i <= times; i++) effects.push(`${effect} ${i}`);
    });
    return effects;
  });

async function inCity<T>(
  assembly: string,
  { pace, rounds }: Story,
  run: (city: CityOnOneMachine, add: (life: Life) => Life) => Promise<T>,
): Promise<T> {
  const lives = new Map<string, Life>();
  const names = /[CD]-\w{12}|life-\d+/g;
  const lifeOf = (effect: Effect) => {
    const said = effect.kind === 'invoke' ? effect.id : `${effect.pk} ${effect.sk} ${effect.during}`;
    return (said.match(names) ?? []).flatMap((name) => lives.get(name) ?? [])[0];
  };
  const strikes = (effect: Effect): Strike | undefined => {
    const life = lifeOf(effect);
    if (!life) return undefined;
    const name = nameOf(effect, deedsDone(life));
    const times = (life.seen.get(name) ?? 0) + 1;
    life.seen.set(name, times);
    const strike = life.strikes.get(`${name} ${times}`);
    if (strike === undefined || life.struck.includes(`${name} ${times}`)) return undefined;
    life.struck.push(`${name} ${times}`);
    return strike;
  };
  const city = await CityOnOneMachine.open(assembly, monday, undefined, pace / rounds, strikes);
  try {
    return await run(city, (life) => {
      for (const name of [life.caseId, life.dispute, life.source]) lives.set(name, life);
      return life;
    });
  } finally {
    await city.cloud.close();
  }
}

const done = new WeakMap<CityOnOneMachine, number>();
const deedsDone = ({ city }: Life): number => done.get(city) ?? 0;

/** How a write or call is called in every life: ids of its own, instants, numbers and hashes aside. */
function nameOf(effect: Effect, deeds: number): string {
  const by = effect.by.replace(/^hejie-[a-z]+-/, '');
  if (effect.kind === 'invoke') return `${deeds} calls ${by} ${effect.execution.replace(/-\w{12}-\d+/, '')}`;
  const place = /^[CDP]#/.test(effect.pk) ? effect.sk : '';
  const plain = place.replace(/\d{10}|[CD]-\w{12}|police\/life-\d+/g, '~').replace(/^NOTE#.*/, 'NOTE#~');
  return `${deeds} ${by} ${effect.operation} ${effect.pk.slice(0, 2)}${plain}`;
}

async function through(
  city: CityOnOneMachine,
  lives: readonly Life[],
  story: Story,
  after: (life: Life) => void = () => {},
): Promise<void> {
  for (const [i, deed] of [(life: Life) => report(life, story), ...story.deeds].entries()) {
    done.set(city, i);
    for (let i = 0; i < lives.length; i += 8) await Promise.all(lives.slice(i, i + 8).map(deed));
    await city.cloud.settled();
    await city.pass(story.pace);
    for (const life of lives) {
      after(life);
      life.seen.clear();
    }
  }
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

async function outcome(
  city: CityOnOneMachine,
  lives: readonly Life[],
  effects: readonly string[],
): Promise<Outcome> {
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
      // Two tasks that run beside each other have no order.
      const byTask = Map.groupBy(actions, ({ task }) => task ?? '');
      return [...byTask].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([task, own]) => [
        `${id.slice(0, 1)} ${task}`,
        ...own.map((action) => lineOf(action, life)),
      ]);
    });
    const heard = notices.filter(({ taskId }) => taskId.startsWith(life.caseId) || taskId.startsWith(life.dispute));
    const tellings = heard.map(({ taskId, kind, post }) => `told ${taskId.split('.')[1]} ${kind} ${post}`);
    told.set(life.n, [...lines, ...[...new Set(tellings)].sort()]);
  }
  return { lives, effects, told, states, sent };
}

/** Every other effect meets the other kind of death; at every third a function times out or is throttled as well. */
export const sometimes = (_: string, i: number): readonly Strike[] => {
  const third = i % 6 === 0 ? 'times-out' : 'throttled';
  return i % 3 === 0 ? ['dies-before', 'dies-after', third] : ['dies-before', 'dies-after'];
};
export const always = (): readonly Strike[] => befalling;
