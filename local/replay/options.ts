/** What both commands have in common on their command line. */
import { parseArgs } from 'node:util';

/** The command line cannot be understood: one sentence. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions';
}

type Kinds = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

export interface Given {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly files: readonly string[];
}

/** @throws BadOptions */
export function optionsIn(args: readonly string[], options: Kinds, usage: string): Given {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: { ...values } as Given['values'], files: positionals };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
    throw new BadOptions(`${why}. Usage: ${usage}`);
  }
}

/** @throws BadOptions */
export function wholeNumber(
  given: string | boolean | undefined,
  name: string,
  from: number,
  to: number,
): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (typeof given === 'string' && /^\d{1,10}$/.test(given) && number >= from && number <= to) return number;
  throw new BadOptions(`--${name} ${given}: a whole number from ${from} to ${to} is allowed.`);
}

export const text = (given: string | boolean | undefined): string | undefined =>
  typeof given === 'string' ? given : undefined;

export const defaultCity = 'taizhou';
export const defaultSeed = 7;
