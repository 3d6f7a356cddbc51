/** A made-up city, so that the domain provably knows nothing of a real one. */
import { type City, parseCity } from '../../shared/config/city.ts';
import { measureKinds, type PostRole, taskKinds } from '../../shared/domain/words.ts';

const name = (en: string) => ({ zh: '某地', en });
const duty = (id: string, tier: string, role: PostRole, department = 'justice', lead?: true) => ({
  id,
  name: name(id),
  department,
  tier,
  role,
  ...(lead ? { lead } : {}),
});
const clocks = { acknowledge: '4 hours', complete: '3 working days' };
/** What the levels, the urgencies and the hand-over say is said there alone. */
const clockElsewhere: readonly string[] = ['citizen-notice', 'renew', 'renewal-review', 'second', 'take-over'];
const endElsewhere: readonly string[] = ['confirm-facts', 'verify', 'talk', 'protect', 'plan'];
/** These run day and night. */
const protective: readonly string[] = [
  'protective-contact',
  'crisis-help',
  'child-protection',
  'forewarn',
  'safety-plan',
];
function waitsOf(kind: string) {
  const { acknowledge, complete } = clocks;
  if (kind === 'second-deferral') return { complete };
  if (protective.includes(kind)) return { acknowledge, complete: '72 hours' };
  if (kind === 'review') return { acknowledge, complete, levels: { red: { complete: '72 hours' } } };
  if (kind === 'contest') return { acknowledge: '2 working days', complete: '8 days' };
  if (kind === 'contest-second') return { acknowledge: '12 hours', complete: '48 hours' };
  return endElsewhere.includes(kind) ? { acknowledge } : { acknowledge, complete };
}
const level = (tier: string, decide: string, lapse: string, checkIns: number[]) => ({
  tier,
  decide,
  contact: '24 hours',
  plan: '48 hours',
  review: '7 days',
  lapse,
  measures: 3,
  checkIns,
});

const leads = {
  grid: 'mediator',
  village: 'mediator',
  township: 'township-centre',
  county: 'county-centre',
  city: 'city-duty',
};
const police = {
  ...leads,
  village: 'township-police',
  grid: 'township-police',
  township: 'township-police',
  county: 'county-police',
};

const ledBy = (kind: string) => {
  if (kind === 'round') return { ...leads, grid: 'grid-officer' };
  if (['contest', 'correction', 'rights-request'].includes(kind)) return { ...leads, city: 'reviewer' };
  if (kind === 'contest-second') return { ...leads, county: 'county-health', city: 'reviewer' };
  return ['verify', 'second', 'second-deferral'].includes(kind) ? police : leads;
};

export const cityFile = {
  schema: 1,
  id: 'lakeside',
  code: '999900',
  tiers: ['grid', 'village', 'township', 'county', 'city'],
  name: name('Lakeside'),
  governance: {
    impactAssessment: { document: 'lakeside/assessment.md', sha256: 'a'.repeat(64), signed: '2025-12-15' },
    legalBasis: { document: 'lakeside/law.md', sha256: 'b'.repeat(64) },
    reviewer: { name: name('Zhou'), body: 'review' },
    sunset: { date: '2028-12-14', takesOver: name('Lakeside legal service'), phone: '12348' },
    data: { region: 'cn-north-1', stateOrgan: true },
  },
  areas: [
    { code: '999900', name: name('Lakeside'), tier: 'city' },
    { code: '999901', name: name('East'), tier: 'county', parent: '999900' },
    { code: '999901001', name: name('Mill'), tier: 'township', parent: '999901' },
    { code: '999901001001', name: name('Bridge'), tier: 'village', parent: '999901001' },
  ],
  departments: [
    { id: 'justice', name: name('Justice') },
    { id: 'police', name: name('Police') },
    { id: 'health', name: name('Health') },
    { id: 'women', name: name('Women') },
    { id: 'review', name: name('Review') },
    { id: 'data', name: name('Data') },
    { id: 'audit', name: name('Audit') },
  ],
  duties: [
    duty('grid-officer', 'grid', 'grid-officer', 'justice', true),
    duty('mediator', 'village', 'mediator', 'justice', true),
    duty('township-centre', 'township', 'supervisor', 'justice', true),
    duty('township-police', 'township', 'community-police', 'police'),
    duty('county-centre', 'county', 'county-centre', 'justice', true),
    duty('county-police', 'county', 'community-police', 'police'),
    duty('county-health', 'county', 'department-officer', 'health'),
    duty('county-women', 'county', 'domestic-violence-specialist', 'women'),
    duty('city-duty', 'city', 'supervisor', 'justice', true),
    duty('reviewer', 'city', 'independent-reviewer', 'review'),
    duty('administrator', 'city', 'administrator', 'data'),
    duty('auditor', 'city', 'auditor', 'audit'),
    duty('gateway', 'city', 'gateway', 'data'),
  ],
  responsibility: [...taskKinds, ...measureKinds].flatMap((kind) =>
    Object.entries(ledBy(kind)).map(([tier, duty]) => ({
      kind,
      tier,
      duty,
    })),
  ),
  levels: {
    yellow: level('village', '3 working days', '60 days', [30]),
    orange: { ...level('township', '24 hours', '30 days', [7, 30, 90]), talk: '48 hours' },
    red: {
      ...level('county', '2 hours', '14 days', [3, 7, 30, 90, 180]),
      review: '1 day',
      talk: '24 hours',
      second: '24 hours',
      thenOrange: '30 days',
    },
  },
  sla: Object.fromEntries(
    taskKinds.filter((kind) => !clockElsewhere.includes(kind)).map((kind) => [kind, waitsOf(kind)]),
  ),
  ladder: { remind: 0.5, warn: 0.8 },
  urgency: { now: '15 minutes', today: '4 hours', routine: '3 working days' },
  protectiveContact: '24 hours',
  attempts: 3,
  handOff: '24 hours',
  returns: 3,
  pause: '30 days',
  extension: { most: 2, longest: '15 days' },
  paging: { calls: 3, every: '5 minutes' },
  quietHours: { from: '21:00', to: '08:00' },
  notice: {
    forewarn: '48 hours',
    deferral: '30 days',
    inAll: '90 days',
    basis: { zh: '某法第一条', en: 'Article 1 of some act' },
  },
  rights: { contest: '10 days', request: '30 days' },
  safetyPlan: '30 days',
  sharing: '10 days',
  sameWords: 3,
  retention: {
    ordinary: '12 months',
    belowThreshold: '30 days',
    completed: '12 months',
    ended: '6 months',
    agreements: '36 months',
    hold: '12 months',
  },
  reopening: '12 months',
  agreementCheck: '90 days',
  identity: {
    issuer: 'https://sign-in.lakeside.example',
    audience: 'hejie',
    claims: { person: 'sub', purpose: 'purpose', idNumber: 'id_number', phone: 'phone_number' },
    skewSeconds: 30,
    founder: 'founder',
  },
  roster: { departments: 2, ahead: '24 hours', longestShift: '24 hours' },
  audit: { years: 3, bulk: 60 },
  breakGlass: '3 hours',
  calendar: { officeHours: { from: '08:30', to: '17:30' } },
};

export const city: City = parseCity(cityFile, 'lakeside.json');
