/**
 * The loop of a replay. At each instant: the engine's timers, then the reports and the staff's intents that are due, round by
 * round (one for each case or dispute, different ones at once, all settled between), then on to the next instant. What happens
 * depends on nothing but the record, so it is the same however the machine schedules it and wherever it was killed.
 */
import { z } from 'zod';
import { reportIdOf } from '../../shared/domain/report.ts';
import { noticeKinds } from '../../shared/domain/state.ts';
import type { Agenda, Due, Reaction } from './agenda.ts';
import type { ApiRequest, ApiResponse, OutboxMessage, ReplayCloud } from './cloud.ts';
import { bodyOf, parseView, readsFirst } from './says.ts';
import { type Heard, type Intent, logOf, personOf, react, type Staff } from './staff.ts';

/** The replay cannot go on: the API answers what it never should. */
export class ReplayFailed extends Error {
  override readonly name = 'ReplayFailed';
}

export interface Drive {
  readonly cloud: ReplayCloud;
  readonly agenda: Agenda;
  readonly staff: Staff;
  /** Where the reports come from, for what is said about them. */
  readonly file: string;
  readonly until: number;
  /** Looked at between instants: ends the replay early, to be continued. */
  readonly stopped?: () => boolean;
  readonly progress?: (now: number) => Promise<void>;
}

/** @returns true at the end, false where it was stopped before */
export async function drive({ cloud, agenda, staff, file, until, stopped, progress }: Drive): Promise<boolean> {
  let still = 0;
  for (;;) {
    await cloud.settled();
    const now = cloud.now();
    await act(cloud, agenda, staff, file, now);
    hear(cloud, agenda, staff);
    if (stopped?.()) return false;
    await progress?.(now);
    const next = Math.min(cloud.nextTimer() ?? Number.POSITIVE_INFINITY, agenda.next() ?? Number.POSITIVE_INFINITY);
    if (next > until) break;
    still = next > now ? 0 : still + 1;
    if (still > 1000) {
      throw new ReplayFailed(`The clock stands at ${new Date(now).toISOString()}: what is due there does not end.`);
    }
    await cloud.jumpTo(Math.max(next, now));
  }
  await cloud.jumpTo(until);
  await cloud.settled();
  return true;
}

async function act(cloud: ReplayCloud, agenda: Agenda, staff: Staff, file: string, now: number): Promise<void> {
  // One report at a time: two of one instant may be about the same people, and whose comes first names the dispute.
  for (const due of agenda.deliveriesDue(now)) {
    await deliver(cloud, agenda, file, due);
    await cloud.settled();
  }
  for (let round = agenda.round(now); round.length > 0; round = agenda.round(now)) {
    await Promise.all(round.map((intent) => carryOut(cloud, agenda, staff, intent)));
    await cloud.settled();
  }
}

async function deliver(cloud: ReplayCloud, agenda: Agenda, file: string, due: Due): Promise<void> {
  const answer = await insist(cloud, { method: 'POST', path: '/v1/reports', body: due.report });
  const refused = answer.status === 202 ? undefined : `${file}:${due.line}:1 ${reportIdOf(due.report)} ${told(answer)}`;
  agenda.delivered(due, refused);
}

async function carryOut(cloud: ReplayCloud, agenda: Agenda, staff: Staff, intent: Intent): Promise<void> {
  const { post, taskId, verb, key } = intent;
  const headers = { 'hejie-person': personOf(post), 'hejie-post': post };
  let view: ReturnType<typeof parseView> | undefined;
  if (readsFirst(intent)) {
    const read = await insist(cloud, { method: 'GET', path: `/v1/cases/${logOf(taskId)}`, headers });
    agenda.count('reads');
    if (read.status !== 200) {
      agenda.done(intent, `${verb} ${kindOfRefusal(read)}`);
      return;
    }
    view = parseView(read.body);
  }
  const answer = await insist(cloud, {
    method: 'POST',
    path: `/v1/tasks/${taskId}/${verb}`,
    headers: { ...headers, 'idempotency-key': key },
    body: bodyOf(staff, intent, view),
  });
  agenda.done(intent, answer.status === 200 ? undefined : `${verb} ${kindOfRefusal(answer)}`);
}

const problemSchema = z.object({ type: z.string(), title: z.string().optional(), detail: z.string().optional() });

function told({ status, body }: ApiResponse): string {
  const { data } = problemSchema.safeParse(body);
  return data ? `${status} ${data.title ?? data.type}: ${data.detail ?? ''}` : `${status} ${JSON.stringify(body)}`;
}

function kindOfRefusal({ status, body }: ApiResponse): string {
  const { data } = problemSchema.safeParse(body);
  return `${status} ${data?.type.split(':').at(-1) ?? 'unknown'}`;
}

const tries = 6;

/** Server errors pass, or the replay ends: the same command is sent again under the same key. @throws ReplayFailed */
async function insist(cloud: ReplayCloud, request: ApiRequest): Promise<ApiResponse> {
  for (let attempt = 1; ; attempt++) {
    const answer = await cloud.request(request);
    if (answer.status < 500) return answer;
    const denied = problemSchema.safeParse(answer.body).data?.type.endsWith('access-denied');
    if (denied || attempt === tries) {
      throw new ReplayFailed(`${request.method} ${request.path} answers ${told(answer)}`);
    }
    await cloud.settled();
  }
}

const messageSchema = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  taskId: z.string(),
  step: z.int(),
  post: z.string(),
  due: z.iso.datetime(),
  /** When the record decided on it; a message sent late says so. */
  at: z.iso.datetime().optional(),
});

/** Notices become intents. A message of another topic is for people who run the city, not for its posts. */
function hear(cloud: ReplayCloud, agenda: Agenda, staff: Staff): void {
  const messages = cloud.outbox(agenda.cursor);
  const last = messages.at(-1);
  if (!last) return;
  const reactions = messages
    .filter(({ topicArn, message }) => topicArn === cloud.outputs.NoticesTopicArn && isOfTask(message))
    .map((message): Reaction => {
      const { id, ...heard } = heardIn(message);
      return { id, intents: react(staff, heard) };
    });
  agenda.hear(reactions, last.seq);
}

/** Others tell a deputy that they stand in. */
const isOfTask = (message: string): boolean => 'taskId' in z.looseObject({}).parse(JSON.parse(message));

function heardIn({ message, at: sent }: OutboxMessage): Heard & { readonly id: string } {
  const { id, kind, taskId, step, post, due, at } = messageSchema.parse(JSON.parse(message));
  return { id, kind, taskId, step, post, due: Date.parse(due), at: at === undefined ? sent : Date.parse(at) };
}
