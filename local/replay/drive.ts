/**
 * The loop of a replay. At each instant: the engine's timers, then the reports and the staff's intents that are due, round by
 * round (one for each case or dispute, different ones at once, all settled between), then on to the next instant. What happens
 * depends on nothing but the record, so it is the same however the machine schedules it and wherever it was killed.
 */
import { z } from 'zod';
import type { HejieClient } from '../../shared/client/index.ts';
import { administratorPost } from '../../shared/domain/directory.ts';
import { reportIdOf } from '../../shared/domain/report.ts';
import { apart } from '../../shared/domain/reviewing-apart.ts';
import { noticeKinds } from '../../shared/domain/state.ts';
import { NotNamed, People, personOf } from '../people.ts';
import { type Agenda, type Due, type Reaction, whoSchema } from './agenda.ts';
import { type Answered, isBeside, sayBeside } from './beside.ts';
import { concernedIn, inOwnAffairs, looksAtOwn, looksOnceTold, type Receipt } from './citizens.ts';
import type { OutboxMessage, ReplayCloud } from './cloud.ts';
import { reporterOf } from './neighbours.ts';
import { switchTurns, turnSwitch } from './oversight.ts';
import {
  type Answer,
  afterRefusal,
  answerTo,
  type CaseView,
  declining,
  handingOff,
  readsFirst,
  speakerOf,
} from './says.ts';
import { opensOf } from './shared-views.ts';
import { type Heard, type Intent, kindOf, logOf, react, type Staff } from './staff.ts';
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
  // Who releases new levels beside the reviewer; from then on nobody is named by the founder any more.
  await insist(world, 'PUT /posts', async () => {
    await clientFor(world, administratorPost(staff.city));
    return { response: { status: 200 } };
  });
  agenda.hear([{ id: 'oversight', intents: switchTurns(staff, cloud.now()) }], agenda.cursor);
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
  const receipt = answer.data ? receiptSchema.parse(answer.data) : {};
  const concerned = concernedIn(staff, report, receipt);
  if (concerned) agenda.setFact(`concerns ${receipt.case}`, JSON.stringify(concerned));
  agenda.delivered(due, refused, looksAtOwn(staff, report, receipt, due.at));
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
  const refused = answer.error && `${verb} ${kindOfRefusal(answer)}`;
  agenda.done(intent, refused, refused === undefined ? whatFollows(world, intent, answer.data) : []);
}

/** Whoever something is shared with opens it, and whoever was told looks for themself. */
function whatFollows({ agenda, staff }: World, intent: Intent, reply: unknown): Intent[] {
  const told = intent.verb === 'answer' && kindOf(intent.taskId) === 'notify';
  const concerned = told ? agenda.fact(`concerns ${logOf(intent.taskId)}`) : undefined;
  const who = concerned === undefined ? undefined : whoSchema.parse(JSON.parse(concerned));
  return [...opensOf(staff, intent, reply), ...(who ? [looksOnceTold(staff, intent, who)] : [])];
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
  if (intent.who) {
    const readCase = () => world.agenda.count(`read-case ${post}`);
    return (await inOwnAffairs(staff, world.people.citizen(intent.who), intent, readCase)) ?? nothingToSay;
  }
  const client = await clientFor(world, speakerOf(intent, view));
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
    case 'open-share':
      return client.GET('/shares/{id}', { params: { path: { id: to } } });
    case 'stop-levels':
    case 'release-levels':
      return turnSwitch(client, intent, verb);
    case 'own-affairs':
      return nothingToSay;
    case 'answer':
      return answerOrAnother(world, client, intent, answerTo(staff, intent, view));
  }
}

const nothingToSay = { response: { status: 204 } } as const;

/** Whoever took part does not review: another person of the post does. */
async function answerOrAnother({ staff, people }: World, client: HejieClient, intent: Intent, body: Answer) {
  const first = await answer(staff, client, intent, body);
  if (!first.error?.type.endsWith(':not-yours') || !apart.has(kindOf(intent.taskId))) return first;
  const another = await people.forPost(intent.post, { person: `${intent.post}#2` });
  return answer(staff, another, intent, body);
}

/** Where a refusal says what is missing, that is said, and the answer again: under its key, which nothing was applied under. */
async function answer(staff: Staff, client: HejieClient, intent: Intent, body: Answer) {
  const { key, taskId } = intent;
  const under = (more = '') => ({ path: { taskId }, header: { 'Idempotency-Key': `${key}${more}` } });
  const first = await client.POST('/tasks/{taskId}/answer', { params: under(), body });
  const instead = afterRefusal(staff, intent, first.error, body);
  for (const { party, wants } of instead?.consents ?? []) {
    await client.POST('/tasks/{taskId}/consents', { params: under(`:${party}`), body: { party, wants } });
  }
  if (instead?.fulfil !== undefined) {
    const done = await client.POST('/tasks/{taskId}/fulfilment', {
      params: under(':fulfil'),
      body: { reason: instead.fulfil },
    });
    if (!done.error) return done;
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

const receiptSchema: z.ZodType<Receipt> = z.looseObject({
  dispute: z.string().nullish(),
  case: z.string().nullish(),
  referral: z.string().nullish(),
});

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
