/**
 * Many people live the same story at once in one city, and each is struck at another place: life k at the k-th write or call
 * that is made for it. Afterwards each life's record has to say what the unstruck one's says.
 */
import { collect, tell } from '../../local/replay/record.ts';
import type { Effect, Strike } from '../../local/cloud/strikes.ts';
import type { Action } from '../../shared/domain/actions.ts';
import { caseIdFor, disputeIdFor } from '../../shared/domain/ids.ts';
import { openTasks, type State } from '../../shared/domain/state.ts';
import { CityOnOneMachine, fact, grid, posts } from '../support/city-on-one-machine.ts';
import { minute } from '../support/story.ts';

export interface Life {
  readonly n: number;
  readonly city: CityOnOneMachine;
  readonly source: string;
  readonly caseId: string;
  readonly dispute: string;
  /** Where it is struck, and by what. */
  readonly at: number;
  readonly strike: Strike | undefined;
  /** Writes and calls so far. */
  effects: number;
  struck: boolean;
}

/** One thing that somebody does in each life; between two of them time passes. */
export type Deed = (life: Life) => Promise<void>;
export interface Story {
  readonly disputeType: string;
  readonly facts: readonly object[];
  readonly deeds: readonly Deed[];
  /** Between two deeds, in milliseconds. */
  readonly pace: number;
}

const monday = '2026-01-05T09:00:00+08:00';
const before = ['dies-before', 'aborted-before'] as const;
const after = ['dies-after', 'aborted-after'] as const;
const others = ['times-out', 'throttled'] as const;

/** What fits an effect: functions die, time out and are throttled; executions are aborted. */
function fitting(wanted: Strike, effect: Effect): Strike | undefined {
  if (effect.kind === 'invoke') {
    return wanted === 'aborted-before' || wanted === 'dies-before' ? 'aborted-before' : 'aborted-after';
  }
  if (effect.by === 'states') return 'throttled';
  if (wanted === 'aborted-before') return 'dies-before';
  return wanted === 'aborted-after' ? 'dies-after' : wanted;
}

function newLife(city: CityOnOneMachine, n: number, at: number, strike?: Strike): Life {
  const source = `life-${n}`;
  const report = `police/${source}`;
  const ids = { caseId: caseIdFor(report), dispute: disputeIdFor(report) };
  return { n, city, source, ...ids, at, strike, effects: 0, struck: false };
}

/** Sends a command as a client does: what failed on the way is sent again under the same key. */
export async function insist(life: Life, method: string, path: string, post: string, key: string, body: object) {
  for (let attempt = 0; attempt < 6; attempt++) {
    const headers = { ...(await life.city.headers(post)), 'idempotency-key': `${life.source}:${key}` };
    const answer = await life.city.cloud.request({ method, path, headers, body });
    if (answer.status < 500) return answer;
    await life.city.cloud.settled();
  }
  throw new Error(`life ${life.n}: ${method} ${path} fails again and again`);
}

export const act =
  (kind: string, verb: string, body: object, by?: string): Deed =>
  async (life) => {
    const state = await stateOf(life, kind);
    const task = openTasks(state).find((one) => one.kind === kind);
    if (!task) throw new Error(`life ${life.n}: no ${kind} among ${Object.keys(state.tasks).join(', ')}`);
    const path = `/v1/tasks/${state.id}.${task.no}/${verb}`;
    const { status, body: said } = await insist(life, 'POST', path, by ?? task.owner, `${task.no}-${verb}-${task.handOffs}`, body);
    if (status !== 200) throw new Error(`life ${life.n}: ${verb} ${kind}: ${JSON.stringify(said)}`);
  };

/** The log in which a task of this kind is open, as the record says. */
async function stateOf(life: Life, kind: string): Promise<State> {
  const { states } = tell(await collect(life.city.cloud.scan()));
  const own = states.filter(({ id }) => id === life.caseId || id === life.dispute);
  const found = own.find((state) => openTasks(state).some((task) => task.kind === kind)) ?? own[0];
  if (!found) throw new Error(`life ${life.n} has no record`);
  return found;
}

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
  /** What each life's record says, without instants, numbers and hashes. */
  readonly told: ReadonlyMap<number, readonly string[]>;
  readonly states: readonly State[];
  /** How often each notice went out, by its id. */
  readonly sent: ReadonlyMap<string, number>;
}

/** @param most how many effects at most are struck, spread over the story; all of them where it is absent */
export async function live(assembly: string, story: Story, most = Number.POSITIVE_INFINITY): Promise<Outcome> {
  const lives: Life[] = [];
  const byLog = new Map<string, Life>();
  let armed = false;
  const strikes = (effect: Effect): Strike | undefined => {
    const log = effect.kind === 'invoke' ? effect.id : effect.pk.slice(2);
    const life = byLog.get(log) ?? (effect.kind === 'write' && effect.pk.startsWith('R#') ? byLog.get(effect.sk) : undefined);
    if (!life) return undefined;
    life.effects += 1;
    if (!armed || life.struck || life.strike === undefined || life.effects !== life.at) return undefined;
    life.struck = true;
    return fitting(life.strike, effect);
  };
  const city = await CityOnOneMachine.open(assembly, monday, undefined, 10 * minute, strikes);
  const add = (life: Life) => {
    lives.push(life);
    for (const key of [life.caseId, life.dispute, life.source]) byLog.set(key, life);
  };
  try {
    const unstruck = newLife(city, 0, 0);
    add(unstruck);
    await through(city, [unstruck], story);
    const count = unstruck.effects;
    const every = Math.max(1, Math.ceil(count / most));
    let n = 1;
    for (let at = 1; at <= count; at += every) {
      const third = others[n % 2];
      for (const strike of [before[n % 2], after[n % 2], ...(at % 3 === 0 ? [third] : [])]) {
        add(newLife(city, n, at, strike));
        n += 1;
      }
    }
    armed = true;
    await through(city, lives.slice(1), story);
    return await outcome(city, lives);
  } finally {
    await city.cloud.close();
  }
}

async function through(city: CityOnOneMachine, lives: readonly Life[], story: Story): Promise<void> {
  const together = async (deed: Deed) => {
    for (let i = 0; i < lives.length; i += 8) await Promise.all(lives.slice(i, i + 8).map(deed));
    await city.cloud.settled();
    await city.pass(story.pace);
  };
  await together((life) => report(life, story));
  for (const deed of story.deeds) await together(deed);
}

const without = new Set(['at', 'due', 'ackDue', 'actDue', 'from', 'until', 'lapses', 'ends', 'since', 'reportedAt', 'occurredAt', 'n', 'about', 'note', 'inputHash', 'invited']);

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

const lineOf = ({ by, content }: Action, life: Life): string => JSON.stringify([by.post, by.person, plain(content, life)]);

async function outcome(city: CityOnOneMachine, lives: readonly Life[]): Promise<Outcome> {
  const { record, states } = tell(await collect(city.cloud.scan()));
  const told = new Map<number, readonly string[]>();
  for (const life of lives) {
    const lines = [life.dispute, life.caseId].flatMap((id) => {
      const actions = [...record.logs].find(([log]) => log === id)?.[1] ?? [];
      return actions.filter(({ content }) => content.kind !== 'revised').map((action) => lineOf(action, life));
    });
    told.set(life.n, lines);
  }
  const sent = new Map<string, number>();
  for (const { topicArn, message } of city.cloud.outbox(0)) {
    if (topicArn !== city.cloud.outputs.NoticesTopicArn) continue;
    const { id } = JSON.parse(message) as { id: string };
    sent.set(id, (sent.get(id) ?? 0) + 1);
  }
  return { lives, told, states, sent };
}

export { fact };
