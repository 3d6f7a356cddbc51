/** What must be settled before a city may lead anybody's case, and when it all ends (S15). */
import * as z from 'zod';
import type { Fault } from '../errors.ts';

const word = z.string().regex(/\S/, 'a name');
const name = z.strictObject({ zh: word, en: word });

const signedDocument = z.strictObject({
  document: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\/[\w-]+\.\w+$/, 'a file in the folder beside the city file: <city>/<name>.<ending>')
    .describe('The document, below infra/cities/'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits: what sha256sum prints')
    .describe('SHA-256 of that file as it was signed'),
});

/** Where a state organ keeps what is personal (PIPL 36). */
export const regionsInChina = ['cn-north-1', 'cn-northwest-1'] as const;

/** No effort of this kind goes on for longer without being decided anew. */
const longestYears = 3;

/** Absent as a whole it is refused part by part. */
export const governanceSchema = z.preprocess(
  (given) => given ?? {},
  z
    .strictObject({
      impactAssessment: signedDocument
        .extend({ signed: z.iso.date().describe('Day of the signature; a synthesis needs one of the last 12 months') })
        .describe('Impact assessment (PIPL 55–56)'),
      legalBasis: signedDocument.describe('The duties of law that each purpose rests on (PIPL 13, 34)'),
      reviewer: z
        .strictObject({
          name: name.describe('Who it is, as the notice to the person concerned names them'),
          body: z
            .string()
            .describe('Id of their department: that of the duty independent-reviewer, which handles nothing'),
        })
        .describe('The independent reviewer'),
      sunset: z
        .strictObject({
          date: z.iso
            .date()
            .describe(`Last day on which anything new opens; at most ${longestYears} years after the signature`),
          takesOver: name.describe('Whom people turn to afterwards'),
          phone: z
            .string()
            .regex(/^\d[\d-]{2,12}$/, 'a telephone number')
            .describe('Their number'),
        })
        .describe('The end: open cases run to theirs, nothing new begins'),
      data: z
        .strictObject({
          region: z
            .string()
            .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region of AWS such as cn-north-1')
            .describe('Where the record is kept; a deployment elsewhere is refused'),
          stateOrgan: z.boolean().describe('A state organ handles the data: it stays in China'),
        })
        .describe('Where the data lies'),
    })
    .describe('The gate: without all of this a city is not synthesized'),
);

export type Governance = z.output<typeof governanceSchema>;

/** A calendar date so many years away; the 29th of February compares as the day before the 1st of March. */
export const yearsLater = (date: string, years: number): string =>
  `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`;

/** @param reviewing departments of the duty that reviews */
export function governanceFaults(
  { impactAssessment, legalBasis, reviewer, sunset, data }: Governance,
  reviewing: readonly string[] | undefined,
): Fault[] {
  const faults: Fault[] = [];
  const latest = yearsLater(impactAssessment.signed, longestYears);
  if (sunset.date > latest) {
    faults.push({ path: 'governance.sunset.date', value: sunset.date, allowed: `at the latest ${latest}` });
  }
  if (legalBasis.document === impactAssessment.document) {
    const allowed = 'a document of its own: the assessment weighs what the law allows, and is not that law';
    faults.push({ path: 'governance.legalBasis.document', value: legalBasis.document, allowed });
  }
  if (reviewing && !reviewing.includes(reviewer.body)) {
    const allowed = reviewing.join(', ') || 'the department of a duty with role independent-reviewer';
    faults.push({ path: 'governance.reviewer.body', value: reviewer.body, allowed });
  }
  if (data.stateOrgan && !regionsInChina.some((region) => region === data.region)) {
    const allowed = `for a state organ ${regionsInChina.join(', ')}`;
    faults.push({ path: 'governance.data.region', value: data.region, allowed });
  }
  return faults;
}
