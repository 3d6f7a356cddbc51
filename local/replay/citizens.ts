/**
 * What people who stand in a report do in their own affairs, as the API lets them: they look at what is kept about them, contest
 * the decision that they were told of, ask for a right over their own data. When they look follows from the seed and from the
 * report; what they say, also from what they are shown.
 */
import { intoOfficeHours } from '../../shared/calendar/calendar.ts';
import type { HejieClient } from '../../shared/client/index.ts';
import type { City } from '../../shared/config/city.ts';
import { isCaseId } from '../../shared/domain/ids.ts';
import type { Person, Report } from '../../shared/domain/report.ts';
import type { Correction } from '../../shared/domain/words.ts';
import type { Somebody } from '../people.ts';
import type { Answered } from './beside.ts';
import { onGrid } from './grid.ts';
import { between, choose, draw, pick } from './random.ts';
import type { CaseView } from './says.ts';
import { type Intent, logOf, type Staff } from './staff.ts';

const minute = 60_000;
const day = 1440 * minute;

/** When they look, in days after the report, and how often of a hundred they do. */
const looks = [
  { from: 2, to: 20, often: 70 },
  { from: 21, to: 60, often: 45 },
  { from: 100, to: 330, often: 25 },
] as const;

/** Where a report went. */
export interface Receipt {
  readonly dispute?: string | null | undefined;
  readonly case?: string | null | undefined;
  readonly referral?: string | null | undefined;
}

/** Whoever has no number cannot sign in; a child does not. */
function signingIn({ role, idNumber, phone }: Person, name: string): Somebody | undefined {
  if (role === 'child' || role === 'witness' || (idNumber === undefined && phone === undefined)) return undefined;
  return {
    person: name,
    ...(idNumber === undefined ? {} : { idNumber }),
    ...(phone === undefined ? {} : { phone }),
  };
}

/** Whoever is in a report and can sign in, with the log in which they find themselves. */
function signedIn(seed: number, report: Report, receipt: Receipt): { log: string; i: number; who: Somebody }[] {
  return report.people.flatMap((person, i) => {
    const log = (person.role === 'respondent' ? receipt.case : undefined) ?? receipt.dispute ?? receipt.referral;
    const name = `citizen-${draw(seed, person.idNumber ?? '', person.phone ?? '')
      .toString(36)
      .slice(2)}`;
    const who = signingIn(person, name);
    return log && who ? [{ log, i, who }] : [];
  });
}

/** The person concerned of a case, where a report names them so that they can sign in. */
export const concernedIn = ({ seed }: Staff, report: Report, receipt: Receipt): Somebody | undefined =>
  signedIn(seed, report, receipt).find(({ log }) => log === receipt.case)?.who;

/** @param at when the report was received */
export function looksAtOwn({ city, seed }: Staff, report: Report, receipt: Receipt, at: number): Intent[] {
  return signedIn(seed, report, receipt).flatMap(({ log, i, who }) =>
    looks.flatMap(({ from, to, often }, no): Intent[] => {
      const chance = (about: string) => draw(seed, log, report.sourceId, i, no, about);
      if (chance('looks') * 100 >= often) return [];
      const when = byDay(city, at + between(from, to, chance('when')) * day);
      return [look(`look-${report.sourceId}-${i}-${no}`, when, log, who)];
    }),
  );
}

/** Soon after somebody was to tell them. */
export function looksOnceTold({ city, seed }: Staff, { taskId, key, at }: Intent, who: Somebody): Intent {
  const chance = draw(seed, taskId, key, 'once told');
  // Mostly at once.
  return look(`told-${key}`, byDay(city, at + between(0.1, 6, chance ** 3) * day), logOf(taskId), who);
}

const look = (key: string, at: number, log: string, who: Somebody): Intent => ({
  ...{ key, at, post: who.person, verb: 'own-affairs', who },
  taskId: `${log}.own-affairs`,
});

const byDay = (city: City, at: number): number => onGrid(intoOfficeHours(city, at));

type Wish = 'contest' | 'ask' | 'decline' | 'only-look';
type Chance = (about: string) => number;

/** Somebody signed in, with what they look at. */
interface Own {
  readonly client: HejieClient;
  readonly chance: Chance;
  readonly id: string;
  readonly header: { readonly 'Idempotency-Key': string };
}

/** @param readCase told of each read of a case @returns undefined where they say nothing, having looked */
export async function inOwnAffairs(
  { seed }: Staff,
  client: HejieClient,
  { key, taskId, post }: Intent,
  readCase: () => void,
): Promise<Answered<unknown> | undefined> {
  const chance = (about: string) => draw(seed, taskId, key, post, about);
  const log = logOf(taskId);
  const header = { 'Idempotency-Key': key };
  const read = await client.GET('/me/matters');
  if (read.error) return read;
  const matter = read.data.matters.find((one) => [one.case, one.dispute, one.referral].includes(log));
  if (!matter) return undefined;
  const agreed = matter.agreements?.find((one) => one.asked);
  if (agreed) {
    const outcome = chance('kept') < 0.7 ? 'kept' : 'broken';
    return client.POST('/agreements/{id}/accounts', { params: { path: { id: agreed.id }, header }, body: { outcome } });
  }
  const id = matter.part === 'respondent' ? (matter.case ?? log) : log;
  const params = { path: { id } };
  const asked = await client.GET('/matters/{id}/requests', { params });
  if (asked.error) return asked;
  const own: Own = { client, chance, id, header };
  // What they want they know before they look: whoever looks once more says the same.
  const wishes = isCaseId(id) ? { contest: 70, ask: 30, decline: 20, 'only-look': 15 } : { ask: 30, 'only-look': 15 };
  const wish = choose<Wish>(wishes, chance('wish'));
  if (wish === 'only-look') return client.GET('/matters/{id}/recipients', { params });
  if (!isCaseId(id)) return askForOwnData(own);
  const shown = await client.GET('/cases/{id}', { params });
  readCase();
  if (shown.error) return shown;
  const view: CaseView = shown.data.case;
  switch (wish) {
    case 'contest':
      return contest(own, view);
    case 'decline':
      return view.status === 'resolved'
        ? client.POST('/cases/{id}/check-ins/refusals', { params: { ...params, header }, body: {} })
        : undefined;
    case 'ask':
      return askAboutCase(own, view);
  }
}

async function contest({ client, chance, id, header }: Own, { level }: CaseView) {
  const stands = level && 'renewal' in level ? level : undefined;
  if (!stands || stands.underReview != null) return undefined;
  const facts = chance('new facts') < 0.3 ? { newFacts: found } : {};
  return client.POST('/cases/{id}/contests', { params: { path: { id }, header }, body: { reason: wronged, ...facts } });
}

const ofOwnData = ['know', 'copy', 'explain', 'transfer', 'erase', 'correct'] as const;

function askForOwnData({ client, chance, id, header }: Own): Promise<Answered<unknown>> {
  const right = pick(ofOwnData, chance('right'));
  const body =
    right === 'correct'
      ? { right, what: 'own-data' as const, ownData: { name: '（更正）', address: '更正后的住址' }, words: asking }
      : { right, words: asking };
  return client.POST('/matters/{id}/requests', { params: { path: { id }, header }, body });
}

const ofCase = ['date', 'event', 'facts', 'role'] as const satisfies readonly Exclude<Correction, 'own-data'>[];

function askAboutCase({ client, chance, id, header }: Own, { events }: CaseView): Promise<Answered<unknown>> {
  const params = { path: { id }, header };
  const what = pick(ofCase, chance('what'));
  const event = what === 'role' ? undefined : events?.find(({ state }) => state !== 'withdrawn')?.id;
  if (chance('correct') >= 0.6 || (what !== 'role' && event === undefined))
    return client.POST('/matters/{id}/requests', { params, body: { right: 'explain', words: asking } });
  const which = event === undefined ? {} : { event };
  return client.POST('/matters/{id}/requests', { params, body: { right: 'correct', what, ...which, words: asking } });
}

const asking = '请说明并提供本人在此事中的个人信息，有误的请更正。';
const wronged = '当天本人不在现场，刀是邻居自己拿出来的，决定依据的事实不对。';
const found = '当日的监控录像已经找到，可以证明本人当时在单位上班。';
