import { StepFunctionsError } from '../errors.ts';

/** A page of a list that goes on behind `after`, whatever was added to the list meanwhile. */
export interface Page {
  readonly after?: string;
  readonly limit: number;
}

/** AWS gives a hundred where nothing or 0 is asked for, and at most a thousand. */
const usual = 100;
const most = 1000;
const mark = 'after ';

/** @throws StepFunctionsError `InvalidToken` where the token was not given by `nextOf` */
export function pageOf({ maxResults, nextToken }: Readonly<Record<string, unknown>>): Page {
  const limit = Math.min(Number(maxResults ?? usual) || usual, most);
  if (nextToken === undefined) return { limit };
  const text = Buffer.from(String(nextToken), 'base64url').toString();
  if (!text.startsWith(mark)) throw new StepFunctionsError('InvalidToken', `Invalid Token: '${String(nextToken)}'`);
  return { limit, after: text.slice(mark.length) };
}

/** The same, of a list whose elements are numbered. @throws StepFunctionsError `InvalidToken` */
export function numberedPageOf(request: Readonly<Record<string, unknown>>): { after?: number; limit: number } {
  const { after, limit } = pageOf(request);
  if (after === undefined) return { limit };
  if (!/^\d{1,15}$/.test(after)) {
    throw new StepFunctionsError('InvalidToken', `Invalid Token: '${String(request.nextToken)}'`);
  }
  return { limit, after: Number(after) };
}

/** The token of the page after the last element of this one; none where there is no more. */
export const nextOf = (last: string | number | undefined, more: boolean): { nextToken?: string } =>
  more && last !== undefined ? { nextToken: Buffer.from(`${mark}${last}`).toString('base64url') } : {};
