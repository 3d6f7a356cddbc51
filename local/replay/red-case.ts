/**
 * The case that a city's bill is measured by: red, five measures, resolved on day 10, five check-ins, nobody late. It runs for
 * itself in a city of its own, through the API; every task is answered well before its reminder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HejieClient } from '../../shared/client/index.ts';
import type { City } from '../../shared/config/city.ts';
import { responsible } from '../../shared/config/posts.ts';
import type { Report } from '../../shared/domain/report.ts';
import { type CaseState, isClosed, openTasks, type State, type Task } from '../../shared/domain/state.ts';
import type { MeasureKind } from '../../shared/domain/words.ts';
import { type Cloud, openCloud } from '../cloud/index.ts';
import { People, personOf } from '../people.ts';
import { type Cost, costOf } from './cost.ts';
import { ReplayFailed } from './drive.ts';
import { collect, tell } from './record.ts';
import type { Answer } from './says.ts';
import { unitClass } from './units.ts';

const minute = 60_000;
const day = 1440 * minute;

/** A Monday morning: office hours, no holiday for the first ten days. */
const monday = Date.parse('2026-03-09T09:00:00+08:00');

const measures = [
  'counselling',
  'crisis-intervention',
  'interpreter',
  'work-and-training',
  'newcomer-support',
] as const satisfies readonly MeasureKind[];

/** @param stack of the assembly */
export async function costOfRedCase(
  city: City,
  assembly: string,
  stack: string,
  log: (line: string) => void = () => {},
): Promise<Cost> {
  const data = mkdtempSync(join(tmpdir(), 'hejie-red-case-'));
  const spacing = { scheduleSpacing: 30 * day };
  const cloud = await openCloud({ assembly, stack, data, clock: 'jump', startAt: monday, unitClass, log, ...spacing });
  try {
    const people = new People(city, cloud);
    const before = cloud.counters();
    const report = reportIn(city);
    const sender = await forPost(people, responsible(city, { ...report, kind: 'verify', tier: 'township' }));
    await accepted('the report', sender.POST('/reports', { params: { header: key('report') }, body: report }));
    await live(cloud, people);
    const told = new Set([cloud.outputs.NoticesTopicArn, cloud.outputs.CitizensTopicArn]);
    const sent = cloud.outbox(0).filter(({ topicArn }) => told.has(topicArn)).length;
    return costOf(before, cloud.counters(), sent);
  } finally {
    await cloud.close();
    rmSync(data, { recursive: true, force: true });
  }
}

const forPost = (people: People, post: string) => people.forPost(post, { person: personOf(post) });
const key = (text: string) => ({ 'Idempotency-Key': `red-case:${text}` });

async function accepted<T>(what: string, answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await answer;
  if (data === undefined) throw new ReplayFailed(`the red case: ${what} was refused: ${JSON.stringify(error)}`);
  return data;
}

function reportIn(city: City): Report {
  const fact = (type: 'threat_to_kill' | 'weapon_present') =>
    ({ type, value: true, start: 0, end: 4, negated: false, hearsay: false }) as const;
  const [area] = city.areas.filter(({ tier }) => tier === city.tiers[0]).concat(city.areas);
  return {
    channel: 'police',
    sourceId: 'red-case',
    source: '派出所',
    reportedAt: new Date(monday - 20 * minute).toISOString(),
    area: area?.code ?? city.code,
    disputeType: 'neighbour',
    text: '两户因宅基地争执，一方持刀扬言杀人，现场已劝离。',
    facts: [fact('threat_to_kill'), fact('weapon_present')],
    verified: { by: '派出所', how: '现场核实' },
    people: [{ role: 'respondent', name: '甲', phone: '13800000000' }],
  };
}

/** Everything is done on the day on which it should be, until nothing is open any more. */
async function live(cloud: Cloud, people: People): Promise<void> {
  const end = monday + 400 * day;
  while (cloud.now() < end) {
    await cloud.settled();
    const { states } = tell(await collect(cloud.scan()));
    if (states.length > 0 && states.every(isClosed)) return;
    const due = states.flatMap((state) => openTasks(state).flatMap((task) => commandsFor(state, task, cloud.now())));
    for (const one of due) await send(people, one);
    if (due.length > 0) continue;
    const next = Math.min(cloud.nextTimer() ?? end, nextWork(cloud.now()));
    await cloud.jumpTo(next);
  }
  throw new ReplayFailed('the red case is still open after 400 days');
}

/** Work on measures is done at ten on even days, up to the tenth. */
const nextWork = (now: number): number => {
  const days = Array.from({ length: measures.length }, (_, i) => monday + (2 * i + 2) * day + 60 * minute);
  return days.find((at) => at > now) ?? Number.POSITIVE_INFINITY;
};

interface Command {
  readonly taskId: string;
  readonly post: string;
  /** A review comes back under its number. */
  readonly from: number;
  readonly verb: 'acknowledge' | 'answer';
  readonly body?: Answer;
}

function commandsFor(state: State, task: Task, now: number): Command[] {
  if (!task.begun || task.kind === 'renew' || task.kind === 'citizen-notice') return [];
  const on = { taskId: `${state.id}.${task.no}`, post: task.owner, from: task.from };
  const joins: Command[] =
    task.joining !== null && task.joinedAt === null ? [{ ...on, post: task.joining, verb: 'acknowledge' }] : [];
  if (task.kind === 'measure') {
    const doneAt = monday + 2 * Number(task.no.split('-').at(-1)) * day + 60 * minute;
    if (now < doneAt) return task.acknowledgedAt === null ? [...joins, { ...on, verb: 'acknowledge' }] : joins;
  }
  const acknowledges: Command[] =
    task.kind === 'child-protection' && task.acknowledgedAt === null ? [{ ...on, verb: 'acknowledge' }] : [];
  return [...joins, ...acknowledges, { ...on, verb: 'answer', body: answerTo(state, task) }];
}

function answerTo(state: State, task: Task): Answer {
  switch (task.kind) {
    case 'decide':
      return {
        outcome: 'confirm',
        reason: '当事人持刀扬言杀人，现场核实属实，须两个部门今日到场。',
        changes: '当日保护受影响人，多部门上门。',
        events: verifiedIn(state),
      };
    case 'plan': {
      const due = new Date(monday + 21 * day).toISOString();
      return { outcome: 'planned', measures: measures.map((kind) => ({ kind, due })) };
    }
    case 'second':
    case 'second-deferral':
      return { outcome: 'agree' };
    case 'talk':
      return { outcome: 'met', present: [task.owner, ...task.invited] };
    case 'minutes':
      return { outcome: 'written' };
    case 'protect':
      return { outcome: 'protected' };
    case 'safety-plan':
      return { outcome: 'ended', note: '受影响人表示已安全，同意结束安全计划，后续由村里关心。' };
    case 'notify':
      return { outcome: 'told' };
    case 'forewarn':
      return { outcome: 'told', safetyPlan: 'kept' };
    case 'review':
      return { outcome: 'continue' };
    case 'resolve':
      return { outcome: 'resolved' };
    case 'check-in':
      return { outcome: 'well' };
    case 'settle':
      return { outcome: 'settled' };
    default:
      return { outcome: 'done' };
  }
}

const verifiedIn = (state: State): string[] => (state.subject === 'case' ? eventsOf(state) : []);
const eventsOf = ({ events }: CaseState): string[] =>
  events.filter((event) => event.state === 'verified').map(({ id }) => id);

async function send(people: People, { taskId, post, from, verb, body }: Command): Promise<void> {
  const client: HejieClient = await forPost(people, post);
  const params = { path: { taskId }, header: key(`${taskId}:${verb}:${post}:${from}`) };
  await accepted(
    `${verb} ${taskId}`,
    verb === 'answer' && body
      ? client.POST('/tasks/{taskId}/answer', { params, body })
      : client.POST('/tasks/{taskId}/acknowledge', { params, body: {} }),
  );
}
