/**
 * Notices go out at least once, twice only after a crash between publishing and marking, and then under one id
 * (protocol: Notices). Claim, publish and mark happen in one Lambda whose timeout is shorter than the lease.
 */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Message, message, noticeId } from '../domain/notices.ts';
import { openTasks, type State, type Task } from '../domain/state.ts';
import { holds, noticeKey, noticePrefix, partitionOf, type Table } from './table.ts';

export interface Outgoing {
  readonly table: Table;
  readonly sns: SNSClient;
  readonly topicArn: string;
  /** Ids of notices that a warm function knows to be sent: that never changes. */
  readonly sent: Set<string>;
}

/** Longer than the function that sends may run. */
const lease = 60_000;

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
  /** When a claim of somebody else ends who may have died over it: look again then. */
  readonly lookAgain?: number;
}

/** Sends every notice of the task that the record has decided on and nobody has sent. */
export async function sendDue(outgoing: Outgoing, state: State, task: Task, now: number): Promise<Sent> {
  const open = task.notices.filter((notice) => !outgoing.sent.has(noticeId(state, task.no, notice)));
  let count = 0;
  let lookAgain: number | undefined;
  // One is claimed straight away; of several most are sent long since, which reading shows for less than claiming.
  let known = open.length > 1 ? await noticesOf(outgoing, state, task) : [];
  for (const notice of open) {
    const sk = noticeKey(task.no, notice.kind, notice.step);
    const id = noticeId(state, task.no, notice);
    const itemOf = () => known.find((other) => other.sk === sk);
    const before = itemOf();
    const free = !before || (before.state === 'claimed' && before.until <= now);
    if (free && (await claim(outgoing, state, sk, id, notice.at, now))) {
      await publish(outgoing, message(state, task, notice));
      await mark(outgoing, state, sk);
      outgoing.sent.add(id);
      count += 1;
      continue;
    }
    if (free) known = await noticesOf(outgoing, state, task);
    const item = itemOf();
    if (item?.state === 'sent') outgoing.sent.add(id);
    else if (item) lookAgain = Math.min(lookAgain ?? item.until, item.until);
  }
  return { count, ...(lookAgain === undefined ? {} : { lookAgain }) };
}

async function claim({ table }: Outgoing, state: State, sk: string, id: string, at: number, now: number) {
  const put = new PutCommand({
    TableName: table.name,
    Item: { pk: partitionOf(state.id), sk, id, at, state: 'claimed', until: now + lease },
    ConditionExpression: 'attribute_not_exists(pk) or (#state = :claimed and #until <= :now)',
    ExpressionAttributeNames: { '#state': 'state', '#until': 'until' },
    ExpressionAttributeValues: { ':claimed': 'claimed', ':now': now },
  });
  return holds(table.db.send(put));
}

async function publish({ sns, topicArn }: Outgoing, notice: Message): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Message: JSON.stringify(notice),
      MessageAttributes: {
        id: { DataType: 'String', StringValue: notice.id },
        kind: { DataType: 'String', StringValue: notice.kind },
        post: { DataType: 'String', StringValue: notice.post },
      },
    }),
  );
}

async function mark({ table }: Outgoing, state: State, sk: string): Promise<void> {
  await table.db.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: partitionOf(state.id), sk },
      UpdateExpression: 'set #state = :sent',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':sent': 'sent' },
    }),
  );
}

/** True where a notice of an open task has been decided on and is neither sent nor being sent. */
export const notSent = (state: State, known: readonly NoticeItem[], now: number): Task[] =>
  openTasks(state).filter((task) =>
    task.notices.some((notice) => {
      const item = known.find((other) => other.sk === noticeKey(task.no, notice.kind, notice.step));
      return !item || (item.state === 'claimed' && item.until <= now);
    }),
  );
