/** Commands to copy, with ids that are really there: send a report, read a case, answer a task. */
import type { City } from '../../shared/config/city.ts';
import { openTasks, type State, type Task } from '../../shared/domain/state.ts';
import type { TaskKind } from '../../shared/domain/words.ts';
import type { Told } from './record.ts';
import { personOf } from './staff.ts';

const answers: Readonly<Record<TaskKind, unknown>> = {
  settle: { outcome: 'settled' },
  'crisis-help': { outcome: 'helped' },
  'child-protection': { outcome: 'protected' },
  verify: { outcome: 'verified' },
  decide: { outcome: 'dismiss', reason: '经核实不足以定级，转为一般纠纷处理，由村里继续关心。' },
  second: { outcome: 'agree' },
  protect: { outcome: 'protected' },
  notify: { outcome: 'told' },
  plan: { outcome: 'planned', measures: [{ kind: 'people-mediation' }] },
  measure: { outcome: 'done' },
  review: { outcome: 'continue' },
  renew: { outcome: 'ended' },
  resolve: { outcome: 'resolved' },
  'check-in': { outcome: 'well' },
  'access-review': { outcome: 'justified' },
};

interface Where {
  readonly told: Told;
  readonly city: City;
  readonly url: string;
  readonly now: number;
}

const curl = 'curl -s --aws-sigv4 "aws:amz:cn-north-1:execute-api" --user operator:local';
const json = (value: unknown): string => `-H 'content-type: application/json' -d '${JSON.stringify(value)}'`;
const as = (post: string): string => `-H 'hejie-person: ${personOf(post)}' -H 'hejie-post: ${post}'`;

/** A task that somebody could answer now. */
function answerable(states: readonly State[]): { state: State; task: Task } | undefined {
  const open = states.flatMap((state) =>
    openTasks(state)
      .filter((task) => task.begun && task.handOff === null)
      .map((task) => ({ state, task })),
  );
  return open.find(({ state }) => state.subject === 'case') ?? open[0];
}

export function commandsOf({ told: { states }, city, url, now }: Where): string {
  const area = city.areas.find(({ tier }) => tier === 'village') ?? city.areas[0];
  const report = {
    channel: 'grid',
    sourceId: `example-${Math.floor(now / 1000)}`,
    source: '网格',
    reportedAt: new Date(now).toISOString(),
    area: area?.code,
    disputeType: 'neighbour',
    text: '两户因晾衣争吵，已劝开，愿意调解。',
    facts: [{ type: 'wants_mediation', value: true, start: 12, end: 16, negated: false, hearsay: false }],
    people: [],
  };
  const parts = [
    `城市实时运行 the city runs in real time: ${url}/v1  (Ctrl-C 停止 stops it; npm start 继续 goes on)`,
    `报告一起纠纷 send a report:\n  ${curl} ${json(report)} ${url}/v1/reports`,
  ];
  const found = states.find((state) => state.subject === 'case' && state.status !== 'closed') ?? states[0];
  if (found) {
    const kind = found.subject === 'case' ? 'cases' : 'disputes';
    parts.push(`查看个案 read a case:\n  ${curl} ${as(found.owner)} ${url}/v1/${kind}/${found.id}`);
  }
  const open = answerable(states);
  if (open) {
    const { state, task } = open;
    const key = `-H 'idempotency-key: example-${task.step}'`;
    const path = `${url}/v1/tasks/${state.id}.${task.no}/answer`;
    parts.push(`办理任务 answer a task:\n  ${curl} ${as(task.owner)} ${key} ${json(answers[task.kind])} ${path}`);
  } else {
    const [post] = states.map(({ owner }) => owner);
    if (post) parts.push(`岗位任务 tasks of a post:\n  ${curl} ${as(post)} ${url}/v1/posts/${post}/tasks`);
  }
  return parts.join('\n\n');
}
