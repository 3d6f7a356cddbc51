/**
 * Agreements of parties: their words lie sealed under a number of their own, so that forgetting the dispute does not lose what was
 * agreed on. Two marks are put with them: the day on which somebody is asked whether it was kept, and the day on which it goes.
 */
import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import type { Content, MadeAgreement } from '../domain/actions.ts';
import { agreementExpires } from '../domain/expiry.ts';
import { type AgreementId, isLogId, type LogId } from '../domain/ids.ts';
import { type Keys, seal, sealedOf, unseal } from './seal.ts';
import { agreementKey, expiryKey, expiryPartition, putNew, type Table } from './table.ts';

export type AgreementMark = { readonly what: 'check' | 'agreement'; readonly agreement: AgreementId };

export interface Agreed extends MadeAgreement {
  readonly log: LogId;
  readonly area: string;
  readonly on: number;
  /** What they agreed on, in their own words. */
  readonly text: string | undefined;
}

const placeOf = (id: AgreementId): string => `agreement ${id}`;

/** Before the action that names it; repeated, it changes nothing. */
export async function keepAgreement(
  { table, city }: { readonly table: Table; readonly city: City },
  { kms, personKey }: Pick<Keys, 'kms' | 'personKey'>,
  { id, check, log, area, on, text }: Agreed,
): Promise<void> {
  const sealed = text === undefined ? {} : await seal(kms, personKey, placeOf(id), text);
  await putNew(table, { ...agreementKey(id), log, area, on, ...sealed });
  await markAgreement(table, log, { what: 'check', agreement: id }, localDate(check));
  await markAgreement(table, log, { what: 'agreement', agreement: id }, localDate(agreementExpires(city, { on })));
}

export const markAgreement = (table: Table, log: LogId, mark: AgreementMark, date: string): Promise<boolean> =>
  putNew(table, {
    pk: expiryPartition(date),
    sk: `${expiryKey(date, mark.agreement)}#${mark.what}`,
    log,
    ...mark,
  });

/** The agreement that an action makes. */
export function agreementIn(content: Content): (MadeAgreement & { readonly on: number }) | undefined {
  if (content.kind !== 'answered' || !('agreement' in content.answer) || content.answer.on === undefined)
    return undefined;
  const { agreement, on } = content.answer;
  return agreement && { ...agreement, on };
}

const kept = z.looseObject({
  log: z.custom<LogId>((value) => typeof value === 'string' && isLogId(value)),
  area: z.string(),
  on: z.number(),
  sealed: z.unknown(),
});
export interface KeptAgreement {
  readonly log: LogId;
  readonly area: string;
  readonly on: number;
  readonly open: (kms: Keys['kms']) => Promise<string | null>;
}

/** Its words are opened only where they are asked for. */
export async function agreementAt({ name, db }: Table, id: AgreementId): Promise<KeptAgreement | undefined> {
  const { Item } = await db.send(new GetCommand({ TableName: name, Key: agreementKey(id), ConsistentRead: true }));
  if (!Item) return undefined;
  const { log, area, on, sealed } = kept.parse(Item);
  const open = async (kms: Keys['kms']) =>
    sealed === undefined ? null : z.string().parse(await unseal(kms, placeOf(id), sealedOf(Item)));
  return { log, area, on, open };
}

export async function forgetAgreement({ name, db }: Table, id: AgreementId): Promise<void> {
  await db.send(new DeleteCommand({ TableName: name, Key: agreementKey(id) }));
}
