/** What reports say of people: it may stand nowhere but sealed. */
import type { Report } from '../../shared/domain/report.ts';

/** So long a run of letters is nobody's but the report's. */
const telling = 8;

export const secretsIn = (reports: readonly Report[]): ReadonlySet<string> =>
  new Set(
    reports.flatMap(({ people, text, settlement }) => [
      ...people.flatMap(ofPerson),
      ...phrasesIn(text),
      ...phrasesIn(settlement?.agreement ?? ''),
    ]),
  );

const ofPerson = ({ name, idNumber, phone, address, contact }: Report['people'][number]): string[] =>
  [name, idNumber, phone, address, contact?.reach].filter((said) => said !== undefined);

const phrasesIn = (text: string): string[] =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((run) => run.length >= telling);
