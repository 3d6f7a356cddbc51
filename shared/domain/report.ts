/** A report: what somebody tells about a dispute, as it comes in from one of the four channels. */
import * as z from 'zod';
import { type Fault, InputInvalid } from '../errors.ts';
import { contactSchema } from './citizen-notices.ts';
import { type Fact, factTypes } from './facts.ts';
import { channels, disputeTypes, referralKinds } from './words.ts';

const instant = z.iso.datetime({ offset: true });

const factOf = z.strictObject({
  type: z.enum(factTypes),
  value: z.union([z.boolean(), z.number().nonnegative()]).describe('true, or the number of a fact that counts or sums'),
  start: z.int().nonnegative().describe('Where in text it is said: the first character, counted from 0 in UTF-16'),
  end: z.int().positive().describe('Where that ends: the character after the last'),
  negated: z.boolean().describe('It is said not to be so'),
  hearsay: z.boolean().describe('Whoever tells it did not see it'),
});

/** What a person is in a dispute. */
export const parts = ['complainant', 'respondent', 'affected', 'witness', 'child', 'other'] as const;
export type Part = (typeof parts)[number];

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643: the last of 18 characters is a checksum over the first 17. */
export function idNumberHolds(id: string): boolean {
  if (!/^\d{17}[\dX]$/.test(id)) return false;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(id[i]), 0);
  return '10X98765432'[sum % 11] === id[17];
}

export const personSchema = z.strictObject({
  role: z.enum(parts).describe('What the person is in the dispute; affected: may be hurt'),
  name: z.string().min(1).max(40).exactOptional(),
  idNumber: z
    .string()
    .refine(idNumberHolds, '18 characters with a valid checksum')
    .exactOptional()
    .describe('GB 11643: 18 characters with a valid checksum'),
  phone: z
    .string()
    .regex(/^1\d{10}$/, '11 digits beginning with 1')
    .exactOptional(),
  bornOn: z.iso.date().exactOptional(),
  address: z.string().min(1).max(100).exactOptional(),
  contact: contactSchema.exactOptional().describe('How they may safely be reached; absent: they are not written to'),
});
export type Person = z.infer<typeof personSchema>;

export const reportSchema = z
  .strictObject({
    channel: z.enum(channels).describe('Through which channel it came; each role has its own'),
    sourceId: z
      .string()
      .regex(/^[\w.:-]{1,64}$/, '1 to 64 letters, digits and . : _ -')
      .describe('The sender’s own number of the report: the same one again changes nothing'),
    source: z.string().min(1).max(60).describe('Who tells it, in words'),
    occurredAt: instant.exactOptional().describe('When it happened, if known'),
    reportedAt: instant.describe('When it was told'),
    area: z
      .string()
      .regex(/^\d{6}(\d{3}){0,3}$/, 'an area code of the city file')
      .describe('Where: GB/T 2260 code, as narrow as known'),
    disputeType: z.enum(disputeTypes),
    text: z.string().min(1).max(4000).describe('What was told, in its own words; kept sealed'),
    facts: z.array(factOf).max(60).describe('What of it the closed catalogue knows'),
    verified: z
      .strictObject({ by: z.string().min(1).max(60), how: z.string().min(1).max(200) })
      .exactOptional()
      .describe('By whom and how it was verified on the spot; not from residents'),
    people: z.array(personSchema).max(12).describe('Who took part; each is kept sealed under a key of their own'),
    settlement: z
      .strictObject({ agreement: z.string().min(1).max(1000).describe('What both sides agreed on; kept sealed') })
      .exactOptional()
      .describe('It was settled on the spot by whoever reports it; not from residents'),
    help: z
      .array(z.enum(referralKinds))
      .min(1)
      .max(referralKinds.length)
      .exactOptional()
      .describe('Help that is wanted where there is no dispute: what, never who somebody is'),
    round: z
      .strictObject({
        id: z.string().regex(/^G-[0-9a-z]{12}$/, 'G- and 12 letters or digits'),
        place: z.string().min(1).max(40).exactOptional().describe('A place of that round'),
      })
      .exactOptional()
      .describe('The grid round on which it was found; only through the grid'),
  })
  .describe('A report of a dispute, from the grid, the police, a department or a resident');
export type Report = z.infer<typeof reportSchema>;

/** What people say of people is not said back, not even to whoever sent it. */
const told: ReadonlySet<PropertyKey> = new Set([
  'people',
  'text',
  'note',
  'reason',
  'words',
  'verified',
  'settlement',
  'contact',
  'newFacts',
  'agent',
  'ownData',
]);

/** The issues of a zod error as faults: path, the value that stands there, what is allowed. */
export function faultsOf(error: z.ZodError, input: unknown): Fault[] {
  return error.issues.map((issue) => {
    const value = issue.path.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
      input,
    );
    const allowed =
      issue.code === 'invalid_value' ? issue.values.map((v) => JSON.stringify(v)).join(', ') : issue.message;
    const personal = issue.path.some((part) => told.has(part));
    return { path: issue.path.join('.') || '(whole)', value: personal ? '(not repeated)' : short(value), allowed };
  });
}

const short = (value: unknown): unknown => {
  if (value === undefined) return null;
  // A whole part of the request may hold what people say of people.
  if (typeof value === 'object' && value !== null) return '(not repeated)';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : value;
};

/** @throws InputInvalid with every fault at once. */
export function parseReport(input: unknown): Report {
  const parsed = reportSchema.safeParse(input);
  if (!parsed.success) throw new InputInvalid(faultsOf(parsed.error, input));
  return parsed.data;
}

export const reportIdOf = (report: Pick<Report, 'channel' | 'sourceId'>): string =>
  `${report.channel}/${report.sourceId}`;

/** The facts without words and spans, each distinct one once. */
export function bareFacts(report: Report): Fact[] {
  const distinct = new Map<string, Fact>();
  for (const { type, value, negated, hearsay } of report.facts) {
    const fact: Fact = {
      type,
      ...(typeof value === 'number' && value > 0 ? { value } : {}),
      ...(negated ? { negated } : {}),
      ...(hearsay ? { hearsay } : {}),
    };
    distinct.set(`${type} ${negated} ${hearsay}`, fact);
  }
  return [...distinct.values()].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Full years at the instant, from the date of birth or the id number; undefined when neither is known. */
export function ageOf(person: Person, at: number): number | undefined {
  const born = person.bornOn ?? person.idNumber?.slice(6, 14).replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  if (born === undefined) return undefined;
  const today = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
  return Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(5) < born.slice(5) ? 1 : 0);
}
