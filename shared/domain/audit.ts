/**
 * The log of accesses (S12) as chains of records: each carries the hash of the one before, so that nothing can be changed, moved or
 * taken out unseen. What the independent reviewer was sent of a day shows where an end was cut off.
 */
import * as z from 'zod';
import { localDate } from '../calendar/calendar.ts';
import { canonical, type LogId, sha256 } from './ids.ts';
import { roles } from './words.ts';

export const accessSchema = z.strictObject({
  /** When somebody asked. */
  at: z.int().nonnegative(),
  person: z.string().min(1),
  post: z.string().nullable(),
  role: z.enum(roles).nullable(),
  purpose: z.string(),
  operation: z.string().min(1),
  kind: z.enum(['read', 'search', 'command']),
  /** The id of what was looked at, or what was searched for, without personal data. */
  what: z.string(),
  outcome: z.enum(['shown', 'denied', 'unknown']),
  /** Groups of fields that were shown. */
  fields: z.array(z.string()).readonly(),
  /** As the caller named the request, or the gateway. */
  correlationId: z.string(),
  /** The gateway's own name of the request, which no caller chooses: records alike in everything are one, delivered twice. */
  requestId: z.string().exactOptional(),
  /** Type of the problem by which it was denied. */
  why: z.string().exactOptional(),
  breakGlass: z.literal(true).exactOptional(),
  /** Outside the shifts of the post. */
  offShift: z.literal(true).exactOptional(),
  /** When it came out of the spool, or out of the memory of a function, into the chain. */
  spooledAt: z.int().nonnegative().exactOptional(),
  /** Shown before it could be written down: address and danger note for the post on duty, and nothing else. */
  afterwards: z.literal(true).exactOptional(),
});
export type Access = Readonly<z.output<typeof accessSchema>>;

const linkSchema = accessSchema.extend({
  schema: z.literal(1),
  chain: z.string().min(1),
  n: z.int().positive(),
  prev: z.string().nullable(),
  /** Epoch seconds from which the record before may be gone: never later than this one's own. */
  prevExpires: z.int().nullable(),
  expires: z.int().positive(),
  hash: z.string(),
});
/** A record of a chain. */
export type Link = Readonly<z.output<typeof linkSchema>>;

/** When the record came into the chain. */
export const filedAt = ({ at, spooledAt }: Access): number => spooledAt ?? at;

/** Reads of a case or dispute stand in its chain; everything else in one of the person and day. */
export const chainOf = ({ person, at }: Pick<Access, 'person' | 'at'>, logId?: LogId): string =>
  logId ?? `${person}@${localDate(at)}`;

/** Epoch seconds until which an access is kept: never less than the years that the city set. */
export const expiryOf = (at: number, years: number): number => Math.ceil(at / 1000) + years * 366 * 86_400;

const sealOf = (link: Omit<Link, 'hash'>): string => sha256(canonical(link)).slice(0, 32);

/** The record that follows. Expiry never goes backwards along a chain, so that what is gone by age is always its beginning. */
export function link(chain: string, before: Link | undefined, access: Access, years: number): Link {
  const open = {
    ...access,
    schema: 1 as const,
    chain,
    n: (before?.n ?? 0) + 1,
    prev: before?.hash ?? null,
    prevExpires: before?.expires ?? null,
    expires: Math.max(before?.expires ?? 0, expiryOf(filedAt(access), years)),
  };
  return { ...open, hash: sealOf(open) };
}

const anyAccess = accessSchema.strip();
const asAsked = (access: Access): string => canonical({ ...anyAccess.parse(access), spooledAt: undefined });

/** One access, delivered twice? When it came into the chain does not count. */
export const isSameAccess = (one: Access, other: Access): boolean => asAsked(one) === asAsked(other);

/** What stands at a number of a chain, as it was found. */
export interface Found {
  readonly n: number;
  readonly record: unknown;
}

export const faults = ['unreadable', 'changed', 'moved', 'missing', 'cut-off', 'rewritten'] as const;
export type AuditFault = (typeof faults)[number];

/** The first record of a chain that is not as it was written. */
export interface Broken {
  readonly chain: string;
  readonly n: number;
  /** When it says that somebody asked, where it can be read. */
  readonly at?: number;
  readonly why: AuditFault;
}

const unreadable = (chain: string, { n, record }: Found): Broken => {
  const at = z.looseObject({ at: z.number() }).safeParse(record);
  return { chain, n, why: 'unreadable', ...(at.success ? { at: at.data.at } : {}) };
};

/** One record for itself: its form, its hash, its place. */
export function readLink(chain: string, found: Found): Link | Broken {
  const read = linkSchema.safeParse(found.record);
  if (!read.success) return unreadable(chain, found);
  const { hash, ...open } = read.data;
  const broken = { chain, n: found.n, at: open.at };
  if (sealOf(open) !== hash) return { ...broken, why: 'changed' };
  return open.n === found.n && open.chain === chain ? read.data : { ...broken, why: 'moved' };
}

export const isBroken = (read: Link | Broken): read is Broken => !('hash' in read);

const isOver = (expires: number, now: number): boolean => expires * 1000 <= now;

/** What stands between two records that were found one after the other, or before the first. */
function between(before: Link | undefined, after: Link, now: number): Omit<Broken, 'chain'> | undefined {
  const expected = (before?.n ?? 0) + 1;
  if (after.n > expected) {
    // Those before expired no later than the last of them, of which this one knows when.
    if (after.prevExpires !== null && isOver(after.prevExpires, now)) return undefined;
    return { n: before ? expected : after.n - 1, why: 'missing' };
  }
  const fits =
    after.n === expected &&
    after.prev === (before?.hash ?? null) &&
    after.prevExpires === (before?.expires ?? null) &&
    after.expires >= (before?.expires ?? 0);
  return fits ? undefined : { n: after.n, at: after.at, why: 'moved' };
}

/** The first broken record of a chain, found in the order of its numbers. */
export function verifyChain(chain: string, found: readonly Found[], now: number): Broken | undefined {
  let before: Link | undefined;
  for (const one of found) {
    const read = readLink(chain, one);
    const fault = isBroken(read) ? read : between(before, read, now);
    if (fault) return { chain, ...fault };
    before = isBroken(read) ? before : read;
  }
  return undefined;
}

/** The end of a chain as the independent reviewer has it. */
export const headSchema = z.strictObject({
  chain: z.string(),
  n: z.int().positive(),
  hash: z.string(),
  /** Epoch seconds from which the record itself may be gone. */
  expires: z.int().positive(),
});
export type Head = Readonly<z.output<typeof headSchema>>;

export const headOf = ({ chain, n, hash, expires }: Link): Head => ({ chain, n, hash, expires });

/** What the chain lacks of a head that was sent: its end is cut off, or the whole was written anew. */
export function verifyHead(head: Head, found: readonly Found[], now: number): Broken | undefined {
  const { chain, n, hash, expires } = head;
  // A chain that is gone by age begins anew.
  if (isOver(expires, now)) return undefined;
  const there = found.find((one) => one.n === n);
  if (!there) return { chain, n: (found.at(-1)?.n ?? 0) + 1, why: 'cut-off' };
  const read = readLink(chain, there);
  if (isBroken(read)) return read;
  return read.hash === hash ? undefined : { chain, n, at: read.at, why: 'rewritten' };
}

export interface DaySeal {
  readonly date: string;
  readonly count: number;
  readonly root: string;
}

/** One hash over all heads of a day, in whatever order they come. */
export const daySeal = (date: string, heads: readonly Head[]): DaySeal => ({
  date,
  count: heads.length,
  root: sha256(canonical([date, ...heads.map(canonical).sort()])).slice(0, 32),
});

/** Reads by a person on a day. */
export interface ReadCount {
  readonly person: string;
  readonly date: string;
  readonly reads: number;
  readonly offShift: number;
  readonly alerted: readonly string[];
}

export const alertKinds = ['bulk-reading', 'off-shift-reading'] as const;
export type AlertKind = (typeof alertKinds)[number];

export interface Alert {
  /** The same for every delivery: receivers drop repeats. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly person: string;
  readonly date: string;
  readonly count: number;
}

/** What nobody was told yet of somebody's reading: each reason once a person and day. */
export function alertsDue({ person, date, reads, offShift, alerted }: ReadCount, bulk: number): Alert[] {
  const due = [
    { kind: 'bulk-reading', count: reads, from: bulk },
    { kind: 'off-shift-reading', count: offShift, from: 1 },
  ] as const;
  return due
    .filter(({ kind, count, from }) => count >= from && !alerted.includes(kind))
    .map(({ kind, count }) => ({ id: `${kind}#${person}#${date}`, kind, person, date, count }));
}
