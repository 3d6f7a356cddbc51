/**
 * Who holds a post. Accountable is always the post; people hold it from-to, and where none of them is there its deputy acts.
 * So an absence moves the tasks of a post to its deputy at once, without anything being written. Pure.
 */
import { iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { type Fault, InputInvalid } from '../errors.ts';
import { isIn, overlap, type Span, type Stretch, turns } from './spans.ts';

export interface Holding extends Span {
  readonly person: string;
}

export interface Absence extends Stretch {
  readonly person: string;
}

/** One version of a post's record: the newest counts, the earlier ones are its history. */
export interface PostRecord {
  readonly schema: 1;
  readonly post: string;
  readonly n: number;
  readonly at: number;
  readonly by: { readonly person: string; readonly post: string };
  readonly reason: string;
  /** Of the command that wrote it: repeated by the same person, it is answered and not applied again. */
  readonly key: string;
  readonly holders: readonly Holding[];
  readonly deputy: Holding | null;
  readonly absences: readonly Absence[];
}

/** Through what somebody acts for a post. */
export type Through = 'holder' | 'deputy' | 'founder';

/** What a new version is written with. */
export type Made = Pick<PostRecord, 'at' | 'by' | 'reason' | 'key'>;

/** What a command says of a post: all its holders and its deputy, in place of those before. */
export type Staffing = Pick<PostRecord, 'holders' | 'deputy'>;

const isAbsent = ({ absences }: PostRecord, person: string, at: number): boolean =>
  absences.some((absence) => absence.person === person && isIn(at, absence));

const peopleAt = (holdings: readonly Holding[], at: number): string[] => [
  ...new Set(holdings.filter((holding) => isIn(at, holding)).map(({ person }) => person)),
];

/** Those who hold the post and are there. */
const presentHolders = (record: PostRecord, at: number): string[] =>
  peopleAt(record.holders, at).filter((person) => !isAbsent(record, person, at));

const presentDeputy = (record: PostRecord, at: number): string[] =>
  peopleAt(record.deputy ? [record.deputy] : [], at).filter((person) => !isAbsent(record, person, at));

/** Who acts for the post at an instant: the holders who are there, and where none is, the deputy. */
export function actingPeople(record: PostRecord, at: number): string[] {
  const holders = presentHolders(record, at);
  return holders.length > 0 ? holders : presentDeputy(record, at);
}

/** The post whose holders name all others. */
export function administratorPost(city: City): string {
  const duty = city.duties.find(({ role }) => role === 'administrator');
  return `${city.code}.${duty?.id ?? 'administrator'}`;
}

/** Through what a person may act for a post; the founder for the administrator's, until the directory names one. */
export function through(
  city: City,
  post: string,
  record: PostRecord | undefined,
  person: string,
  at: number,
): Through | undefined {
  if (!record) return post === administratorPost(city) && person === city.identity.founder ? 'founder' : undefined;
  if (!actingPeople(record, at).includes(person)) return undefined;
  return presentHolders(record, at).includes(person) ? 'holder' : 'deputy';
}

/** Nobody acts for it: no holder is there, and no deputy. */
export const holderless = (record: PostRecord, at: number): boolean => actingPeople(record, at).length === 0;

const spansOf = ({ holders, deputy, absences }: PostRecord): Span[] => [
  ...holders,
  ...(deputy ? [deputy] : []),
  ...absences,
];

/** The first instant, from `from` on, at which nobody acts for it; null where that never comes. */
export const willBeHolderless = (record: PostRecord, from: number): number | null =>
  turns(spansOf(record), from).find((at) => holderless(record, at)) ?? null;

/** No holder is there and the deputy acts. */
export const isDeputised = (record: PostRecord, at: number): boolean =>
  presentHolders(record, at).length === 0 && presentDeputy(record, at).length > 0;

/** The times from `from` to `to` at which the person holds the post or is its deputy, and is not absent. */
export function servingTimes(record: PostRecord, person: string, from: number, to: number): Stretch[] {
  const named = [...record.holders, ...(record.deputy ? [record.deputy] : [])];
  const serves = (at: number) => peopleAt(named, at).includes(person) && !isAbsent(record, person, at);
  const marks = turns(spansOf(record), from).filter((at) => at < to);
  const parts = marks.map((at, i): Stretch => ({ from: at, to: marks[i + 1] ?? to }));
  return parts.filter((part) => serves(part.from)).reduce<Stretch[]>(joined, []);
}

function joined(spans: readonly Stretch[], next: Stretch): Stretch[] {
  const last = spans.at(-1);
  return last?.to === next.from ? [...spans.slice(0, -1), { from: last.from, to: next.to }] : [...spans, next];
}

const most = { holders: 20, absences: 100 };

function staffingFaults({ holders, deputy }: Staffing): Fault[] {
  const faults: Fault[] = [];
  const endsAfterItBegins = (path: string, { from, to }: Span) => {
    if (to !== null && to <= from)
      faults.push({ path: `${path}.to`, value: iso(to), allowed: `later than ${iso(from)}` });
  };
  if (holders.length > most.holders) {
    faults.push({ path: 'holders', value: holders.length, allowed: `at most ${most.holders}` });
  }
  holders.forEach((holding, i) => {
    endsAfterItBegins(`holders.${i}`, holding);
    if (holders.slice(0, i).some((other) => other.person === holding.person && overlap(other, holding))) {
      faults.push({ path: `holders.${i}`, value: holding.person, allowed: 'each person once at a time' });
    }
  });
  if (deputy) {
    endsAfterItBegins('deputy', deputy);
    if (holders.length > 0 && holders.every(({ person }) => person === deputy.person)) {
      faults.push({ path: 'deputy.person', value: deputy.person, allowed: 'somebody else than the only holder' });
    }
  }
  return faults;
}

/** The version that a change of holders makes. @throws InputInvalid */
export function changed(post: string, current: PostRecord | undefined, staffing: Staffing, made: Made): PostRecord {
  const faults = staffingFaults(staffing);
  if (faults.length > 0) throw new InputInvalid(faults);
  const { holders, deputy } = staffing;
  const named = new Set([...holders, ...(deputy ? [deputy] : [])].map(({ person }) => person));
  // What is over stands in the versions before.
  const absences = (current?.absences ?? []).filter(({ person, to }) => named.has(person) && to > made.at);
  return { schema: 1, post, n: (current?.n ?? 0) + 1, ...made, holders, deputy, absences };
}

/**
 * The version that an absence makes. It takes the place of those it overlaps of the same person: who comes back early or stays
 * away longer reports it anew, and one that ends where it begins takes another back.
 * @throws InputInvalid
 */
export function withAbsence(current: PostRecord, absence: Absence, made: Made): PostRecord {
  const { person, from, to } = absence;
  const named = [...current.holders, ...(current.deputy ? [current.deputy] : [])];
  const replaced = current.absences.filter((other) => other.person === person && isTouched(other, absence));
  const faults: Fault[] = [];
  if (!named.some((holding) => holding.person === person)) {
    faults.push({ path: 'person', value: person, allowed: `somebody who holds ${current.post} or is its deputy` });
  }
  if (to < from || (to === from && replaced.length === 0)) {
    faults.push({
      path: 'to',
      value: iso(to),
      allowed: `later than ${iso(from)}; the same only to take an absence back`,
    });
  }
  if (current.absences.length - replaced.length >= most.absences) {
    faults.push({ path: 'from', value: iso(from), allowed: `at most ${most.absences} absences of a post at a time` });
  }
  if (faults.length > 0) throw new InputInvalid(faults);
  const others = current.absences.filter((other) => !replaced.includes(other) && other.to > made.at);
  return { ...current, n: current.n + 1, ...made, absences: to > from ? [...others, absence] : others };
}

const isTouched = (other: Absence, one: Absence): boolean =>
  one.from === one.to ? isIn(one.from, other) : overlap(other, one);

/** What the change takes away: the first instant from `from` on at which somebody held the post before and nobody does after. */
function firstUnheld(current: PostRecord | undefined, next: PostRecord, from: number): number | undefined {
  const held = (record: PostRecord, at: number) => peopleAt(record.holders, at).length > 0;
  const instants = turns([...next.holders, ...(current?.holders ?? [])], from);
  return instants.find((at) => !held(next, at) && (current === undefined || held(current, at)));
}

/**
 * Whether the change leaves the post without a holder, now or later, where it had one. While it has open tasks it may not; with
 * another holder from the same instant on it does not.
 */
export const removesHolder = (current: PostRecord | undefined, next: PostRecord, from: number): boolean =>
  current !== undefined && firstUnheld(current, next, from) !== undefined;

/** The administrator's post always has a holder: without one, nobody could ever name anybody again. @throws InputInvalid */
export function keepAdministrator(city: City, next: PostRecord, from: number): void {
  if (next.post !== administratorPost(city)) return;
  const unheld = firstUnheld(undefined, next, from);
  if (unheld === undefined) return;
  const allowed = `a holder at every instant: only ${next.post} names holders, and it would have none from ${iso(unheld)}`;
  throw new InputInvalid([{ path: 'holders', value: next.holders.map(({ person }) => person), allowed }]);
}
