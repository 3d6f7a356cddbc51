/** Parts that many schemas of the API share. */
import * as z from 'zod';
import { citySchema } from '../../config/city.ts';
import { handleAlphabet, handleLength } from '../../domain/notices.ts';
import { disputeTypes } from '../../domain/words.ts';

export const instant = z.iso.datetime({ offset: true }).meta({ id: 'Instant', description: 'ISO 8601, e.g. in UTC' });
export const caseId = z
  .string()
  .regex(/^C-[0-9a-z]{12}$/, 'C- and 12 letters or digits')
  .meta({ id: 'CaseId', description: 'Identifier of a case' });
export const disputeId = z
  .string()
  .regex(/^D-[0-9a-z]{12}$/, 'D- and 12 letters or digits')
  .meta({ id: 'DisputeId', description: 'Identifier of a dispute' });
export const referralId = z
  .string()
  .regex(/^H-[0-9a-z]{12}$/, 'H- and 12 letters or digits')
  .meta({ id: 'ReferralId', description: 'Identifier of a referral' });
export const roundId = z
  .string()
  .regex(/^G-[0-9a-z]{12}$/, 'G- and 12 letters or digits')
  .meta({ id: 'RoundId', description: 'Identifier of a grid round' });
export const matterId = z
  .string()
  .regex(/^[CDH]-[0-9a-z]{12}$/, 'C-, D- or H- and 12 letters or digits')
  .meta({ id: 'MatterId', description: 'Identifier of a case, a dispute or a referral' });
export const agreementId = z
  .string()
  .regex(/^B-[0-9a-z]{12}$/, 'B- and 12 letters or digits')
  .meta({ id: 'AgreementId', description: 'Number of an agreement, kept apart from its dispute or case' });
export const taskId = z
  .string()
  .regex(/^[CDGH]-[0-9a-z]{12}\.[a-z-]+-\d{1,4}$/, '<case, dispute, referral or round>.<kind>-<number>')
  .meta({ id: 'TaskId', description: 'Identifier of a task: its case or dispute, its kind and number' });
export const shareId = z
  .string()
  .regex(/^C-[0-9a-z]{12}\.share-\d{1,6}$/, '<case>.share-<number>')
  .meta({ id: 'ShareId', description: 'Identifier of what is shared of a case; it grants nothing' });
export const handle = z
  .string()
  .regex(new RegExp(`^[${handleAlphabet}]{${handleLength}}$`), 'the eight characters of a call')
  .meta({ id: 'Handle', description: 'Names the task of a call; grants nothing' });
export const postId = z
  .string()
  .regex(/^\d{6}(\d{3}){0,3}\.[a-z][a-z0-9-]{0,40}$/, '<area code>.<duty>')
  .meta({ id: 'PostId', description: 'A post: area code and duty' });
export const personId = z
  .string()
  .regex(/^[\w.#@:-]{1,64}$/, '1 to 64 letters, digits and . # @ : _ -')
  .meta({ id: 'PersonId', description: 'A person as the identity provider names them' });
export const areaCode = citySchema.shape.areas.element.shape.code.meta({
  id: 'AreaCode',
  description: 'GB/T 2260 code, with township, village, grid',
});
export const disputeType = z.enum(disputeTypes).meta({ id: 'DisputeType', description: 'Kind of dispute' });

export const limit = z.coerce.number().int().min(1).max(100).default(50).describe('At most so many, 1 to 100');
export const cursor = z
  .string()
  .regex(/^[\w-]{1,800}$/, 'next of the page before')
  .optional()
  .describe('Where to go on: next of the page before');
export const next = z.string().nullable().describe('Cursor of the next page; null at the end');

export const name = z
  .strictObject({ zh: z.string(), en: z.string() })
  .meta({ id: 'Name', description: 'In both languages' });
