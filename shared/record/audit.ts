/**
 * Writes every access into its chain before anything leaves (S12): the put of record n+1 if absent is the only commit. Where the
 * table does not take it, a durable queue does; where neither does, nothing is shown.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { localDate } from '../calendar/calendar.ts';
import { type Access, accessSchema, filedAt, isSameAccess, type Link, link } from '../domain/audit.ts';
import { sha256 } from '../domain/ids.ts';
import { AuditUnavailable, RecordBroken, RecordBusy } from '../errors.ts';
import { type Audit, linksFromEnd, type Spooled, type WarmAudit } from './audit-chains.ts';
import { count, markChain } from './audit-days.ts';
import { chainPartition, linkKey, putNew } from './table.ts';

export { type Audit, linksFromEnd, readChain, warmAudit } from './audit-chains.ts';

const tries = 12;
const warmest = 500;

function remember({ ends }: WarmAudit, last: Link): Link {
  ends.delete(last.chain);
  ends.set(last.chain, last);
  if (ends.size > warmest) {
    const [oldest] = ends.keys();
    if (oldest !== undefined) ends.delete(oldest);
  }
  return last;
}

/** Calls for one chain run one after another within this process. */
function inTurn<T>({ turns }: WarmAudit, chain: string, run: () => Promise<T>): Promise<T> {
  const turn = (turns.get(chain) ?? Promise.resolve()).then(run, run);
  turns.set(chain, turn);
  const done = () => {
    if (turns.get(chain) === turn) turns.delete(chain);
  };
  turn.then(done, done);
  return turn;
}

interface Appended {
  readonly link: Link;
  /** It was there already. */
  readonly again: boolean;
}

/** How far back another process's clock may have stood. */
const skew = 3_600_000;

/** The end of a chain, and the access itself where it stands among the records that could be it. */
async function lookBack(
  { table }: Audit,
  chain: string,
  access: Access,
  mayBe: (link: Link) => boolean,
): Promise<{ end: Link | undefined; same: Link | undefined }> {
  let end: Link | undefined;
  for await (const one of linksFromEnd(table, chain)) {
    end ??= one;
    if (!mayBe(one)) break;
    if (isSameAccess(one, access)) return { end, same: one };
  }
  return { end, same: undefined };
}

async function append(audit: Audit, chain: string, access: Access, once: boolean): Promise<Appended> {
  const { table, city, warm } = audit;
  // The mark precedes the record: a day may name too many chains, never too few.
  await markChain(audit, localDate(filedAt(access)), chain);
  const known = once ? undefined : warm.ends.get(chain);
  const since = (one: Link) => once && filedAt(one) >= access.at - skew;
  const begin = known ? { end: known, same: undefined } : await lookBack(audit, chain, access, since);
  if (begin.same) return { link: begin.same, again: true };
  let { end } = begin;
  for (let attempt = 0; attempt < tries; attempt++) {
    const next = link(chain, end, access, city.audit.years);
    const isOurs = await putNew(table, { pk: chainPartition(chain), sk: linkKey(next.n), ...next });
    if (isOurs) return { link: remember(warm, next), again: false };
    warm.ends.delete(chain);
    await delay(pause(access, attempt));
    const taken = await lookBack(audit, chain, access, ({ n }) => n >= next.n);
    // Taken by our own put whose answer was lost, or by another.
    if (taken.same) return { link: taken.same, again: false };
    end = taken.end;
  }
  throw new RecordBusy(`the accesses ${chain} are being written by many`);
}

/** Those who lost the same race spread by what they write: each from half to one and a half of a growing pause. */
function pause({ correlationId, requestId, operation }: Access, attempt: number): number {
  const spread =
    Number.parseInt(sha256(`${requestId ?? correlationId} ${operation} ${attempt}`).slice(0, 6), 16) / 0xffffff;
  return Math.min(10 * 2 ** attempt, 400) * (0.5 + spread);
}

async function appendCounted(audit: Audit, chain: string, access: Access, once: boolean): Promise<Link> {
  const { link: written, again } = await inTurn(audit.warm, chain, () => append(audit, chain, access, once));
  if (!again && written.kind !== 'command') await count(audit.table, written);
  return written;
}

/**
 * The next record of the chain.
 * @throws RecordBusy after twelve lost races, RecordBroken where the end of the chain is not as it was written
 */
export const appendAccess = (audit: Audit, chain: string, access: Access): Promise<Link> =>
  appendCounted(audit, chain, access, false);

async function storeOrSpool(audit: Audit, chain: string, access: Access, once: boolean): Promise<'stored' | 'spooled'> {
  try {
    await appendCounted(audit, chain, access, once);
    return 'stored';
  } catch (store) {
    if (store instanceof RecordBroken) throw store;
    try {
      await spool(audit, { chain, access });
    } catch (queue) {
      throw new AuditUnavailable('the access can be written down nowhere: nothing is shown; try again', {
        cause: new AggregateError([store, queue]),
      });
    }
    say('warn', 'access-spooled', { chain, correlationId: access.correlationId, cause: nameOf(store) });
    return 'spooled';
  }
}

async function spool({ sqs, queueUrl }: Audit, spooled: Spooled): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(spooled) }));
}

/**
 * To be awaited before anything leaves: the access stands in its chain or in the durable queue.
 * @throws AuditUnavailable where neither takes it, RecordBroken where the chain was tampered with
 */
export async function recordAccess(audit: Audit, chain: string, access: Access): Promise<'stored' | 'spooled'> {
  const where = await storeOrSpool(audit, chain, access, false);
  await settleOwed(audit, access.at);
  return where;
}

/**
 * The one exception (S12): address and danger note for the post on duty go out though neither store nor queue answers. Never
 * throws: the access is remembered as break-glass, said in the log, and written down with the next access of this function.
 */
export function recordAfterwards({ warm }: Audit, chain: string, access: Access): void {
  const owed: Access = { ...access, breakGlass: true, afterwards: true };
  warm.owed.push({ chain, access: owed });
  say('warn', 'access-owed', { chain, ...owed });
}

/** Writes down what was shown before it could be. Never throws: what fails is owed still. */
async function settleOwed(audit: Audit, now: number): Promise<void> {
  for (const { chain, access } of audit.warm.owed.splice(0)) {
    try {
      await storeOrSpool(audit, chain, { ...access, spooledAt: Math.max(now, access.at) }, true);
    } catch (error) {
      audit.warm.owed.push({ chain, access });
      say('error', 'access-still-owed', { chain, correlationId: access.correlationId, cause: nameOf(error) });
    }
  }
}

const spooledSchema = z.strictObject({ chain: z.string().min(1), access: accessSchema });

interface Drained {
  readonly drained: number;
  /** Left in the queue: unreadable, or of a chain that is broken. */
  readonly left: number;
}

/**
 * Brings what waits in the queue into its chains, each once however often it is delivered.
 * @throws whatever the table throws: what is not yet written stays in the queue
 */
export async function drainSpool(audit: Audit, now: number): Promise<Drained> {
  const { sqs, queueUrl } = audit;
  let drained = 0;
  let left = 0;
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    if (Messages.length === 0) return { drained, left };
    for (const message of Messages) {
      if (await bringIn(audit, message, now)) drained += 1;
      else left += 1;
    }
  }
}

async function bringIn(audit: Audit, { Body = '', ReceiptHandle, MessageId }: Message, now: number): Promise<boolean> {
  try {
    const { chain, access } = spooledSchema.parse(JSON.parse(Body));
    // What was owed and then spooled came late already, but into the chain it comes now.
    await appendCounted(audit, chain, { ...access, spooledAt: Math.max(now, access.at) }, true);
  } catch (error) {
    const hopeless = error instanceof RecordBroken || error instanceof z.ZodError || error instanceof SyntaxError;
    if (!hopeless) throw error;
    say('error', 'access-left-in-spool', { messageId: MessageId, cause: nameOf(error) });
    return false;
  }
  await audit.sqs.send(new DeleteMessageCommand({ QueueUrl: audit.queueUrl, ReceiptHandle }));
  return true;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

const say = (level: 'warn' | 'error', message: string, ids: object): void =>
  console.error(JSON.stringify({ level, message, ...ids }));
