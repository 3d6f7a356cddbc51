/**
 * Intake: a report becomes an action of its dispute and, where somebody may be hurt, of a case. Two logs meet here, so the
 * order is the protection (protocol: Commands): until the last step the report is marked pending, and every step can be
 * repeated.
 */
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { areaExists, responsible } from '../config/posts.ts';
import type { Content, ReportedEvent } from '../domain/actions.ts';
import { system } from '../domain/actions.ts';
import { type CaseId, caseIdFor, type DisputeId, disputeIdFor, isLogId, type LogId, shortHash } from '../domain/ids.ts';
import { parseReport, type Report, reportIdOf } from '../domain/report.ts';
import { identityOf, pairOf, type Route, routeOf } from '../domain/routing.ts';
import { InputInvalid, RecordBroken } from '../errors.ts';
import { commit, type Log, markOpen } from './log.ts';
import { type Keys, keyedHash, seal, sealedOf, unseal } from './seal.ts';
import { holds, partitionOf, pendingKey, pointerPartition, reportPartition } from './table.ts';

export interface Desk extends Log {
  readonly keys: Keys;
}

export interface Receipt {
  readonly report: string;
  readonly dispute: DisputeId | null;
  readonly case: CaseId | null;
  /** The same report was received before; nothing was written. */
  readonly repeated: boolean;
}

const placeOf = (report: Pick<Report, 'channel' | 'sourceId'>) => `report ${reportIdOf(report)}`;

/** @throws InputInvalid for an area that the city does not have */
export async function receive(desk: Desk, report: Report, receivedAt: number): Promise<Receipt> {
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
      ...(await seal(desk.keys, placeOf(report), report)),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  if (await holds(table.db.send(put))) return takeIn(desk, report, receivedAt, false);
  return resume(desk, key);
}

/** Goes on with a report that was received: to its end where a crash cut the intake off. */
export async function resume(desk: Desk, key: { pk: string; sk: string }): Promise<Receipt> {
  const { Item: item } = await desk.table.db.send(
    new GetCommand({ TableName: desk.table.name, Key: key, ConsistentRead: true }),
  );
  if (!item) throw new RecordBroken(`report ${key.pk}/${key.sk} is not there`);
  if (item.pending === undefined) {
    const { report, dispute = null, case: caseId = null } = item;
    return { report, dispute, case: caseId, repeated: true };
  }
  const place = `report ${key.pk.slice(2)}/${key.sk}`;
  const report = parseReport(await unseal(desk.keys, place, sealedOf(item)));
  return takeIn(desk, report, Date.parse(item.receivedAt), true);
}

async function takeIn(desk: Desk, report: Report, at: number, repeated: boolean): Promise<Receipt> {
  const id = reportIdOf(report);
  const route = routeOf(report, at);
  const dispute = route.kind === 'enquiry' ? null : await disputeFor(desk, report);
  const caseId = route.concern === undefined ? null : await caseFor(desk, report, route);
  if (dispute !== null) {
    await keepPeople(desk, dispute, report);
    await reported(desk, dispute, at, id, {
      ...about(report),
      owner: responsible(desk.city, { kind: route.wants ?? 'settle', ...where(report), tier: 'village' }),
      ...(caseId ? { caseId } : {}),
      ...(route.wants ? { wants: route.wants } : {}),
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
  return { ...receipt, repeated };
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

async function disputeFor(desk: Desk, report: Report): Promise<DisputeId> {
  const own = disputeIdFor(reportIdOf(report));
  const pair = pairOf(report);
  const known = pair === undefined ? own : await pointer(desk, `dispute ${pair}`, 'DISPUTE', own);
  if (!known.startsWith('D-')) throw new RecordBroken(`the pointer of ${own} names ${known}`);
  return known as DisputeId;
}

async function caseFor(desk: Desk, report: Report, { concern }: Route): Promise<CaseId> {
  const own = caseIdFor(reportIdOf(report));
  const identity = concern && identityOf(concern);
  const known = identity === undefined ? own : await pointer(desk, `case ${identity}`, 'CASE', own);
  if (!known.startsWith('C-')) throw new RecordBroken(`the pointer of ${own} names ${known}`);
  return known as CaseId;
}

/** The log that this identity already has, or this one from now on. */
async function pointer(desk: Desk, identity: string, kind: 'CASE' | 'DISPUTE', own: LogId): Promise<LogId> {
  const { table, keys } = desk;
  const key = { pk: pointerPartition(await keyedHash(keys, identity)), sk: kind };
  const put = new PutCommand({
    TableName: table.name,
    Item: { ...key, log: own },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  if (await holds(table.db.send(put))) return own;
  const { Item } = await table.db.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  const log = String(Item?.log);
  if (!isLogId(log)) throw new RecordBroken(`a pointer names ${log}`);
  return log;
}

/** Who took part and what was said, each under a data key of its own. */
async function keepPeople(desk: Desk, dispute: DisputeId, report: Report): Promise<void> {
  const id = reportIdOf(report);
  const parts = [
    ...report.people.map((person, i) => ({ sk: `PERSON#${id}#${i}`, role: person.role, content: person })),
    { sk: `TEXT#${id}`, role: 'text', content: { source: report.source, text: report.text } },
  ];
  await Promise.all(
    parts.map(async ({ sk, role, content }) => {
      const sealed = await seal(desk.keys, `${dispute} ${sk}`, content);
      const put = new PutCommand({
        TableName: desk.table.name,
        Item: { pk: partitionOf(dispute), sk, role, ...sealed },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await holds(desk.table.db.send(put));
    }),
  );
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
