/** What must hold between the parts of a city file, one function a rule; each fault says where it stands and what would do. */
import { helpKinds, helpTasks, mayHelp } from '../domain/help.ts';
import { protectiveFaults } from '../domain/protective-clocks.ts';
import { disputeTypes, levels, measureKinds, referralKinds, type TaskKind, taskKinds } from '../domain/words.ts';
import type { Fault } from '../errors.ts';
import type { City } from './city.ts';
import { type Duration, parseDuration } from './duration.ts';
import { governanceFaults } from './governance.ts';
import { matchingRule } from './posts.ts';

/** What of the file fits its schema: a rule over parts that do not is silent. */
export type Parts = { readonly [K in keyof City]?: City[K] | undefined };

const oneOf = (ids: readonly string[]): string =>
  ids.length > 12 ? `${ids.slice(0, 12).join(', ')}, …` : ids.join(', ');

function unique(path: string, key: string, ids: readonly string[]): Fault[] {
  return ids.flatMap((id, i) =>
    ids.indexOf(id) < i ? [{ path: `${path}.${i}.${key}`, value: id, allowed: 'one that is not used before' }] : [],
  );
}

/** Tasks are opened at these tiers whatever the city. */
const neededTiers = ['village', 'township', 'county'];

function tierRule({ tiers }: Parts): Fault[] {
  if (!tiers) return [];
  const order = neededTiers.map((tier) => tiers.indexOf(tier));
  const inOrder = order.every((index, i) => index >= 0 && (i === 0 || index > (order[i - 1] ?? -1)));
  return [
    ...tiers.flatMap((tier, i) =>
      tiers.indexOf(tier) < i ? [{ path: `tiers.${i}`, value: tier, allowed: 'each tier once' }] : [],
    ),
    ...(inOrder ? [] : [{ path: 'tiers', value: tiers, allowed: `an order with ${neededTiers.join(' below ')}` }]),
  ];
}

function areaRule({ code, tiers, areas }: Parts): Fault[] {
  if (!code || !tiers || !areas) return [];
  const byCode = new Map(areas.map((area) => [area.code, area] as const));
  const top = tiers.at(-1);
  const roots = areas.filter((area) => area.parent === undefined);
  const root = roots.find((area) => area.code === code && area.tier === top);
  const faults = unique(
    'areas',
    'code',
    areas.map((area) => area.code),
  );
  if (!root)
    faults.push({
      path: 'areas',
      value: roots.map((area) => area.code),
      allowed: `${code} of tier ${top}, without parent`,
    });
  areas.forEach((area, i) => {
    if (!tiers.includes(area.tier)) {
      faults.push({ path: `areas.${i}.tier`, value: area.tier, allowed: oneOf(tiers) });
    }
    if (area.parent === undefined) {
      if (area !== root)
        faults.push({ path: `areas.${i}.parent`, value: undefined, allowed: 'the code of the area above' });
      return;
    }
    const parent = byCode.get(area.parent);
    // A code begins with the digits of the area above: four of a city, else all of them.
    const digits = parent?.tier === top ? area.parent.slice(0, 4) : area.parent;
    if (!parent) {
      faults.push({ path: `areas.${i}.parent`, value: area.parent, allowed: 'the code of an area in this file' });
    } else if (tiers.indexOf(parent.tier) <= tiers.indexOf(area.tier)) {
      faults.push({ path: `areas.${i}.parent`, value: area.parent, allowed: `an area of a tier above ${area.tier}` });
    } else if (!area.code.startsWith(digits)) {
      faults.push({ path: `areas.${i}.code`, value: area.code, allowed: `a code that begins with ${digits}` });
    }
  });
  return faults;
}

function dutyRule({ tiers, departments: listed, duties }: Parts): Fault[] {
  if (!tiers || !listed || !duties) return [];
  const departments = listed.map((department) => department.id);
  const faults = [
    ...unique('departments', 'id', departments),
    ...unique(
      'duties',
      'id',
      duties.map((duty) => duty.id),
    ),
  ];
  duties.forEach((duty, i) => {
    if (!departments.includes(duty.department)) {
      faults.push({ path: `duties.${i}.department`, value: duty.department, allowed: oneOf(departments) });
    }
    if (!tiers.includes(duty.tier)) {
      faults.push({ path: `duties.${i}.tier`, value: duty.tier, allowed: oneOf(tiers) });
    }
  });
  duties.forEach((duty, i) => {
    if (duty.lead && !mayHelp(duty.role)) {
      const allowed = 'a role that is not of the police: what climbs may be help';
      faults.push({ path: `duties.${i}.role`, value: duty.role, allowed });
    }
  });
  for (const tier of tiers) {
    const leads = duties.filter((duty) => duty.tier === tier && duty.lead).map((duty) => duty.id);
    if (leads.length !== 1) {
      faults.push({ path: 'duties', value: leads, allowed: `exactly one duty of tier ${tier} with lead: true` });
    }
  }
  return faults;
}

function responsibilityRule({ tiers, duties, responsibility: rules, levels: clocks }: Parts): Fault[] {
  if (!tiers || !duties || !rules) return [];
  const faults: Fault[] = [];
  const duty = new Map(duties.map((d) => [d.id, d]));
  const rank = (tier: string | undefined) => tiers.indexOf(tier ?? '');
  rules.forEach((rule, i) => {
    const path = `responsibility.${i}`;
    const found = duty.get(rule.duty);
    if (rank(rule.tier) < 0) faults.push({ path: `${path}.tier`, value: rule.tier, allowed: oneOf(tiers) });
    const fitting = duties.filter((d) => rank(d.tier) >= rank(rule.tier)).map((d) => d.id);
    if (!found || rank(found.tier) < rank(rule.tier)) {
      faults.push({ path: `${path}.duty`, value: rule.duty, allowed: oneOf(fitting) });
    }
    const helps = [...helpTasks, ...helpKinds, ...referralKinds].some((kind) => kind === rule.kind);
    if (helps && found && !mayHelp(found.role)) {
      faults.push({
        path: `${path}.duty`,
        value: rule.duty,
        allowed: `for ${rule.kind} a duty that is not of the police`,
      });
    }
  });
  // A measure may have no row for some disputes: there the county assigns it.
  const rest = measureKinds.filter((kind) => !rules.some((rule) => rule.kind === kind));
  for (const kind of [...taskKinds.filter((k) => k !== 'measure' && k !== 'citizen-notice'), ...rest]) {
    if (!rules.some((rule) => rule.kind === kind && !rule.disputeTypes)) {
      faults.push({
        path: 'responsibility',
        value: kind,
        allowed: `a rule for ${kind} without disputeTypes, for all the rest`,
      });
    }
  }
  const top = clocks?.red.tier ?? 'county';
  for (const disputeType of disputeTypes) {
    const departmentOf = (kind: 'decide' | 'second') =>
      duty.get(matchingRule(rules, kind, disputeType, top)?.duty ?? '')?.department;
    const second = departmentOf('second');
    if (second !== undefined && second === departmentOf('decide')) {
      const allowed = `for ${disputeType} a duty of another department than the one that decides`;
      faults.push({ path: 'responsibility', value: `second by ${second}`, allowed });
    }
  }
  return faults;
}

/** Kinds whose only clock stands elsewhere, and those whose end does: what is said twice would count for nothing once. */
const clockElsewhere: Partial<Record<TaskKind, string>> = {
  'citizen-notice': 'it goes as soon as it may',
  renew: 'levels.*.lapse',
  'renewal-review': 'levels.*.lapse',
  second: 'levels.red.second',
  'take-over': 'handOff',
};
const endElsewhere: Partial<Record<TaskKind, string>> = {
  'confirm-facts': 'urgency',
  verify: 'urgency',
  talk: 'levels.*.talk',
  protect: 'levels.*.contact',
  plan: 'levels.*.plan',
};

function slaRule({ sla }: Parts): Fault[] {
  if (!sla) return [];
  const faults: Fault[] = [];
  const saidElsewhere = (path: string, given: Duration | undefined, elsewhere: string | undefined) => {
    if (!given || !elsewhere) return;
    faults.push({ path, value: `${given.count} ${given.unit}`, allowed: `nothing here: ${elsewhere} says it` });
  };
  const needed = (path: string, given: Duration | undefined, elsewhere: string | undefined) => {
    if (!given && !elsewhere) faults.push({ path, value: undefined, allowed: 'a duration' });
  };
  for (const kind of taskKinds) {
    const path = `sla.${kind}`;
    const own = sla[kind];
    const only = clockElsewhere[kind];
    if (own && only) faults.push({ path, value: Object.keys(own), allowed: `nothing here: ${only} says it` });
    if (!own && !only) faults.push({ path, value: undefined, allowed: 'its windows' });
    if (!own || only) continue;
    const end = endElsewhere[kind];
    // Silence on it lets the deferral go: there is nothing before that.
    const first = kind === 'second-deferral' ? `${path}.complete` : undefined;
    needed(`${path}.complete`, own.complete, end);
    needed(`${path}.acknowledge`, own.acknowledge, first);
    const all = [[path, own, end] as const].concat(
      levels.map((level) => [`${path}.levels.${level}`, own.levels?.[level] ?? {}, atLevel(kind)] as const),
    );
    for (const [at, { acknowledge, firstAction, complete }, ends] of all) {
      saidElsewhere(`${at}.complete`, complete, ends);
      saidElsewhere(`${at}.acknowledge`, acknowledge, first);
      saidElsewhere(`${at}.firstAction`, firstAction, first);
    }
  }
  return faults;
}

const atLevel = (kind: TaskKind): string | undefined => (kind === 'decide' ? 'levels.*.decide' : endElsewhere[kind]);

const hours = (duration: Duration): number =>
  duration.count *
  { minutes: 1 / 60, hours: 1, days: 24, months: 24 * 31, 'working hours': 1, 'working days': 24 }[duration.unit];

/** A city may tighten these, never loosen them: every level ends, red after 44 days in all (S9), and is reviewed before. */
const most = { yellow: 60, orange: 30, red: 14, thenOrange: 30 };
const mostBetween = { yellow: 30, orange: 7, red: 1 };

function lapseRule({ tiers, levels: clocks }: Parts): Fault[] {
  if (!tiers || !clocks) return [];
  const faults: Fault[] = [];
  const atMost = (path: string, duration: Duration, inDays: number) => {
    if (duration.unit.startsWith('working') || hours(duration) > inDays * 24) {
      faults.push({ path, value: `${duration.count} ${duration.unit}`, allowed: `at most ${inDays} days` });
    }
  };
  for (const level of levels) {
    const { tier, lapse, review, checkIns } = clocks[level];
    if (!tiers.includes(tier)) faults.push({ path: `levels.${level}.tier`, value: tier, allowed: oneOf(tiers) });
    atMost(`levels.${level}.lapse`, lapse, most[level]);
    atMost(`levels.${level}.review`, review, mostBetween[level]);
    if (checkIns.some((day, i) => day <= (checkIns[i - 1] ?? 0))) {
      faults.push({ path: `levels.${level}.checkIns`, value: checkIns, allowed: 'days in rising order, each once' });
    }
  }
  atMost('levels.red.thenOrange', clocks.red.thenOrange, most.thenOrange);
  atMost('levels.red.second', clocks.red.second, 1);
  return faults;
}

/**
 * Roles that look at others' work, and the gateway's machine: one duty of the highest tier each, whose department does nothing
 * else where it reviews.
 */
function roleRule({ tiers, duties }: Parts): Fault[] {
  if (!tiers || !duties) return [];
  const faults: Fault[] = [];
  const top = tiers.at(-1);
  for (const role of ['independent-reviewer', 'administrator', 'auditor', 'gateway'] as const) {
    const holding = duties.filter((duty) => duty.role === role);
    if (holding.length !== 1 || holding[0]?.tier !== top) {
      const allowed = `exactly one duty with role ${role}, of tier ${top}`;
      faults.push({ path: 'duties', value: holding.map((duty) => duty.id), allowed });
    }
  }
  const police = new Set(duties.filter((duty) => duty.role === 'community-police').map((duty) => duty.department));
  const reviewing = new Set(duties.filter((d) => d.role === 'independent-reviewer').map((duty) => duty.department));
  duties.forEach((duty, i) => {
    if (police.has(duty.department) && duty.role !== 'community-police') {
      faults.push({ path: `duties.${i}.role`, value: duty.role, allowed: 'community-police, as its whole department' });
    }
    if (reviewing.has(duty.department) && duty.role !== 'independent-reviewer') {
      const allowed = 'a department other than the independent reviewer’s';
      faults.push({ path: `duties.${i}.department`, value: duty.department, allowed });
    }
  });
  return faults;
}

function clockRule({ ladder, calendar, quietHours }: Parts): Fault[] {
  const faults: Fault[] = [];
  if (ladder && ladder.remind >= ladder.warn) {
    faults.push({ path: 'ladder.remind', value: ladder.remind, allowed: `less than warn, ${ladder.warn}` });
  }
  const hours = calendar?.officeHours;
  if (hours && hours.from >= hours.to) {
    faults.push({ path: 'calendar.officeHours.to', value: hours.to, allowed: `later than ${hours.from}` });
  }
  if (quietHours && quietHours.from === quietHours.to) {
    faults.push({ path: 'quietHours.to', value: quietHours.to, allowed: `another time than ${quietHours.from}` });
  }
  return faults;
}

/** The affected person has two days to be safe; what is put off ends, and so does putting off (PIPL 18, 35). */
function noticeRule({ notice }: Parts): Fault[] {
  if (!notice) return [];
  const { forewarn, deferral, inAll } = notice;
  const fault = (key: string, { count, unit }: Duration, allowed: string) => [
    { path: `notice.${key}`, value: `${count} ${unit}`, allowed },
  ];
  const within = (duration: Duration, days: number) => isRoundTheClock(duration) && hours(duration) <= days * 24;
  return [
    ...(isRoundTheClock(forewarn) && hours(forewarn) >= 48 ? [] : fault('forewarn', forewarn, 'at least 48 hours')),
    ...(within(deferral, 30) ? [] : fault('deferral', deferral, 'at most 30 days')),
    ...(within(inAll, 90) && hours(inAll) >= hours(deferral)
      ? []
      : fault('inAll', inAll, 'at least deferral and at most 90 days')),
  ];
}

const isRoundTheClock = ({ unit }: Duration): boolean => unit === 'hours' || unit === 'days';

/** What may be tightened and never loosened. */
function accessRule({ breakGlass, roster }: Parts): Fault[] {
  const faults: Fault[] = [];
  const atMost = (path: string, duration: Duration, inHours: number) => {
    if (duration.unit.startsWith('working') || hours(duration) > inHours) {
      faults.push({ path, value: `${duration.count} ${duration.unit}`, allowed: `at most ${inHours} hours` });
    }
  };
  if (breakGlass) atMost('breakGlass', breakGlass, 3);
  if (roster) {
    atMost('roster.ahead', roster.ahead, 14 * 24);
    atMost('roster.longestShift', roster.longestShift, 7 * 24);
  }
  return faults;
}

/** Where somebody may be in danger nobody waits longer than this, by day or by night; and nothing undecided lasts longer. */
const soonest = { 'urgency.now': '15 minutes', 'urgency.today': '4 hours', protectiveContact: '24 hours' } as const;

function dangerRule({ urgency, protectiveContact }: Parts): Fault[] {
  const given = { 'urgency.now': urgency?.now, 'urgency.today': urgency?.today, protectiveContact };
  return Object.entries(soonest).flatMap(([path, longest]): Fault[] => {
    const duration = given[path as keyof typeof soonest];
    const most = parseDuration(longest);
    if (!duration || !most) return [];
    const loose = duration.unit.startsWith('working') || hours(duration) > hours(most);
    return loose ? [{ path, value: `${duration.count} ${duration.unit}`, allowed: `at most ${longest}` }] : [];
  });
}

/** What has ended is kept no longer than this, and taken up again no later (S9); yellow makes three tasks at most. */
function littleRule({ retention, reopening, agreementCheck, levels: clocks }: Parts): Fault[] {
  const faults: Fault[] = [];
  const atMost = (path: string, duration: Duration, inDays: number, allowed: string) => {
    if (duration.unit.startsWith('working') || hours(duration) > inDays * 24) {
      faults.push({ path, value: `${duration.count} ${duration.unit}`, allowed: `at most ${allowed}` });
    }
  };
  if (retention) {
    atMost('retention.ordinary', retention.ordinary, 12 * 31, '12 months');
    atMost('retention.belowThreshold', retention.belowThreshold, 30, '30 days');
    atMost('retention.completed', retention.completed, 12 * 31, '12 months');
    atMost('retention.ended', retention.ended, hours(retention.completed) / 24, 'retention.completed');
    atMost('retention.agreements', retention.agreements, 36 * 31, '36 months');
    atMost('retention.hold', retention.hold, 12 * 31, '12 months');
  }
  if (reopening) atMost('reopening', reopening, 12 * 31, '12 months');
  if (agreementCheck) atMost('agreementCheck', agreementCheck, 180, '180 days');
  if (clocks && clocks.yellow.measures > 3) {
    faults.push({ path: 'levels.yellow.measures', value: clocks.yellow.measures, allowed: 'at most 3' });
  }
  return faults;
}

function protectiveRule({ sla, levels: clocks, urgency, handOff, safetyPlan }: Parts): Fault[] {
  if (!sla || !clocks || !urgency || !handOff) return [];
  const between = safetyPlan?.unit.startsWith('working')
    ? [{ path: 'safetyPlan', value: `${safetyPlan.count} ${safetyPlan.unit}`, allowed: 'hours, days or months' }]
    : [];
  const review = clocks.red.review.unit.startsWith('working')
    ? [
        {
          path: 'levels.red.review',
          value: `${clocks.red.review.count} ${clocks.red.review.unit}`,
          allowed: 'hours or days',
        },
      ]
    : [];
  return [...protectiveFaults({ sla, levels: clocks, urgency, handOff }), ...between, ...review];
}

/** What is shared is for help that has begun: a month, then it is asked anew. */
function sharingRule({ sharing }: Parts): Fault[] {
  if (!sharing || (!sharing.unit.startsWith('working') && hours(sharing) <= 30 * 24)) return [];
  return [{ path: 'sharing', value: `${sharing.count} ${sharing.unit}`, allowed: 'at most 30 days' }];
}

/** What the gate asks for fits what the rest of the file says (S15). */
function governanceRule({ governance, duties }: Parts): Fault[] {
  const reviewing = duties?.filter(({ role }) => role === 'independent-reviewer').map(({ department }) => department);
  return governance ? governanceFaults(governance, reviewing) : [];
}

/** What a person asks for is answered within these, counted from receipt, and a red is looked at by two departments (S8). */
function rightsRule({ sla, rights, responsibility: rules, duties, tiers }: Parts): Fault[] {
  const faults: Fault[] = [];
  const within = (path: string, duration: Duration | undefined, longest: string) => {
    const limit = parseDuration(longest);
    if (!duration || !limit) return;
    const loose = duration.unit.startsWith('working') && !limit.unit.startsWith('working');
    if (loose || hours(duration) > hours(limit)) {
      faults.push({ path, value: `${duration.count} ${duration.unit}`, allowed: `at most ${longest}` });
    }
  };
  within('sla.contest.acknowledge', sla?.contest?.acknowledge, '2 working days');
  within('sla.contest.complete', sla?.contest?.complete, '8 days');
  within('sla.contest-second.complete', sla?.['contest-second']?.complete, '48 hours');
  within('sla.rights-request.complete', sla?.['rights-request']?.complete, '15 working days');
  within('rights.contest', rights?.contest, '10 days');
  within('rights.request', rights?.request, '30 days');
  const first = sla?.contest?.complete;
  if (rights && first && hours(rights.contest) <= hours(first)) {
    const { count, unit } = rights.contest;
    const allowed = `later than sla.contest.complete, ${first.count} ${first.unit}`;
    faults.push({ path: 'rights.contest', value: `${count} ${unit}`, allowed });
  }
  if (!rules || !duties || !tiers) return faults;
  const reviewing = (disputeType: (typeof disputeTypes)[number]) =>
    [tiers.at(-1) ?? '', 'county'].map((tier) => {
      const named = matchingRule(rules, 'contest-second', disputeType, tier)?.duty;
      return duties.find(({ id }) => id === named)?.department;
    });
  for (const disputeType of disputeTypes) {
    const [one, other] = reviewing(disputeType);
    if (one !== undefined && other !== undefined && one !== other) continue;
    const allowed = `for ${disputeType} a contest-second of ${tiers.at(-1)} and of county, of two departments`;
    faults.push({ path: 'responsibility', value: [one, other], allowed });
  }
  return faults;
}

export const cityFaults = (parts: Parts): Fault[] =>
  [
    tierRule,
    areaRule,
    dutyRule,
    roleRule,
    responsibilityRule,
    lapseRule,
    slaRule,
    clockRule,
    noticeRule,
    accessRule,
    dangerRule,
    littleRule,
    protectiveRule,
    sharingRule,
    rightsRule,
    governanceRule,
  ].flatMap((rule) => rule(parts));
