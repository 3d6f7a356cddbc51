/** Which way a report takes (design §5): decided by its facts and by who is of age, never by who somebody is. */
import type { Want } from './actions.ts';
import { wouldPropose } from './assessing.ts';
import type { Fact, FactType } from './facts.ts';
import { isSettled } from './ordinary.ts';
import { helpWanted, offerOf } from './referring.ts';
import { ageOf, bareFacts, type Person, type Report } from './report.ts';
import type { ReferralKind } from './words.ts';

export interface Route {
  /** Nothing to settle and nobody to help: the report is kept, no dispute opens. */
  readonly kind: 'enquiry' | 'dispute' | 'case' | 'referral';
  readonly facts: readonly Fact[];
  /** The person of concern; only with `case`. */
  readonly concern?: Person;
  /** The work that the dispute or referral itself calls for. */
  readonly wants: readonly Want[];
  /** What is to be offered; only with `referral`. */
  readonly help?: readonly ReferralKind[];
}

const adult = 18;

export function routeOf(report: Report, at: number): Route {
  const facts = bareFacts(report);
  const told = (type: FactType) => facts.some((fact) => fact.type === type && !fact.negated);
  const respondents = report.people.filter((person) => person.role === 'respondent');
  const minor = (person: Person) => (ageOf(person, at) ?? adult) < adult;
  // Nobody under 18 is ever a person of concern: a child is protected, not flagged (S13).
  const concern = respondents.find((person) => !minor(person));
  const violent = told('physical_assault') || told('weapon_present') || told('injury');
  const child =
    respondents.some(minor) || (violent && report.people.some((person) => person.role === 'child' || minor(person)));
  const danger = concern !== undefined && wouldPropose(facts) !== 'none';
  const crisis = told('threat_self_harm');
  const help: Want[] = [];
  if (child) help.push({ kind: 'child-protection' });
  if (crisis) help.push({ kind: 'crisis-help' });
  if (danger) return { kind: 'case', facts, concern, wants: help };
  const wanted = helpWanted(report, facts);
  // Whoever asks for help and speaks of self-harm too is helped in one place.
  const helpOnly = !child && (report.help !== undefined || !crisis);
  if (wanted.length > 0 && helpOnly) {
    return { kind: 'referral', facts, wants: [...help, ...offerOf(wanted)], help: wanted };
  }
  if (help.length > 0) return { kind: 'dispute', facts, wants: help };
  if (report.disputeType === 'none') return { kind: 'enquiry', facts, wants: [] };
  return { kind: 'dispute', facts, wants: isSettled(report) ? [] : [{ kind: 'settle' }] };
}

/** By what a person is found again: the identity number, else the phone. */
export const identityOf = (person: Person): string | undefined =>
  person.idNumber !== undefined
    ? `id ${person.idNumber}`
    : person.phone !== undefined
      ? `phone ${person.phone}`
      : undefined;

/** The identities of both sides; undefined where one is unknown. */
export function sidesOf(report: Report): readonly [string, string] | undefined {
  const side = (role: Person['role']) =>
    report.people
      .filter((person) => person.role === role)
      .map(identityOf)
      .find((identity) => identity !== undefined);
  const one = side('complainant') ?? side('affected');
  const other = side('respondent');
  return one === undefined || other === undefined ? undefined : [one, other];
}

const asking: readonly Person['role'][] = ['complainant', 'affected'];

const askingIn = ({ people }: Report): Person[] => people.filter(({ role }) => asking.includes(role));

/** Who wants help where there is no dispute; undefined where unknown. */
export const askingOf = (report: Report): string | undefined =>
  askingIn(report)
    .map(identityOf)
    .find((identity) => identity !== undefined);

const plain = (words: string): string => words.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Who tells it: the source as it was written, and whoever it comes from, by a number or else by name. */
export function reporterOf(report: Report): string {
  const name = askingIn(report).find((person) => person.name !== undefined)?.name;
  return `${plain(report.source)} ${askingOf(report) ?? plain(name ?? 'unknown')}`;
}

/** By what a dispute is found again: both sides and the matter. */
export function pairOf(report: Report): string | undefined {
  const sides = sidesOf(report);
  return sides && `${[...sides].sort().join(' and ')} about ${report.disputeType}`;
}
