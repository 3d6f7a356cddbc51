/** Identifiers that are a function of what they name, so that whoever repeats a step names the same thing. */
import { createHash } from 'node:crypto';

export type CaseId = `C-${string}`;
export type DisputeId = `D-${string}`;
/** Help without a dispute. */
export type ReferralId = `H-${string}`;
/** A grid round: places to look at on a day. */
export type RoundId = `G-${string}`;
/** A log is the numbered actions of one of these. */
export type LogId = CaseId | DisputeId | ReferralId | RoundId;
/** Where people and their words are kept: in a dispute, or with who asks for help. */
export type FolderId = DisputeId | ReferralId;
/** What parties agreed on: kept apart from the dispute or case that it came of. */
export type AgreementId = `B-${string}`;
/** The public handle of a task: `<logId>.<kind>-<k>`. */
export type TaskId = `${LogId}.${string}`;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** The first 60 bits of the SHA-256 of the text, in Crockford's base 32. */
export function shortHash(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  let bits = digest.readBigUInt64BE(0) >> 4n;
  let out = '';
  for (let i = 0; i < 12; i++) {
    out = `${alphabet[Number(bits & 31n)]}${out}`;
    bits >>= 5n;
  }
  return out;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const caseIdFor = (reportId: string): CaseId => `C-${shortHash(`case ${reportId}`)}`;
export const disputeIdFor = (reportId: string): DisputeId => `D-${shortHash(`dispute ${reportId}`)}`;
export const referralIdFor = (reportId: string): ReferralId => `H-${shortHash(`referral ${reportId}`)}`;
export const roundIdFor = (key: string): RoundId => `G-${shortHash(`round ${key}`)}`;

/** @param of the task or report that it came of */
export const agreementIdFor = (log: LogId, of: string): AgreementId => `B-${shortHash(`agreement ${log} ${of}`)}`;
export const isAgreementId = (text: string): text is AgreementId => /^B-[0-9a-z]{12}$/.test(text);

/** Whoever sends a command again under its key names the same note. */
export const noteIdFor = (log: LogId, key: string): string => shortHash(`note ${log} ${key}`);

export const isLogId = (text: string): text is LogId => /^[CDGH]-[0-9a-z]{12}$/.test(text);
export const isCaseId = (text: string): text is CaseId => isLogId(text) && text.startsWith('C-');
export const isDisputeId = (text: string): text is DisputeId => isLogId(text) && text.startsWith('D-');
export const isReferralId = (text: string): text is ReferralId => isLogId(text) && text.startsWith('H-');
export const isFolderId = (text: string): text is FolderId => isDisputeId(text) || isReferralId(text);
export const isRoundId = (text: string): text is RoundId => isLogId(text) && text.startsWith('G-');

export function splitTaskId(taskId: string): { logId: LogId; task: string } | undefined {
  const [logId = '', task = '', ...rest] = taskId.split('.');
  if (!isLogId(logId) || rest.length > 0 || !/^[a-z-]+-\d{1,4}$/.test(task)) return undefined;
  return { logId, task };
}

/** JSON with sorted keys and without undefined, so that equal values have equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Where somebody is named: `<report>#<place among its people>`. */
export const placeIn = ({ report, i }: { readonly report: string; readonly i: number }): string => `${report}#${i}`;
