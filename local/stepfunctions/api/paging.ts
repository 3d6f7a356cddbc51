import { StepFunctionsError } from '../errors.ts';

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** AWS gives a hundred where nothing or 0 is asked for, and at most a thousand. */
const usual = 100;
const most = 1000;

const tokenOf = (offset: number): string => Buffer.from(`page ${offset}`).toString('base64url');

/** @throws StepFunctionsError `InvalidToken` where the token was not given by `withNext` */
export function pageOf({ maxResults, nextToken }: Readonly<Record<string, unknown>>): Page {
  const limit = Math.min(Number(maxResults ?? usual) || usual, most);
  if (nextToken === undefined) return { offset: 0, limit };
  const [, offset] = /^page (\d{1,15})$/.exec(Buffer.from(String(nextToken), 'base64url').toString()) ?? [];
  if (offset === undefined) throw new StepFunctionsError('InvalidToken', `Invalid Token: '${String(nextToken)}'`);
  return { offset: Number(offset), limit };
}

/** The token of the page after this one. */
export const nextOf = ({ offset, limit }: Page, more: boolean): { nextToken?: string } =>
  more ? { nextToken: tokenOf(offset + limit) } : {};
