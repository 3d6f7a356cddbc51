/**
 * Random lives: what a month may bring to a city, drawn from a seed. Everybody in it is invented: identity numbers begin with
 * the area code 999999, phones with 138000.
 */
import fc from 'fast-check';
import { iso } from '../../shared/calendar/calendar.ts';
import type { City } from '../../shared/config/city.ts';
import { type FactType, factTypes } from '../../shared/domain/facts.ts';
import type { Person, Report } from '../../shared/domain/report.ts';
import { idNumberHolds } from '../../shared/domain/report.ts';
import { type Channel, channels, disputeTypes, referralKinds } from '../../shared/domain/words.ts';

const minute = 60_000;
const days = 30;

/** A Monday in winter: the spring festival, with its working weekends, lies in the two months after it. */
export const firstDay = Date.parse('2026-01-05T00:00:00+08:00');

const dangers: readonly FactType[] = [
  'threat_to_kill',
  'threat_to_harm',
  'weapon_present',
  'weapon_access',
  'physical_assault',
  'injury',
  'stalking_harassment',
  'property_damage',
];
const others = factTypes.filter((type) => !dangers.includes(type));

const stems = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'] as const;
const named = (surname: string, i: number): string =>
  `${surname}${stems[Math.floor(i / 10) % 10] ?? ''}${stems[i % 10] ?? ''}`;

/** Born in that year, with the checksum that belongs to it. */
function idNumberOf(year: number, i: number): string {
  const start = `999999${year}0315${String(i).padStart(3, '0')}`;
  const found = [...'0123456789X'].map((last) => `${start}${last}`).find(idNumberHolds);
  if (found === undefined) throw new RangeError(`no checksum fits ${start}`);
  return found;
}

const contact = fc.constantFrom<NonNullable<Person['contact']>>(
  { channel: 'sms', never: [] },
  { channel: 'sms', from: '09:00', to: '11:30', never: ['家里的座机'] },
  { channel: 'voice', from: '19:00', to: '21:30', never: [] },
  { channel: 'e-mail', reach: 'somebody@example.org', never: [] },
  { channel: 'none', never: [] },
);

const often = (weight: number) => ({ weight, arbitrary: fc.constant(true) });
const chance = (percent: number) => fc.oneof(often(percent), { weight: 100 - percent, arbitrary: fc.constant(false) });
const maybe = <T>(percent: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  chance(percent).chain((is): fc.Arbitrary<T | undefined> => (is ? arbitrary : fc.constant(undefined)));

/** Few enough of each that they come again, in other roles too. */
const asker: fc.Arbitrary<Person> = fc
  .record({ i: fc.nat(59), known: chance(80), role: fc.constantFrom('complainant' as const, 'affected' as const) })
  .chain(({ i, known, role }) =>
    maybe(known ? 45 : 0, contact).map((reach) => ({
      role,
      ...(known ? { name: named('钱', i), phone: `138000${String(10_000 + i)}` } : {}),
      ...(known && i % 3 === 0 ? { address: `钱家弄${i + 1}号` } : {}),
      ...(reach ? { contact: reach } : {}),
    })),
  );

/** One in twelve is a child, whom nobody is concerned about but for their protection. */
const other: fc.Arbitrary<Person> = fc
  .record({ i: fc.nat(49), known: fc.constantFrom('id', 'id', 'phone', 'phone', 'name', 'nothing') })
  .map(({ i, known }) => ({
    role: 'respondent' as const,
    ...(known === 'nothing' ? {} : { name: named('孙', i) }),
    ...(known === 'id' ? { idNumber: idNumberOf(i % 12 === 0 ? 2012 : 1970 + (i % 30), i) } : {}),
    ...(known === 'phone' ? { phone: `138000${String(20_000 + i)}` } : {}),
  }));

const child: fc.Arbitrary<Person> = fc
  .nat(9)
  .map((i) => ({ role: 'child', name: named('李', i), bornOn: '2016-05-01' }));

const factsOf = (dangerous: boolean): fc.Arbitrary<FactType[]> =>
  fc
    .tuple(
      fc.subarray([...dangers], { minLength: dangerous ? 1 : 0, maxLength: dangerous ? 4 : 0 }),
      fc.subarray([...others], { maxLength: 3 }),
    )
    .map(([event, rest]) => [...event, ...rest]);

const verifiedBy = (channel: Channel) => ({ by: channel === 'police' ? '派出所' : '经办单位', how: '上门查看并询问' });

/** A report without its number, and the minute at which it comes in. */
const life = (city: City): fc.Arbitrary<Omit<Report, 'sourceId'>> =>
  fc
    .record({
      channel: fc.constantFrom(...channels),
      at: fc.nat(days * 1440 - 1),
      area: fc.constantFrom(...city.areas.filter(({ tier }) => tier !== city.tiers.at(-1)).map(({ code }) => code)),
      disputeType: fc.oneof(
        { weight: 88, arbitrary: fc.constantFrom(...disputeTypes) },
        { weight: 12, arbitrary: fc.constant('none' as const) },
      ),
      dangerous: chance(40),
      askers: fc.array(asker, { maxLength: 2 }),
      others: fc.array(other, { minLength: 1, maxLength: 2 }),
      child: maybe(15, child),
      before: maybe(40, fc.nat(5 * 1440)),
      verified: chance(35),
      settled: chance(8),
      help: maybe(50, fc.subarray([...referralKinds], { minLength: 1, maxLength: 2 })),
      negated: fc.nat(9),
    })
    .chain(({ dangerous, ...given }) => factsOf(dangerous).map((types) => ({ ...given, types })))
    .map((given) => reportOf(given));

interface Given {
  readonly channel: Channel;
  readonly at: number;
  readonly area: string;
  readonly disputeType: Report['disputeType'];
  readonly askers: readonly Person[];
  readonly others: readonly Person[];
  readonly child: Person | undefined;
  readonly before: number | undefined;
  readonly verified: boolean;
  readonly settled: boolean;
  readonly help: Report['help'] | undefined;
  readonly negated: number;
  readonly types: readonly FactType[];
}

function reportOf(given: Given): Omit<Report, 'sourceId'> {
  const { channel, area, disputeType, before, types, settled, help } = given;
  const at = firstDay + given.at * minute;
  const seen = channel !== 'resident';
  return {
    channel,
    source: '某单位',
    reportedAt: iso(at),
    ...(before === undefined ? {} : { occurredAt: iso(at - before * minute) }),
    area,
    disputeType,
    text: '随机故事中的双方争执情形。',
    facts: types.map((type, i) => ({
      type,
      value: type === 'amount_cny' || type.startsWith('prior_') ? 2 : true,
      start: 0,
      end: 4,
      // One of ten, in one report of ten, did not happen.
      negated: given.negated === i,
      hearsay: given.negated === i + 1,
    })),
    people: [...given.askers, ...given.others, ...(given.child ? [given.child] : [])],
    ...(seen && given.verified ? { verified: verifiedBy(channel) } : {}),
    ...(seen && settled && disputeType !== 'none'
      ? { settlement: { agreement: '双方互相道歉，今后和睦相处，不再追究。' } }
      : {}),
    ...(disputeType === 'none' && help ? { help } : {}),
  };
}

/** So many lives, each line a report: the file of a replay. */
export const livesFor = (city: City, seed: number, count: number): string =>
  fc
    .sample(life(city), { seed, numRuns: count })
    .map((report, i) => `${JSON.stringify({ ...report, sourceId: `L${seed}-${i}` })}\n`)
    .join('');
