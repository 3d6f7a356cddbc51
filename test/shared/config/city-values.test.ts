/** The city file is the master: whatever value of it is changed, either it is refused or something else happens. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifier } from '../../../functions/authorise-caller/verify.ts';
import { gateFaults } from '../../../infra/gate.ts';
import { machinesOf } from '../../../infra/naming.ts';
import { lineOfPost } from '../../../shared/api/post-views.ts';
import { type City, CityInvalid, parseCity } from '../../../shared/config/city.ts';
import { parseDuration } from '../../../shared/config/duration.ts';
import { regionsInChina, yearsLater } from '../../../shared/config/governance.ts';
import { leadAbove, listed, posts, responsible } from '../../../shared/config/posts.ts';
import { agreementMade, reopened } from '../../../shared/domain/afterwards.ts';
import { alertsDue, link } from '../../../shared/domain/audit.ts';
import { administratorPost, type PostRecord, through } from '../../../shared/domain/directory.ts';
import { agreementExpires, expiryOf } from '../../../shared/domain/expiry.ts';
import type { FactType } from '../../../shared/domain/facts.ts';
import { glassBroken } from '../../../shared/domain/glass.ts';
import { checkOpening } from '../../../shared/domain/governance.ts';
import { handOver } from '../../../shared/domain/handing-over.ts';
import { held } from '../../../shared/domain/holding.ts';
import { caseIdFor, disputeIdFor, roundIdFor } from '../../../shared/domain/ids.ts';
import { windows } from '../../../shared/domain/ladder.ts';
import { lengthOf } from '../../../shared/domain/lengths.ts';
import { noticeText } from '../../../shared/domain/notice-text.ts';
import { notifyAnswer } from '../../../shared/domain/noticing.ts';
import { contactWanted } from '../../../shared/domain/protective-contact.ts';
import { afterQuiet } from '../../../shared/domain/quiet.ts';
import { contestUnanswered, hardEnd } from '../../../shared/domain/reviewing-apart.ts';
import { checkPlanned, gaps, type Shift } from '../../../shared/domain/roster.ts';
import { planned } from '../../../shared/domain/screening.ts';
import { sharedWith } from '../../../shared/domain/sharing.ts';
import { tierFor } from '../../../shared/domain/stages.ts';
import type { CaseState, Task } from '../../../shared/domain/state.ts';
import { watchedUntil } from '../../../shared/domain/watching.ts';
import { purposeFor } from '../../../shared/domain/who-may/purposes.ts';
import {
  type DisputeType,
  disputeTypes,
  type Level,
  levels,
  type MeasureKind,
  measureKinds,
  postRoles,
  type TaskKind,
  taskKinds,
  urgencies,
} from '../../../shared/domain/words.ts';
import { WholeLife } from '../../support/whole-life.ts';

const file: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../../infra/cities/taizhou.json'), 'utf8'));
const taizhou = parseCity(file, 'taizhou.json');

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const grid = '331003001001001';
const mediator = '331003001001.village-mediator';
const township = '331003001.township-centre';
const county = '331003.county-centre';
const health = '331003001.township-health';
const reason = 'A knife was shown on Monday; two departments must act today.';
const changes = 'The neighbour is protected from today.';

// The values of the file, and what else each may be.

type Path = readonly (string | number)[];
interface Leaf {
  readonly path: Path;
  readonly value: string | number | boolean;
}

function* leavesOf(json: unknown, path: Path = []): Generator<Leaf> {
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') yield { path, value: json };
  else if (Array.isArray(json)) for (const [i, one] of json.entries()) yield* leavesOf(one, [...path, i]);
  else if (json !== null && typeof json === 'object') {
    for (const [key, one] of Object.entries(json)) yield* leavesOf(one, [...path, key]);
  }
}

const ids: Readonly<Record<string, readonly string[]>> = {
  tier: taizhou.tiers,
  duty: taizhou.duties.map(({ id }) => id),
  department: taizhou.departments.map(({ id }) => id),
  role: postRoles,
  kind: [...taskKinds, ...measureKinds],
  disputeTypes,
  region: regionsInChina,
};

/** Other values that might be allowed, the nearest first. */
function othersOf({ path, value }: Leaf): (string | number)[] {
  if (typeof value === 'boolean') return [];
  if (typeof value === 'number') return value < 1 ? [value + 0.1, value - 0.1] : [value + 1, value - 1];
  const duration = parseDuration(value);
  if (duration) {
    const { count, unit } = duration;
    return [count + 1, count - 1].filter((other) => other > 0).map((other) => `${other} ${unit}`);
  }
  const [time, hours = '', minutes = ''] = /^(\d\d):(\d\d)$/.exec(value) ?? [];
  if (time)
    return [Number(hours) + 1, Number(hours) - 1].map((other) => `${String(other).padStart(2, '0')}:${minutes}`);
  const [key, above] = [path.at(-1), path.at(-2)];
  const named = ids[String(typeof key === 'number' ? above : key)];
  if (named) return named.filter((other) => other !== value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) {
    return [day, -day].map((other) => new Date(Date.parse(value) + other).toISOString().slice(0, 10));
  }
  if (/^[0-9a-f]{64}$/.test(value)) return [value.replace(/.$/, (last) => (last === '0' ? '1' : '0'))];
  if (/^\d{6,15}$/.test(value)) return [value.replace(/\d$/, (last) => String((Number(last) + 7) % 10))];
  return [/[a-z]$/.test(value) ? `${value}x` : `${value}字`];
}

function changed(json: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((one, i) => (i === key ? changed(one, rest, value) : one));
  const { [key]: before, ...others } = Object(json);
  // What is undefined is left out, as a file would.
  const after = changed(before, rest, value);
  return after === undefined ? others : { ...others, [key]: after };
}

// What a city does, as production asks for it.

const areas = [grid, '331003001001', '331003001', '331003', '331000'];

/** Whose each kind of work is, at the tiers at which it is asked for; only of kinds whose rows differ from the real city's. */
function owners(city: City) {
  const rowsOf = (one: City, kind: TaskKind | MeasureKind) =>
    JSON.stringify(one.responsibility.filter((row) => row.kind === kind));
  const kinds = [...taskKinds, ...measureKinds].filter((kind) => rowsOf(city, kind) !== rowsOf(taizhou, kind));
  const isTask = (kind: TaskKind | MeasureKind): kind is TaskKind => taskKinds.some((one) => one === kind);
  return kinds.map((kind) => {
    const tiers = isTask(kind) ? [null, ...levels].map((level) => tierFor(city, kind, level)) : city.tiers;
    return [...new Set(tiers)].map((tier) =>
      areas.map((area) =>
        disputeTypes.map((disputeType) => {
          const work = { kind, disputeType, area, tier };
          return isTask(kind) ? responsible(city, work) : listed(city, work);
        }),
      ),
    );
  });
}

/** Clocks of work whose length the file says for its kind: with the level and urgency that it has when it is opened. */
function clocks(city: City) {
  const waits = ['acknowledge', 'act', 'complete'] as const;
  return taskKinds.flatMap((kind) => {
    const atALevel = kind === 'protect' || kind === 'plan';
    const of = kind === 'talk' ? (['orange', 'red'] as const) : atALevel ? levels : [null, ...levels];
    const looks = kind === 'verify' || kind === 'confirm-facts' ? urgencies : [undefined];
    return of.flatMap((level) =>
      looks.map((urgency) => {
        const { ackDue = null, actDue = null, due } = windows(city, kind, level, monday, urgency);
        const lengths = waits.map((wait) => lengthOf(city, { kind, level, urgency }, wait)?.unit ?? null);
        return [ackDue, actDue, setElsewhere.has(kind) ? null : due, lengths];
      }),
    );
  });
}
/** The end of these is set with the level, the hand-over or the message: the length of their kind is none of theirs. */
const setElsewhere: ReadonlySet<TaskKind> = new Set([
  'renew',
  'renewal-review',
  'second',
  'citizen-notice',
  'take-over',
]);

function people(city: City) {
  const record = (post: string): PostRecord => ({
    ...{ schema: 1, post, n: 1, at: monday, by: { person: 'sun', post }, reason, key: 'k', deputy: null, absences: [] },
    holders: [{ person: 'zhao', from: 0, to: null }],
  });
  const shift = (post: string): Shift => ({
    ...{ id: 's', post, person: 'zhao', channel: 'voice', from: monday, to: monday + day, withdrawn: null },
    made: { at: monday, by: { person: 'sun', post }, key: 'k' },
  });
  const plan = (to: number) => {
    try {
      checkPlanned(city, record(county), { ...shift(county), to }, monday);
      return 'planned';
    } catch (refused) {
      return refused instanceof Error ? refused.name : refused;
    }
  };
  const onDuty = [shift(county), shift('331003.county-police'), shift('331003.county-women')];
  const admin = administratorPost(city);
  return [
    Array.from({ length: 60 }, (_, i) => plan(monday + i * hour)),
    onDuty.map((_, i) => gaps(city, '331003', onDuty.slice(0, i + 1), monday, monday + day)),
    watchedUntil(city, monday),
    ['founder', 'founderx'].map((person) => through(city, admin, undefined, person, monday)),
  ];
}

const access = {
  ...{
    operation: 'read-case',
    what: 'x',
    outcome: 'shown',
    at: monday,
    person: 'p',
    post: county,
    role: 'county-centre',
  },
  ...{ correlationId: 'c', purpose: 'handling' },
};

function kept(city: City) {
  const read = { person: 'p', date: '2026-01-05', offShift: 0, alerted: [] };
  const matter = new WholeLife(city, disputeIdFor('grid/1'), monday, ordinary).state;
  const below = { ...redCase(city).state, endsAs: 'below-threshold' } as CaseState;
  return [
    link('c', undefined, access as never, city.audit.years).expires,
    Array.from({ length: 600 }, (_, reads) => alertsDue({ ...read, reads }, city.audit.bulk).length),
    expiryOf(city, matter, monday),
    expiryOf(city, below, monday),
    afterEnds(city),
    glassBroken(city, { role: 'staff', person: 'p', post: county }, monday),
    Array.from({ length: 48 }, (_, half) => afterQuiet(city, monday + half * 30 * minute)),
  ];
}

/** A case that has closed: how long it is kept, may be held, is taken up again; and an agreement. */
function afterEnds(city: City) {
  const closed = { ...redCase(city).state, status: 'closed', endedAt: monday } as CaseState;
  const days = Array.from({ length: 400 }, (_, i) => monday + i * day);
  const isDone = (what: () => unknown): boolean => {
    try {
      return Boolean(what());
    } catch {
      return false;
    }
  };
  return [
    ([null, 'lapsed'] as const).map((endsAs) => expiryOf(city, { ...closed, endsAs }, monday)),
    days.map((at) => [
      isDone(() => reopened(city, closed, at)),
      isDone(() => held(city, closed, [], { until: at }, monday)),
    ]),
    agreementMade(city, closed.id, 'measure-1', monday),
    agreementExpires(city, { on: monday }),
  ];
}

const ordinary = {
  kind: 'reported',
  report: 'grid/1',
  channel: 'grid',
  area: grid,
  disputeType: 'neighbour',
  owner: mediator,
  wants: [{ kind: 'settle' }],
} as const;

/** Tries, waiting, more time, hands. */
function ordinaryLife(city: City) {
  const due = (life: WholeLife, more: number) => {
    const end = Object.values(life.state.tasks)[0]?.due ?? 0;
    return { until: new Date(end + more).toISOString(), reason: 'The parties meet again before the Spring Festival.' };
  };
  const life = new WholeLife(city, disputeIdFor('grid/1'), monday, ordinary);
  const paused = { waitingFor: 'court', note: 'The court sends its papers.' };
  for (let i = 0; i < 2; i += 1) life.try('settle', 'attempt');
  for (const more of [15.5, 15, 14, 14, 14]) life.try('settle', 'extend', due(life, more * day));
  life.try('settle', 'pause', paused).pass(32 * day);
  for (let i = 0; i < 3; i += 1) life.try('settle', 'hand-off', { to: health }).try('settle', 'decline', { reason });
  life
    .try('settle', 'hand-off', { to: health })
    .pass(2 * day)
    .try('settle', 'attempt')
    .try('settle', 'attempt');
  return life.try('settle', 'attempt').told;
}

const facts = (...types: FactType[]) => types.map((type) => ({ type }));

const redCase = (city: City, disputeType: DisputeType = 'neighbour', verified = true) =>
  new WholeLife(city, caseIdFor('police/1'), monday, {
    ...{ kind: 'reported', report: 'police/1', channel: 'police', area: grid, disputeType, owner: township },
    event: {
      id: 'E-1',
      at: monday,
      facts: facts('threat_to_kill', 'weapon_present'),
      ...(verified ? { verified: 'p' } : {}),
    },
  });

const calls = [
  { person: 'zhao', channel: 'voice' },
  { person: 'qian', channel: 'sms' },
] as const;

const measures = (count: number) => ({
  outcome: 'planned',
  measures: Array.from({ length: count }, () => ({ kind: 'interpreter' })),
});

function lifeAt(city: City, level: Level) {
  const life = redCase(city).pass(hour, calls);
  const choice = level === 'red' ? { outcome: 'confirm' } : { outcome: 'lower', level };
  const decision = { ...choice, reason, changes, events: ['E-1'] };
  life.try('decide', 'answer', decision, { usedBefore: 2 }).pass(2 * hour, calls);
  life.try('second', 'answer', { outcome: 'agree' }).try('protect', 'answer', { outcome: 'protected' });
  for (const count of [9, 4, 2]) life.try('plan', 'answer', measures(count));
  life.pass(day);
  for (let i = 0; i < 4; i += 1) life.try('measure', 'answer', { outcome: 'done' });
  return life.try('resolve', 'answer', { outcome: 'resolved' }).told;
}

/** Nobody does anything any more: red lapses, and so does what it becomes. */
function silence(city: City) {
  const life = redCase(city);
  life.try('decide', 'answer', { outcome: 'confirm', reason, changes, events: ['E-1'] });
  const alone = redCase(city).try('decide', 'answer', { outcome: 'confirm', reason, changes, events: ['E-1'] });
  life.try('second', 'answer', { outcome: 'agree' });
  return [life.pass(15 * day).told, alone.pass(2 * day).told];
}

function danger(city: City) {
  const life = redCase(city, 'neighbour', false);
  const { state } = life;
  if (state.subject !== 'case') throw new Error('no case');
  return [contactWanted(city, state, monday), life.pass(hour, calls).told];
}

/** For how long part of a case may be shared. */
function sharing(city: City) {
  const life = redCase(city);
  life.try('decide', 'answer', { outcome: 'confirm', reason, changes, events: ['E-1'] });
  const { state } = life;
  if (state.subject !== 'case') throw new Error('no case');
  const by = { role: 'staff', person: 'p', post: state.owner } as const;
  const body = { to: health, need: 'counselling', fields: ['events' as const], reason } as const;
  return Array.from({ length: 60 }, (_, i) => {
    try {
      const until = new Date(monday + (i + 1) * 12 * hour).toISOString();
      return sharedWith({ city, state, by, at: monday }, { ...body, fields: [...body.fields], until });
    } catch (refused) {
      return String(refused);
    }
  });
}

/** The notice to the person concerned: put off, forewarned, worded; and the case offered to another. */
function notices(city: City) {
  const life = redCase(city, 'intimate_partner');
  life.try('decide', 'answer', { outcome: 'confirm', reason, changes, events: ['E-1'] });
  life.try('protect', 'answer', { outcome: 'protected' });
  const { state } = life;
  if (state.subject !== 'case') throw new Error('no case');
  life.try('forewarn', 'answer', { outcome: 'told', safetyPlan: 'kept' });
  const by = { role: 'staff', person: 'p', post: county } as const;
  const since = { ...state, notice: { ...state.notice, since: monday - 80 * day } };
  const off = (of: CaseState) =>
    notifyAnswer({ city, state: of, by, at: monday }, { outcome: 'deferred', ground: 'hinders-duty', note: reason });
  const given = {
    city,
    state,
    by: { ...by, post: state.owner },
    at: monday,
    key: 'k',
    to: '331002.county-centre',
    reason,
  };
  return [noticeText(city, state), off(state), off(since), life.told, handOver(given).draft.content];
}

/** What a person asked for: until when it is answered, and who looks at a red that nobody answered for. */
function asked(city: City) {
  const life = redCase(city).try('decide', 'answer', { outcome: 'confirm', reason, changes, events: ['E-1'] });
  const { state } = life;
  const task = { no: 'contest-1', kind: 'contest' } as Task;
  return [
    (['contest', 'correction', 'rights-request'] as const).map((kind) => hardEnd(city, { kind, from: monday })),
    disputeTypes.map((disputeType) => contestUnanswered(city, { ...state, disputeType } as CaseState, task, monday)),
  ];
}

const rounds = (city: City) =>
  planned(city, roundIdFor('round'), { area: grid, day: '2026-01-06', places: ['东门'] }, monday);

/** What the gate says at the ends of its times, and what is said to whoever comes after the sunset. */
function governed(city: City) {
  const { impactAssessment, sunset } = taizhou.governance;
  const dates = [impactAssessment.signed, yearsLater(impactAssessment.signed, 1), sunset.date];
  const late = Date.parse(`${sunset.date}T12:00:00+08:00`);
  const opening = (at: number) => {
    try {
      return checkOpening(city, at);
    } catch (refused) {
      return refused instanceof Error ? refused.message : refused;
    }
  };
  return [
    dates.map((today) => gateFaults(city.governance, documents, { today, region: taizhou.governance.data.region })),
    [late, late + day].map(opening),
  ];
}
const documents = join(import.meta.dirname, '../../../infra/cities');
const definitions = join(import.meta.dirname, '../../../statemachines');

const signing = generateKeyPair('ES256', { extractable: true });

/** One token of the real city’s provider, at instants around its end. */
async function tokens(city: City) {
  const { privateKey, publicKey } = await signing;
  const issuer = taizhou.identity.issuer;
  const jwks_uri = `${issuer}/keys`;
  const answers = (url: string) =>
    Response.json(url === jwks_uri ? { keys: [{ ...keys, kid: 'k', alg: 'ES256' }] } : { issuer, jwks_uri });
  const keys = await exportJWK(publicKey);
  const claims = { purpose: 'handling', id_number: '999999198001010011', phone_number: '13800000001' };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer(issuer)
    .setAudience(taizhou.identity.audience)
    .setSubject('zhao')
    .setIssuedAt(monday / 1000)
    .setExpirationTime((monday + hour) / 1000)
    .sign(privateKey);
  const verify = verifier(city.identity, async (url) => answers(String(url)));
  return Promise.all(
    [29, 30, 31].map((seconds) =>
      verify(token, monday + hour + seconds * 1000 - 1).catch((refused: unknown) => String(refused)),
    ),
  );
}

const does: readonly ((city: City) => unknown)[] = [
  (city) => posts(city).map((id) => [lineOfPost(city, id, undefined, monday), leadAbove(city, id) ?? null]),
  (city) => posts(city).map((id) => purposeFor(lineOfPost(city, id, undefined, monday).role)),
  owners,
  clocks,
  people,
  kept,
  ordinaryLife,
  danger,
  sharing,
  notices,
  governed,
  asked,
  rounds,
  ...levels.map((level) => (city: City) => lifeAt(city, level)),
  silence,
  tokens,
  (city) => machinesOf(new Stack(), city.id, definitions).taskName,
];

describe('a value of the city file', () => {
  const known = does.map(async (what) => JSON.stringify(await what(taizhou)));

  /** What comes of a change: refused, something else happens, or nothing. */
  async function comesOf({ path }: Leaf, value: string | number): Promise<'refused' | 'counts' | 'nothing'> {
    let city: City;
    try {
      city = parseCity(changed(file, path, value), 'taizhou.json');
    } catch (refused) {
      if (!(refused instanceof CityInvalid)) throw refused;
      expect(refused.faults.every((fault) => fault.path !== '')).toBe(true);
      return 'refused';
    }
    for (const [i, what] of does.entries()) {
      if (JSON.stringify(await what(city)) !== (await known[i])) return 'counts';
    }
    return 'nothing';
  }

  it('that changes nothing does not exist', async () => {
    const idle: string[] = [];
    for (const leaf of leavesOf(file)) {
      const idly: (string | number)[] = [];
      for (const other of othersOf(leaf)) {
        const outcome = await comesOf(leaf, other);
        if (outcome === 'nothing') idly.push(other);
        // One that is allowed and counts is enough: a tier without rows of its own is the next one up.
        if (outcome === 'counts') {
          idly.length = 0;
          break;
        }
      }
      if (idly.length > 0) idle.push(`${leaf.path.join('.')}: ${leaf.value} or ${idly.join(', ')}`);
    }
    expect(idle).toEqual([]);
  }, 120_000);

  it.each<[Path, unknown, string]>([
    [['sla', 'plan', 'complete'], '5 working days', 'levels.*.plan'],
    [['sla', 'verify', 'complete'], '24 hours', 'urgency'],
    [['sla', 'second-deferral', 'acknowledge'], '1 working day', 'sla.second-deferral.complete'],
    [['sla', 'decide', 'levels', 'red', 'complete'], '2 hours', 'levels.*.decide'],
    [['sla', 'renew'], { acknowledge: '1 day', complete: '14 days' }, 'levels.*.lapse'],
    [['sla', 'settle', 'complete'], undefined, 'a duration'],
    [['sla', 'settle'], undefined, 'its windows'],
    [['rights', 'contest'], '11 days', 'at most 10 days'],
    [['rights', 'contest'], '8 days', 'later than sla.contest.complete'],
    [['rights', 'request'], '31 days', 'at most 30 days'],
    [['sla', 'contest', 'acknowledge'], '3 working days', 'at most 2 working days'],
    [['sla', 'contest', 'complete'], '8 working days', 'at most 8 days'],
    [['sla', 'contest-second', 'complete'], '3 days', 'at most 48 hours'],
    [['sla', 'rights-request', 'complete'], '16 working days', 'at most 15 working days'],
    [['levels', 'red', 'thenOrange'], '720 working hours', 'at most 30 days'],
    [['levels', 'yellow', 'review'], '45 days', 'at most 30 days'],
    [['levels', 'red', 'review'], '2 days', 'at most 1 days'],
    [['breakGlass'], '3 working hours', 'at most 3 hours'],
  ])('said twice, or not at all, is refused where it stands: %j', (path, value, allowed) => {
    const city = () => parseCity(changed(file, path, value), 'taizhou.json');
    expect(city).toThrow(CityInvalid);
    expect(city).toThrow(new RegExp(`  ${path.join('\\.')}: .*allowed: .*${allowed.replaceAll(/[.*]/g, '\\$&')}`));
  });
});
