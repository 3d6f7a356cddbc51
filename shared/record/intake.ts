/**
 * Intake: a report becomes an action of its dispute and, where somebody may be hurt, of a case. Two logs meet here, so the
 * order is the protection (protocol: Commands): until the last step the report is marked pending, and every step can be
 * repeated.
 */
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { areaExists, responsible } from '../config/posts.ts';
import type { Content, ReportedEvent } from '../domain/actions.ts';
import { system } from '../domain/actions.ts';
import {
  type CaseId,
  caseIdFor,
  type DisputeId,
  disputeIdFor,
  isCaseId,
  isDisputeId,
  isLogId,
  type LogId,
  shortHash,
} from '../domain/ids.ts';
import { parseReport, type Report, reportIdOf } from '../domain/report.ts';
import { identityOf, pairOf, type Route, routeOf, sidesOf } from '../domain/routing.ts';
import { InputInvalid, RecordBroken } from '../errors.ts';
import { forget, keepPeople, type Pointer } from './keeping.ts';
import { commit, type Log, markOpen } from './log.ts';
import { type Keys, keyedHash, seal, sealedOf, unseal } from './seal.ts';
import { holds, type ItemKey, pendingKey, pointerPartition, reportPartition } from './table.ts';

export interface Desk extends Log {
  readonly keys: Keys;
}

export interface Receipt {
  readonly report: string;
  readonly dispute: DisputeId | null;
  readonly case: CaseId | null;
  /** The same report was received before; nothing was written. */
  readonly repeated: boolean;
  /** Who sent it first. */
  readonly sender?: string;
}

const placeOf = (report: Pick<Report, 'channel' | 'sourceId'>) => `report ${reportIdOf(report)}`;

/** @throws InputInvalid for an area that the city does not have */
export async function receive(desk: Desk, report: Report, receivedAt: number, sender?: string): Promise<Receipt> {
  const { city, table } = desk;
  if (!areaExists(city, report.area)) {
    const allowed = `an area code of ${city.name.en}, ${city.code} or below`;
    throw new InputInvalid([{ path: 'area', value: report.area, allowed }]);
  }
  const key = { pk: reportPartition(report.channel), sk: report.sourceId };
  const put = new PutCommand({
    TableName: table.name,
    Item: {
      ...key,
      receivedAt: new Date(receivedAt).toISOString(),
      pending: pendingKey(city.code, report.sourceId),
      sender,
      ...(await seal(desk.keys.kms, desk.keys.personKey, placeOf(report), report)),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  if (await holds(table.db.send(put))) return takeIn(desk, report, receivedAt, false, sender);
  return resume(desk, key);
}

/** Goes on with a report that was received: to its end where a crash cut the intake off. */
export async function resume(desk: Desk, key: { pk: string; sk: string }): Promise<Receipt> {
  const { Item: item } = await desk.table.db.send(
    new GetCommand({ TableName: desk.table.name, Key: key, ConsistentRead: true }),
  );
  if (!item) throw new RecordBroken(`report ${key.pk}/${key.sk} is not there`);
  if (item.pending === undefined) {
    const { report, dispute = null, case: caseId = null, sender } = item;
    return { report, dispute, case: caseId, repeated: true, sender };
  }
  const place = `report ${key.pk.slice(2)}/${key.sk}`;
  const report = parseReport(await unseal(desk.keys.kms, place, sealedOf(item)));
  return takeIn(desk, report, Date.parse(item.receivedAt), true, item.sender);
}

async function takeIn(
  desk: Desk,
  report: Report,
  at: number,
  repeated: boolean,
  sender: string | undefined,
): Promise<Receipt> {
  const id = reportIdOf(report);
  const route = routeOf(report, at);
  const { log: dispute, pointers: toDispute } = route.kind === 'enquiry' ? nowhere : await disputeFor(desk, report);
  const { log: caseId, pointers: toCase } = route.concern === undefined ? nowhere : await caseFor(desk, report, route);
  let erased: readonly ItemKey[] = [];
  if (dispute !== null) {
    erased = await keepPeople(desk, { dispute, caseId, report, pointers: [...toDispute, ...toCase] });
    await reported(desk, dispute, at, id, {
      ...about(report),
      owner: responsible(desk.city, { kind: route.wants[0]?.kind ?? 'settle', ...where(report), tier: 'village' }),
      ...(caseId ? { caseId } : {}),
      ...(route.wants.length > 0 ? { wants: route.wants } : {}),
    });
  }
  if (dispute !== null && caseId !== null) {
    await reported(desk, caseId, at, id, {
      ...about(report),
      owner: responsible(desk.city, { kind: 'verify', ...where(report), tier: 'township' }),
      dispute,
      event: eventOf(report, route),
    });
  }
  const receipt = { report: id, dispute, case: caseId };
  await done(desk, report, receipt);
  await forget(desk.table, erased);
  return { ...receipt, repeated, ...(sender === undefined ? {} : { sender }) };
}

const where = ({ area, disputeType }: Report) => ({ area, disputeType });

const about = (report: Report) => ({
  kind: 'reported' as const,
  report: reportIdOf(report),
  channel: report.channel,
  ...where(report),
});

const eventOf = (report: Report, { facts }: Route): ReportedEvent => ({
  id: `E-${shortHash(`event ${reportIdOf(report)}`)}`,
  at: Date.parse(report.occurredAt ?? report.reportedAt),
  facts,
  ...(report.verified ? { verified: report.channel } : {}),
});

/** The open mark precedes the action that opens or reopens the log. */
async function reported(desk: Desk, id: LogId, at: number, key: string, content: Content): Promise<void> {
  await markOpen(desk, id);
  await commit(desk, id, () => ({ at, by: system, key, rev: 0, content }), { key });
}

/** The log that a report belongs to, and the pointers that led there. */
interface Found<Id extends LogId | null> {
  readonly log: Id;
  readonly pointers: readonly Pointer[];
}

const nowhere: Found<null> = { log: null, pointers: [] };

async function disputeFor(desk: Desk, report: Report): Promise<Found<DisputeId>> {
  const own = disputeIdFor(reportIdOf(report));
  const pair = pairOf(report);
  const sides = sidesOf(report) ?? [];
  const known = pair === undefined ? undefined : await pointer(desk, `dispute ${pair}`, 'DISPUTE', own, sides);
  const log = known?.log ?? own;
  if (!isDisputeId(log)) throw new RecordBroken(`the pointer of ${own} names ${log}`);
  return { log, pointers: known?.pointers ?? [] };
}

async function caseFor(desk: Desk, report: Report, { concern }: Route): Promise<Found<CaseId>> {
  const own = caseIdFor(reportIdOf(report));
  const identity = concern && identityOf(concern);
  const known = identity === undefined ? undefined : await pointer(desk, `case ${identity}`, 'CASE', own, [identity]);
  const log = known?.log ?? own;
  if (!isCaseId(log)) throw new RecordBroken(`the pointer of ${own} names ${log}`);
  return { log, pointers: known?.pointers ?? [] };
}

/** The log that this identity already has, or this one from now on. */
async function pointer(
  { table, keys }: Desk,
  identity: string,
  kind: 'CASE' | 'DISPUTE',
  own: LogId,
  of: readonly string[],
): Promise<Found<LogId>> {
  const key = { pk: pointerPartition(await keyedHash(keys, identity)), sk: kind };
  const pointers = [{ ...key, of }];
  const put = new PutCommand({
    TableName: table.name,
    Item: { ...key, log: own },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  if (await holds(table.db.send(put))) return { log: own, pointers };
  const { Item } = await table.db.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  const log = String(Item?.log);
  if (!isLogId(log)) throw new RecordBroken(`a pointer names ${log}`);
  return { log, pointers };
}

/** The report is in its logs: what it said in clear goes, what it became stays. */
async function done({ table }: Desk, report: Report, receipt: Omit<Receipt, 'repeated'>): Promise<void> {
  await table.db.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: reportPartition(report.channel), sk: report.sourceId },
      UpdateExpression:
        'set #report = :report, #dispute = :dispute, #case = :case remove #pending, #key, #iv, #tag, #sealed',
      ExpressionAttributeNames: {
        '#report': 'report',
        '#dispute': 'dispute',
        '#case': 'case',
        '#pending': 'pending',
        '#key': 'key',
        '#iv': 'iv',
        '#tag': 'tag',
        '#sealed': 'sealed',
      },
      ExpressionAttributeValues: { ':report': receipt.report, ':dispute': receipt.dispute, ':case': receipt.case },
    }),
  );
}
