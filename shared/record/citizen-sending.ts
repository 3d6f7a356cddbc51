/**
 * Messages to citizens go out like notices: claimed, published, marked, in one Lambda. Whether, by what and when says the
 * person's profile as it stands at that moment; where it names no safe channel the message is moot.
 */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { City } from '../config/city.ts';
import { addresseeOf, type CitizenMessage, citizenMessage, safeInstant } from '../domain/citizen-notices.ts';
import type { LogId } from '../domain/ids.ts';
import { foldersOf, type State, type Task } from '../domain/state.ts';
import { contactIn, keepAddressee, safeTimesAt } from './contacts.ts';
import { claim, mark, type Sent } from './sending.ts';
import { noticeKey, partitionOf, type Table } from './table.ts';

export interface ToCitizens {
  readonly table: Table;
  readonly city: City;
  readonly sns: SNSClient;
  readonly topicArn: string;
}

/** By its number: no task of another kind begins so. */
export const isMessage = (no: string): boolean => no.startsWith('citizen-notice-');

const keyOf = (no: string): string => noticeKey(no, 'citizen', 0);

/** Sends what the task is there for, once its time has come. */
export async function sendToCitizen(out: ToCitizens, state: State, task: Task, now: number): Promise<Sent> {
  const addressee = addresseeOf(task);
  if (!task.begun || !addressee) return { count: 0 };
  const place = await contactIn(out.table, foldersOf(state), addressee);
  const times = place && (await safeTimesAt(out.table, place));
  const channel = times?.channel ?? 'none';
  const at = times && channel !== 'none' && now <= task.due ? safeInstant(out.city, times, now) : undefined;
  if (at !== undefined && at > now) return { count: 0, lookAgain: at };
  const sk = keyOf(task.no);
  const message =
    channel === 'none' ? undefined : citizenMessage(`${state.id}.${task.no}`, addressee.occasion, channel);
  if (!(await claim(out, state, sk, message?.id ?? 'moot', task.from, now))) {
    const item = await itemAt(out.table, state.id, sk);
    return item?.state === 'claimed' ? { count: 0, lookAgain: Number(item.until) } : { count: 0 };
  }
  if (at === undefined || message === undefined) {
    await mark(out, state, sk, 'moot');
    return { count: 0 };
  }
  if (place) await keepAddressee(out.table, message.handle, place, now);
  await publish(out, message);
  await mark(out, state, sk);
  return { count: 1 };
}

/** Sent, or moot: then the task has nothing more to do. */
export async function isOver(table: Table, id: LogId, no: string): Promise<boolean> {
  const item = await itemAt(table, id, keyOf(no));
  return item?.state === 'sent' || item?.state === 'moot';
}

async function itemAt({ name, db }: Table, id: LogId, sk: string) {
  const key = { pk: partitionOf(id), sk };
  const { Item } = await db.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }));
  return Item;
}

async function publish({ sns, topicArn }: ToCitizens, message: CitizenMessage): Promise<void> {
  const { id, channel, handle } = message;
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  await sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Message: JSON.stringify(message),
      MessageAttributes: { id: text(id), channel: text(channel), handle: text(handle) },
    }),
  );
}
