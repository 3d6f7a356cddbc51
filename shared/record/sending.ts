/**
 * Notices go out at least once, twice only after a crash between publishing and marking, and then under one id
 * (protocol: Notices). Claim, publish and mark happen in one Lambda whose timeout is shorter than the lease.
 */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { City } from '../config/city.ts';
import { type Message, message, noticeId } from '../domain/notices.ts';
import { isUrgent } from '../domain/paging.ts';
import { afterQuiet, isQuiet } from '../domain/quiet.ts';
import { type Notice, openTasks, type State, type Task } from '../domain/state.ts';
import { isServed } from './calling.ts';
import { keepHandle } from './handles.ts';
import { holds, noticeKey, noticePrefix, partitionOf, type Table } from './table.ts';

export interface Outgoing {
  readonly table: Table;
  readonly city: City;
  readonly sns: SNSClient;
  readonly topicArn: string;
  /** A new handle for a call, by chance. */
  readonly handle: () => string;
  /** Ids of notices that a warm function knows to be sent: that never changes. */
  readonly sent: Set<string>;
}

/** Longer than the function that sends may run. */
const lease = 60_000;
/** What was to go out within it may still be on its way. */
const grace = 60_000;

export interface NoticeItem {
  readonly sk: string;
  readonly state: 'claimed' | 'sent';
  readonly until: number;
}

/** What is known of the notices of one task. */
async function noticesOf({ table }: Outgoing, state: State, task: Task): Promise<NoticeItem[]> {
  const { Items = [] } = await table.db.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk and begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': partitionOf(state.id), ':prefix': noticePrefix(task.no) },
    }),
  );
  return Items.map(({ sk, state: done, until }) => ({
    sk: String(sk),
    state: done === 'sent' ? 'sent' : 'claimed',
    until: Number(until),
  }));
}

export interface Sent {
  readonly count: number;
  /** When the quiet hours end, or a claim of somebody else who may have died over it: look again then. */
  readonly lookAgain?: number;
}

/** Sends every notice of the task that the record has decided on and nobody has sent. */
export async function sendDue(outgoing: Outgoing, state: State, task: Task, now: number): Promise<Sent> {
  const open = task.notices.filter((notice) => !outgoing.sent.has(noticeId(state, task.no, notice)));
  let count = 0;
  let lookAgain: number | undefined;
  const again = (at: number) => {
    lookAgain = Math.min(lookAgain ?? at, at);
  };
  // One is claimed straight away; of several most are sent long since, which reading shows for less than claiming.
  const quiet = isQuiet(outgoing.city, now);
  let known = open.length > 1 || (open.length > 0 && quiet) ? await noticesOf(outgoing, state, task) : [];
  for (const notice of open) {
    const sk = noticeKey(task.no, notice.kind, notice.step);
    const id = noticeId(state, task.no, notice);
    const itemOf = () => known.find((other) => other.sk === sk);
    const before = itemOf();
    const free = !before || (before.state === 'claimed' && before.until <= now);
    if (free && !(await mayGo(outgoing, task, notice, now))) {
      again(afterQuiet(outgoing.city, now));
      continue;
    }
    if (free && (await claim(outgoing, state, sk, id, notice.at, now))) {
      await publish(outgoing, await worded(outgoing, state, task, notice, now), notice);
      await mark(outgoing, state, sk);
      outgoing.sent.add(id);
      count += 1;
      continue;
    }
    if (free) known = await noticesOf(outgoing, state, task);
    const item = itemOf();
    if (item?.state === 'sent') outgoing.sent.add(id);
    else if (item) again(item.until);
  }
  return { count, ...(lookAgain === undefined ? {} : { lookAgain }) };
}

/** In quiet hours a message waits; what is urgent does not for whoever was on duty when it was decided. */
async function mayGo(outgoing: Outgoing, task: Task, notice: Notice, now: number): Promise<boolean> {
  if (!isQuiet(outgoing.city, now) || notice.kind === 'page') return true;
  return isUrgent(task) && (await isServed(outgoing, notice.post, notice.at));
}

async function worded({ table, handle }: Outgoing, state: State, task: Task, notice: Notice, now: number) {
  if (notice.kind !== 'page') return message(state, task, notice);
  return message(state, task, notice, await keepHandle(table, handle, `${state.id}.${task.no}`, now));
}

export async function claim(
  { table }: Pick<Outgoing, 'table'>,
  state: State,
  sk: string,
  id: string,
  at: number,
  now: number,
): Promise<boolean> {
  const put = new PutCommand({
    TableName: table.name,
    Item: { pk: partitionOf(state.id), sk, id, at, state: 'claimed', until: now + lease },
    ConditionExpression: 'attribute_not_exists(pk) or (#state = :claimed and #until <= :now)',
    ExpressionAttributeNames: { '#state': 'state', '#until': 'until' },
    ExpressionAttributeValues: { ':claimed': 'claimed', ':now': now },
  });
  return holds(table.db.send(put));
}

/** The gateway knows a person's number by their id; the message has neither number nor name. */
async function publish({ sns, topicArn }: Outgoing, notice: Message, { person, channel }: Notice): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Message: JSON.stringify(notice),
      MessageAttributes: {
        id: { DataType: 'String', StringValue: notice.id },
        kind: { DataType: 'String', StringValue: notice.kind },
        post: { DataType: 'String', StringValue: notice.post },
        ...(person === undefined ? {} : { person: { DataType: 'String', StringValue: person } }),
        ...(channel === undefined ? {} : { channel: { DataType: 'String', StringValue: channel } }),
      },
    }),
  );
}

export async function mark(
  { table }: Pick<Outgoing, 'table'>,
  state: State,
  sk: string,
  as: 'sent' | 'moot' = 'sent',
): Promise<void> {
  await table.db.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: partitionOf(state.id), sk },
      UpdateExpression: 'set #state = :sent',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':sent': as },
    }),
  );
}

/**
 * Tasks with a notice that has been decided on, might have gone out a minute ago, and is neither sent nor being sent. What only
 * waits for the morning is not late, nor what goes out as the morning comes.
 */
export async function notSent(
  outgoing: Outgoing,
  state: State,
  known: readonly NoticeItem[],
  now: number,
): Promise<Task[]> {
  const late = async (task: Task): Promise<boolean> => {
    for (const notice of task.notices) {
      const item = known.find((other) => other.sk === noticeKey(task.no, notice.kind, notice.step));
      const open = !item || (item.state === 'claimed' && item.until <= now);
      if (open && (await mayGo(outgoing, task, notice, now - grace))) return true;
    }
    return false;
  };
  const tasks = openTasks(state);
  const found = await Promise.all(tasks.map(late));
  return tasks.filter((_, i) => found[i]);
}
