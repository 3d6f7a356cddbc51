/**
 * Intake: a report becomes an action of its dispute and, where somebody may be hurt, of a case. Two logs meet here, so the
 * order is the protection (protocol: Commands): until the last step the report is marked pending, and every step can be
 * repeated.
 */
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { areaExists, responsible } from '../config/posts.ts';
import type { ContentOf, Draft, MadeAgreement, ReportedEvent } from '../domain/actions.ts';
import { system } from '../domain/actions.ts';
import { agreementMade } from '../domain/afterwards.ts';
import { contactFaults, contactOf, reachableIn, receiptsFor } from '../domain/citizen-notices.ts';
import {
  type CaseId,
  caseIdFor,
  type DisputeId,
  disputeIdFor,
  isCaseId,
  isDisputeId,
  isLogId,
  isReferralId,
  isRoundId,
  type LogId,
  type ReferralId,
  referralIdFor,
  shortHash,
} from '../domain/ids.ts';
import { mergedInto, movingOf } from '../domain/merged.ts';
import { namesReporter } from '../domain/noticing.ts';
import { isSettled } from '../domain/ordinary.ts';
import { passedOn } from '../domain/passing-on.ts';
import { parseReport, type Report, reportIdOf } from '../domain/report.ts';
import { askingOf, identityOf, pairOf, type Route, reporterOf, routeOf, sidesOf } from '../domain/routing.ts';
import type { State } from '../domain/state.ts';
import { InputInvalid, RecordBroken, RecordBusy } from '../errors.ts';
import { keepAgreement } from './agreements.ts';
import { forget, keepPeople, type Pointer } from './keeping.ts';
import { commit, type Log, markOpen, read, tries } from './log.ts';
import { homeFor } from './merging.ts';
import { type Keys, keyedHash, seal, sealedOf, unseal } from './seal.ts';
import { holds, type ItemKey, pendingKey, pointerPartition, reportKey } from './table.ts';

export interface Desk extends Log {
  readonly keys: Keys;
}

export interface Receipt {
  readonly report: string;
  readonly dispute: DisputeId | null;
  readonly case: CaseId | null;
  /** Where somebody asks for help without a dispute. */
  readonly referral?: ReferralId;
  /** The same report was received before; nothing was written. */
  readonly repeated: boolean;
  /** Who sent it first. */
  readonly sender?: string;
}

const placeOf = (report: Pick<Report, 'channel' | 'sourceId'>) => `report ${reportIdOf(report)}`;

/** @throws InputInvalid for an area that the city does not have, a round that there was not, help beside a dispute */
export async function receive(desk: Desk, report: Report, receivedAt: number, sender?: string): Promise<Receipt> {
  const { city, table } = desk;
  if (!areaExists(city, report.area)) {
    const allowed = `an area code of ${city.name.en}, ${city.code} or below`;
    throw new InputInvalid([{ path: 'area', value: report.area, allowed }]);
  }
  await checkRound(desk, report);
  if (report.help && report.disputeType !== 'none') {
    const allowed = 'no help beside a dispute: there it has its place in the plan; or disputeType none';
    throw new InputInvalid([{ path: 'help', value: report.help.join(', '), allowed }]);
  }
  checkContacts(desk, report);
  checkTime(report, receivedAt);
  const key = { ...reportKey(reportIdOf(report)) };
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

/** A channel that cannot be used is not called safe. @throws InputInvalid */
function checkContacts({ city }: Desk, { people }: Report): void {
  const faults = people.flatMap((person, i) => {
    const contact = contactOf(person);
    return contact ? contactFaults(city, contact, `people.${i}.contact`) : [];
  });
  if (faults.length > 0) throw new InputInvalid(faults);
}

/** What is still to come has not happened: nothing rests on it, and no year is counted from it (S1). @throws InputInvalid */
function checkTime({ occurredAt }: Report, receivedAt: number): void {
  if (occurredAt === undefined || Date.parse(occurredAt) <= receivedAt) return;
  throw new InputInvalid([{ path: 'occurredAt', value: occurredAt, allowed: 'when it happened, not later than now' }]);
}

/** What was found on a grid round names the round, and a place of it. @throws InputInvalid */
async function checkRound(desk: Desk, { channel, round }: Report): Promise<void> {
  if (!round) return;
  const invalid = (path: string, value: string, allowed: string) => new InputInvalid([{ path, value, allowed }]);
  if (channel !== 'grid') throw invalid('round', round.id, 'a round only through the grid');
  const state = isRoundId(round.id) ? await read(desk, round.id) : undefined;
  if (state?.subject !== 'round') throw invalid('round.id', round.id, 'the id of a grid round that was planned');
  if (round.place !== undefined && !state.places.includes(round.place)) {
    throw invalid('round.place', round.place, state.places.join(', '));
  }
}

/** Goes on with a report that was received: to its end where a crash cut the intake off. */
export async function resume(desk: Desk, key: { pk: string; sk: string }): Promise<Receipt> {
  const { Item: item } = await desk.table.db.send(
    new GetCommand({ TableName: desk.table.name, Key: key, ConsistentRead: true }),
  );
  if (!item) throw new RecordBroken(`report ${key.pk}/${key.sk} is not there`);
  if (item.pending === undefined) {
    const { report, dispute = null, case: caseId = null, referral, sender } = item;
    return { report, dispute, case: caseId, ...(referral ? { referral } : {}), repeated: true, sender };
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
  if (route.kind === 'referral') return refer(desk, report, route, at, repeated, sender);
  const { log: dispute, pointers: toDispute } = route.kind === 'enquiry' ? nowhere : await disputeFor(desk, report);
  const { log: caseId, pointers: toCase } = route.concern === undefined ? nowhere : await caseFor(desk, report, route);
  let erased: readonly ItemKey[] = [];
  const goesTo: LogId[] = [];
  if (dispute !== null) {
    erased = await keepPeople(desk, { dispute, caseId, report, pointers: [...toDispute, ...toCase] });
    const work = passedOn(desk.city, report, route.wants);
    const [first] = work;
    const reachable = reachableIn(report);
    // Where somebody may be hurt a handshake is not the end of it.
    const settled = caseId === null && isSettled(report);
    const wants = [...work, ...(settled ? [] : receiptsFor(id, reachable))];
    const agreement = settled ? await agreedOnTheSpot(desk, dispute, report) : undefined;
    goesTo.push(
      await reported(desk, dispute, at, id, {
        ...about(report),
        owner:
          first?.owner ?? responsible(desk.city, { kind: first?.kind ?? 'settle', ...where(report), tier: 'village' }),
        ...(caseId ? { caseId } : {}),
        ...(wants.length > 0 ? { wants } : {}),
        ...(reachable.length > 0 ? { reachable } : {}),
        ...(settled ? { settled } : {}),
        ...(agreement ? { agreement } : {}),
      }),
    );
  }
  if (dispute !== null && caseId !== null) {
    goesTo.push(
      await reported(desk, caseId, at, id, {
        ...about(report),
        ...(namesReporter(report) ? { named: true } : {}),
        owner: responsible(desk.city, { kind: 'verify', ...where(report), tier: 'township' }),
        dispute,
        event: await eventOf(desk, report, route, caseId, at),
      }),
    );
  }
  const receipt = { report: id, dispute: goesTo.find(isDisputeId) ?? null, case: goesTo.find(isCaseId) ?? null };
  await done(desk, report, receipt);
  await forget(desk.table, erased);
  return { ...receipt, repeated, ...(sender === undefined ? {} : { sender }) };
}

/** Help only: no dispute, no case. What the same person asks for next joins what is there. */
async function refer(
  desk: Desk,
  report: Report,
  { wants, help = [] }: Route,
  at: number,
  repeated: boolean,
  sender: string | undefined,
): Promise<Receipt> {
  const id = reportIdOf(report);
  const { log: referral, pointers } = await referralFor(desk, report);
  const erased = await keepPeople(desk, { dispute: referral, caseId: null, report, pointers });
  const owner = responsible(desk.city, { kind: help[0] ?? 'offer-help', ...where(report), tier: 'village' });
  const reachable = reachableIn(report);
  await reported(desk, referral, at, id, {
    ...about(report),
    owner,
    wants: [...wants, ...receiptsFor(id, reachable)],
    help,
    ...(reachable.length > 0 ? { reachable } : {}),
  });
  const receipt = { report: id, dispute: null, case: null, referral };
  await done(desk, report, receipt);
  await forget(desk.table, erased);
  return { ...receipt, repeated, ...(sender === undefined ? {} : { sender }) };
}

/** What both sides agreed on is kept apart from the dispute, before anything names it. */
async function agreedOnTheSpot(desk: Desk, log: DisputeId, report: Report): Promise<MadeAgreement | undefined> {
  const text = report.settlement?.agreement;
  if (text === undefined) return undefined;
  const on = Date.parse(report.reportedAt);
  const made = agreementMade(desk.city, log, reportIdOf(report), on);
  await keepAgreement(desk, desk.keys, { ...made, log, area: report.area, on, text });
  return made;
}

const where = ({ area, disputeType }: Report) => ({ area, disputeType });

const about = (report: Report) => ({
  kind: 'reported' as const,
  report: reportIdOf(report),
  channel: report.channel,
  ...where(report),
  ...(report.round && isRoundId(report.round.id) ? { round: report.round.id } : {}),
  reportedAt: Date.parse(report.reportedAt),
  ...(report.occurredAt === undefined ? {} : { occurredAt: Date.parse(report.occurredAt) }),
});

async function eventOf(
  desk: Desk,
  report: Report,
  { facts }: Route,
  caseId: CaseId,
  receivedAt: number,
): Promise<ReportedEvent> {
  return {
    id: `E-${shortHash(await eventName(desk, report, caseId))}`,
    // Where nobody says when, it was before we were told, whatever the sender’s clock says.
    at: Math.min(Date.parse(report.occurredAt ?? report.reportedAt), receivedAt),
    reportedAt: Date.parse(report.reportedAt),
    facts,
    ...(report.verified ? { verified: report.channel } : {}),
  };
}

/**
 * What one reporter tells of one event again is that event, whatever channel it comes through: it counts once, also where the
 * other side has no number, so that each report is a dispute of its own. Who told it stands nowhere, not even by a hash of its own.
 * Where nobody says when it happened, each report is an event, and whoever verifies it says whether it is the same (first-look).
 */
async function eventName({ keys }: Desk, report: Report, caseId: CaseId): Promise<string> {
  if (report.occurredAt === undefined) return `event ${reportIdOf(report)}`;
  return keyedHash(
    keys,
    `event ${caseId} ${report.disputeType} ${Date.parse(report.occurredAt)} ${reporterOf(report)}`,
  );
}

type Reported = ContentOf<'reported'>;

/**
 * The open mark precedes the action that opens or reopens the log. What went into another is reported to there.
 * @returns the log that has it
 * @throws RecordBusy while that moves
 */
async function reported(desk: Desk, id: LogId, at: number, key: string, content: Reported): Promise<LogId> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const home = await homeFor(desk, id, at);
    await markOpen(desk, home);
    const through = home !== id && (isCaseId(id) || isDisputeId(id)) ? { through: id } : {};
    const draft: Draft = { at, by: system, key, rev: 0, content: { ...content, ...through } };
    // It began to move since: what is reported goes where it goes.
    const settles = (state: State | undefined) => !state || (movingOf(state) === null && mergedInto(state) === null);
    const made = await commit(desk, home, (state) => (settles(state) ? draft : undefined), { key });
    if (made || (await read(desk, home))?.reports.includes(key)) return home;
  }
  throw new RecordBusy(`${id} is being merged; send it again`);
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

async function referralFor(desk: Desk, report: Report): Promise<Found<ReferralId>> {
  const own = referralIdFor(reportIdOf(report));
  const identity = askingOf(report);
  const known =
    identity === undefined ? undefined : await pointer(desk, `referral ${identity}`, 'REFERRAL', own, [identity]);
  const log = known?.log ?? own;
  if (!isReferralId(log)) throw new RecordBroken(`the pointer of ${own} names ${log}`);
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
  kind: 'CASE' | 'DISPUTE' | 'REFERRAL',
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
      Key: { ...reportKey(reportIdOf(report)) },
      UpdateExpression:
        'set #report = :report, #dispute = :dispute, #case = :case, #referral = :referral remove #pending, #key, #iv, #tag, #sealed',
      ExpressionAttributeNames: {
        '#report': 'report',
        '#dispute': 'dispute',
        '#case': 'case',
        '#referral': 'referral',
        '#pending': 'pending',
        '#key': 'key',
        '#iv': 'iv',
        '#tag': 'tag',
        '#sealed': 'sealed',
      },
      ExpressionAttributeValues: {
        ':report': receipt.report,
        ':dispute': receipt.dispute,
        ':case': receipt.case,
        ':referral': receipt.referral ?? null,
      },
    }),
  );
}
