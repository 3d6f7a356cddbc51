/** Commands to copy, with ids that are really there: sign in, send a report, read a case, answer a task, check the audit. */
import type { City } from '../../shared/config/city.ts';
import { areaOf, post as postOf } from '../../shared/config/posts.ts';
import { openTasks, type State, type Task } from '../../shared/domain/state.ts';
import { channelsOf } from '../../shared/domain/who-may/channels.ts';
import { purposeFor } from '../../shared/domain/who-may/purposes.ts';
import type { TaskKind } from '../../shared/domain/words.ts';
import { personOf } from '../people.ts';
import { partnerOf, reporterOf } from './neighbours.ts';
import { defaultCity } from './options.ts';
import type { Answer } from './says.ts';

const answers: Readonly<Record<Exclude<TaskKind, 'decide' | 'talk'>, Answer>> = {
  round: { outcome: 'done' },
  settle: { outcome: 'settled' },
  enquiry: { outcome: 'nothing-held' },
  'police-notice': { outcome: 'received' },
  'offer-help': { outcome: 'accepted' },
  // Sent by the city itself, answered by nobody.
  'citizen-notice': { outcome: 'done' },
  'confirm-facts': { outcome: 'confirmed' },
  'protective-contact': { outcome: 'contacted' },
  minutes: { outcome: 'written' },
  'reason-review': { outcome: 'stands' },
  'safety-plan': { outcome: 'kept' },
  forewarn: { outcome: 'told', safetyPlan: 'kept' },
  'second-deferral': { outcome: 'agree' },
  assign: { outcome: 'assigned', owner: '<post>' },
  'confirm-agreement': { outcome: 'filed' },
  'take-over': { outcome: 'accepted' },
  'crisis-help': { outcome: 'helped' },
  'child-protection': { outcome: 'protected' },
  verify: { outcome: 'verified' },
  second: { outcome: 'agree' },
  protect: { outcome: 'protected' },
  notify: { outcome: 'told' },
  plan: { outcome: 'planned', measures: [{ kind: 'people-mediation' }] },
  measure: { outcome: 'done' },
  review: { outcome: 'continue' },
  renew: { outcome: 'ended' },
  'renewal-review': { outcome: 'not-renewed', note: '没有新事件，帮扶已近尾声，到期自行失效即可，不再续期。' },
  'lapse-review': { outcome: 'looked-at' },
  contest: { outcome: 'rejected', note: '经核对接警记录与在场人陈述，事件属实，原决定依据充分。' },
  'contest-second': { outcome: 'rejected', note: '经核对接警记录与在场人陈述，事件属实，原决定依据充分。' },
  correction: { outcome: 'refused', note: '经核对接警记录与在场人陈述，原记录无误，不予更正。' },
  'rights-request': { outcome: 'granted', note: '已按请求提供本人个人信息及处理规则的说明。' },
  resolve: { outcome: 'resolved' },
  'agreement-check': { outcome: 'kept' },
  destroy: { outcome: 'destroyed' },
  'tell-hold': { outcome: 'told' },
  'check-in': { outcome: 'well' },
  'access-review': { outcome: 'justified' },
};

/** The post that the commands act for, and what it has to do. */
export interface Example {
  readonly post: string;
  readonly work?: { readonly state: State; readonly task: Task };
}

/** A post with a task that it could answer now; where there is none, whoever coordinates the city. */
export function exampleIn(city: City, states: readonly State[]): Example {
  const open = states.flatMap((state) =>
    openTasks(state)
      .filter(
        (task) =>
          task.begun &&
          task.kind !== 'citizen-notice' &&
          task.handOff === null &&
          purposeOf(city, task.owner) === 'handling',
      )
      .map((task) => ({ state, task })),
  );
  const work = open.find(({ state }) => state.subject === 'case') ?? open[0];
  return work ? { post: work.task.owner, work } : { post: reporterOf(city, city.code) };
}

const purposeOf = (city: City, post: string) => purposeFor(postOf(city, post).role);

interface Where {
  readonly city: City;
  readonly url: string;
  readonly now: number;
}

const json = (value: unknown): string => `-H 'content-type: application/json' -d '${JSON.stringify(value)}'`;

export function commandsOf({ post, work }: Example, { city, url, now }: Where): string {
  const api = `${url}/v1`;
  const stamp = Math.floor(now / 1000);
  const curl = `curl -s -H "authorization: Bearer $TOKEN" -H 'hejie-post: ${post}'`;
  const key = (what: string) => `-H 'idempotency-key: ${what}-${stamp}'`;
  const wish = `-d 'person=${personOf(post)}' -d purpose=${purposeOf(city, post)}`;
  const report = reportOf(city, post, stamp);
  const parts = [
    `城市实时运行 the city runs in real time: ${api}  (Ctrl-C 停止 stops it; npm start 继续 goes on)`,
    `接口说明 the API, to read and try: ${api}/docs`,
    `登录 sign in, for an hour:\n  TOKEN=$(curl -s -H 'accept: text/plain' ${wish} ${url}/identity/token)`,
    `报告一起纠纷 send a report:\n  ${curl} ${key('report')} ${json(report)} ${api}/reports`,
  ];
  if (work) {
    const { state, task } = work;
    const kind = state.subject === 'case' ? 'cases' : 'disputes';
    const answer = `${key('answer')} ${json(answerTo(city, state, task))}`;
    parts.push(
      `查看${kind === 'cases' ? '个案 read a case' : '纠纷 read a dispute'}:\n  ${curl} ${api}/${kind}/${state.id}`,
    );
    parts.push(
      `办理任务 answer a task (${task.kind}):\n  ${curl} ${answer} ${api}/tasks/${state.id}.${task.no}/answer`,
    );
  } else {
    parts.push(`我的任务 my tasks:\n  ${curl} ${api}/me/tasks`);
  }
  const of = city.id === defaultCity ? '' : ` --city ${city.id}`;
  parts.push(`核验查阅记录 verify the log of accesses:\n  npm run audit -- verify --endpoint ${url}${of}`);
  return parts.join('\n\n');
}

/** What was verified, and who takes part, only the record knows. */
function answerTo(city: City, state: State, { kind, owner }: Task): Answer {
  if (kind === 'talk') return { outcome: 'met', present: [owner, partnerOf(city, owner)] };
  if (kind !== 'decide') return answers[kind];
  const verified = state.subject === 'case' ? state.events.filter((event) => event.state === 'verified') : [];
  return {
    outcome: 'dismiss',
    reason: '经核实不足以定级，转为一般纠纷处理，由村里继续关心。',
    changes: '不定级，由村里就地化解。',
    events: verified.slice(-20).map(({ id }) => id),
  };
}

/** What the post itself may report: through its own channel, of a place that is its own. */
function reportOf(city: City, post: string, stamp: number) {
  const { area, role } = postOf(city, post);
  return {
    channel: channelsOf(role)[0] ?? 'grid',
    sourceId: `example-${stamp}`,
    source: areaOf(city, area).name.zh,
    reportedAt: new Date(stamp * 1000).toISOString(),
    area,
    disputeType: 'neighbour',
    text: '两户因晾衣争吵，已劝开，愿意调解。',
    facts: [{ type: 'wants_mediation', value: true, start: 12, end: 16, negated: false, hearsay: false }],
    people: [],
  };
}
