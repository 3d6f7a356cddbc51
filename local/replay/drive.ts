/**
 * The loop of a replay. At each instant: the engine's timers, then the reports and the staff's intents that are due, round by
 * round (one for each case or dispute, different ones at once, all settled between), then on to the next instant. What happens
 * depends on nothing but the record, so it is the same however the machine schedules it and wherever it was killed.
 */
import { z } from 'zod';
import type { HejieClient } from '../../shared/client/index.ts';
import { reportIdOf } from '../../shared/domain/report.ts';
import { noticeKinds } from '../../shared/domain/state.ts';
import { NotNamed, People } from '../people.ts';
import type { Agenda, Due, Reaction } from './agenda.ts';
import { type Answered, isBeside, sayBeside } from './beside.ts';
import type { OutboxMessage, ReplayCloud } from './cloud.ts';
import { reporterOf } from './neighbours.ts';
import { type Answer, afterRefusal, answerTo, type CaseView, declining, handingOff, readsFirst } from './says.ts';
import { type Heard, type Intent, logOf, personOf, react, type Staff } from './staff.ts';
import { touchesOthers } from './whole.ts';

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
  const world = { cloud, agenda, staff, file, people: new People(staff.city, cloud) };
  let still = 0;
  for (;;) {
    await cloud.settled();
    const now = cloud.now();
    await act(world, now);
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

/** What is acted on, by whom. */
interface World extends Pick<Drive, 'cloud' | 'agenda' | 'staff' | 'file'> {
  readonly people: People;
}

async function act(world: World, now: number): Promise<void> {
  const { cloud, agenda } = world;
  // One report at a time: two of one instant may be about the same people, and whose comes first names the dispute.
  for (const due of agenda.deliveriesDue(now)) {
    await deliver(world, due);
    await cloud.settled();
  }
  for (let round = agenda.round(now); round.length > 0; round = agenda.round(now)) {
    await Promise.all(round.filter((one) => !touchesOthers(one)).map((intent) => carryOut(world, intent)));
    await cloud.settled();
    for (const intent of round.filter(touchesOthers)) {
      await carryOut(world, intent);
      await cloud.settled();
    }
  }
}

const clientFor = ({ people }: World, post: string): Promise<HejieClient> =>
  people.forPost(post, { person: personOf(post) });

async function deliver(world: World, due: Due): Promise<void> {
  const { agenda, file, staff } = world;
  const { report } = due;
  const post = reporterOf(staff.city, report.area);
  const header = { 'Idempotency-Key': `${report.channel}:${report.sourceId}` };
  const answer = await insist(world, 'POST /reports', async () => {
    const client = await clientFor(world, post);
    return client.POST('/reports', { params: { header }, body: report });
  });
  const refused = answer.error && `${file}:${due.line}:1 ${reportIdOf(report)} ${told(answer)}`;
  agenda.delivered(due, refused);
}

async function carryOut(world: World, intent: Intent): Promise<void> {
  const { agenda } = world;
  const { verb } = intent;
  const read = readsFirst(intent) ? await readCase(world, intent) : undefined;
  if (read?.error) {
    agenda.done(intent, `${verb} ${kindOfRefusal(read)}`);
    return;
  }
  const answer = await insist(world, `POST /tasks/${intent.taskId}/${verb}`, () =>
    say(world, intent, read?.data?.case),
  );
  agenda.done(intent, answer.error && `${verb} ${kindOfRefusal(answer)}`);
}

async function readCase(world: World, { post, taskId }: Intent) {
  const id = logOf(taskId);
  const read = await insist(world, `GET /cases/${id}`, async () => {
    const client = await clientFor(world, post);
    return client.GET('/cases/{id}', { params: { path: { id } } });
  });
  world.agenda.count(`read-case ${personOf(post)}`);
  return read;
}

async function say(world: World, intent: Intent, view: CaseView | undefined): Promise<Answered<unknown>> {
  const { staff } = world;
  const { key, post, taskId, verb, to = '' } = intent;
  const client = await clientFor(world, post);
  const params = { path: { taskId }, header: { 'Idempotency-Key': key } };
  if (isBeside(verb)) {
    const named = (other: string) => clientFor(world, other);
    const said = await sayBeside({ staff, client, now: intent.at, view, named }, { ...intent, verb });
    return said ?? nothingToSay;
  }
  switch (verb) {
    case 'acknowledge':
      return client.POST('/tasks/{taskId}/acknowledge', { params, body: {} });
    case 'accept':
      return client.POST('/tasks/{taskId}/accept', { params, body: {} });
    case 'decline':
      return client.POST('/tasks/{taskId}/decline', { params, body: declining });
    case 'hand-off':
      return client.POST('/tasks/{taskId}/hand-off', { params, body: handingOff(to) });
    case 'answer':
      return answer(staff, client, intent, answerTo(staff, intent, view));
  }
}

const nothingToSay = { response: { status: 204 } } as const;

/** Where a refusal says what is missing, that is said, and the answer again: under its key, which nothing was applied under. */
async function answer(staff: Staff, client: HejieClient, intent: Intent, body: Answer) {
  const { key, taskId } = intent;
  const under = (more = '') => ({ path: { taskId }, header: { 'Idempotency-Key': `${key}${more}` } });
  const first = await client.POST('/tasks/{taskId}/answer', { params: under(), body });
  const instead = afterRefusal(staff, intent, first.error, body);
  for (const { party, wants } of instead?.consents ?? []) {
    await client.POST('/tasks/{taskId}/consents', { params: under(`:${party}`), body: { party, wants } });
  }
  if (!instead?.answer) return first;
  return client.POST('/tasks/{taskId}/answer', { params: under(), body: instead.answer });
}

const told = ({ response: { status }, error }: Answered<unknown>): string =>
  `${status} ${error?.title ?? ''}: ${error?.detail ?? ''}`;

const kindOfRefusal = ({ response: { status }, error }: Answered<unknown>): string =>
  `${status} ${error?.type.split(':').at(-1) ?? 'unknown'}`;

const tries = 6;

/** Server errors pass, or the replay ends: the same command is sent again under the same key. @throws ReplayFailed */
async function insist<D>({ cloud, agenda }: World, what: string, send: () => Promise<Answered<D>>) {
  for (let attempt = 1; ; attempt++) {
    const answer = await send().catch(asRefused);
    if (answer.response.status < 500) return answer;
    const denied = answer.error?.type.endsWith('access-denied');
    if (denied || attempt === tries) throw new ReplayFailed(`${what} answers ${told(answer)}`);
    agenda.count('repeats');
    await cloud.settled();
  }
}

/** Who cannot be named to their post cannot act. */
function asRefused(error: unknown): Answered<never> {
  if (!(error instanceof NotNamed)) throw error;
  const { problem, status } = error;
  return { error: problem, response: { status } };
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
