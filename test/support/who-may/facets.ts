/** What an answer shows, found in its text and keys whatever the operation, and what it must show where fields are granted. */
import type { Field, GuardedOperation } from '../../../shared/domain/who-may/matrix.ts';
import type { Actor, Identity } from './cast.ts';
import { type Mark, marks, type Subject } from './story.ts';

/** What is looked for in every answer: it is there where it is due, and nowhere else. */
const looks = {
  ...marks,
  'the level': /"red"/,
  'the proposal': /"orange"/,
  'a kind of help': /counselling|crisis-help/,
  'somebody who acts for a post': /"[\w-]+\.(east|west)(\.duty)?"/,
} as const;
type Look = keyof typeof looks;
const isLook = (name: string): name is Look => Object.hasOwn(looks, name);

const keyed = /^key (.*)$/;

function hasKey(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((one) => hasKey(one, key));
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, key) || Object.values(value).some((one) => hasKey(one, key));
}

function isThere(name: string, body: unknown, text: string): boolean {
  const [, key] = keyed.exec(name) ?? [];
  if (key !== undefined) return hasKey(body, key);
  if (!isLook(name)) throw new RangeError(`nobody knows how to see ${name}`);
  const look = looks[name];
  return typeof look === 'string' ? text.includes(look) : look.test(text);
}

/** Everything of the record that the body shows, whatever it is of. */
export function marksIn(body: unknown): string[] {
  const text = JSON.stringify(body) ?? '';
  return Object.keys(looks)
    .filter((name) => isThere(name, body, text))
    .sort();
}

/** The same, and those of the operation's keys that are there. */
export function seenIn(operation: GuardedOperation, body: unknown): string[] {
  const keys = Object.keys(dueIn[operation] ?? {}).filter((name) => keyed.test(name));
  return [...marksIn(body), ...keys.filter((name) => isThere(name, body, ''))].sort();
}

interface Context {
  readonly has: (field: Field) => boolean;
  /** Whose own data is theirs to see. */
  readonly own: Identity | undefined;
  readonly subject: Subject;
  readonly seesAll: boolean;
}
type Due = (context: Context) => boolean;
const on =
  (field: Field): Due =>
  ({ has }) =>
    has(field);

const parties = ['respondent', 'complainant', 'witness'] as const;
const protectedOnes = ['affected', 'child'] as const;

function identityDue(): Partial<Record<Mark, Due>> {
  const found: Partial<Record<Mark, Due>> = {};
  const name = (part: (typeof parties | typeof protectedOnes)[number], field: Field) => {
    found[`name of ${part}`] = ({ has, own }) => has(field) || own === part;
    if (part === 'witness') return;
    found[`address of ${part}`] = ({ has, own }) => (has(field) && has('address')) || own === part;
  };
  for (const part of parties) name(part, 'parties');
  for (const part of ['complainant', 'respondent'] as const) {
    found[`name of ${part}`] = ({ has, own }) => has('parties') || has('sides') || own === part;
  }
  found['name of another respondent'] = ({ has }) => has('parties') || has('sides');
  found['name of another affected'] = on('affected');
  for (const part of protectedOnes) name(part, 'affected');
  return found;
}

/** Who is not there at all. */
const nobody = (...who: readonly string[]) =>
  Object.fromEntries(who.flatMap((one) => [`name of ${one}`, `address of ${one}`].map((mark) => [mark, () => false])));

const wordsDue: Partial<Record<Mark, Due>> = {
  words: on('words'),
  'words of needs': ({ has }) => has('words') && has('needs'),
};

const historyDue: Readonly<Partial<Record<string, Due>>> = {
  note: on('notes'),
  'note on help': ({ has }) => has('notes') && has('help'),
  'visit words': ({ has, subject }) => has('notes') && has('help') && subject.phase !== undefined,
  'who acted': on('notes'),
  'a kind of help': ({ has }) => has('tasks') && has('help'),
  'key outcome': on('tasks'),
  'key kind': on('summary'),
};

/** What is proposed is orange, or red; what was decided is red. */
const proposed: Due = ({ has, subject }) => has('assessment') && !subject.situation.red;
const levelSaid: Due = ({ has, subject }) =>
  (has('level') && subject.phase !== 'before') || (has('assessment') && subject.situation.red === true);

/** Of a level that is gone the case says nothing any more. */
const untilResolved =
  (due: Due): Due =>
  (context) =>
    context.subject.phase !== 'after' && context.subject.phase !== 'closed' && due(context);

/** Nor does its history, but to who reviews it and to who was decided about. */
const untilGone =
  (due: Due): Due =>
  (context) =>
    (context.seesAll ? due : untilResolved(due))(context);

const personsDue: Readonly<Partial<Record<string, Due>>> = { 'somebody who acts for a post': on('persons') };
const accessesDue: Readonly<Partial<Record<string, Due>>> = {
  'key accesses': on('accesses'),
  'who looked': on('persons'),
  'key what': on('persons'),
};

/** By operation what is due where; what is not named is never due. */
const dueIn: Readonly<Partial<Record<GuardedOperation, Readonly<Partial<Record<string, Due>>>>>> = {
  'read-case': {
    ...identityDue(),
    ...wordsDue,
    'key status': on('summary'),
    'key tasks': ({ has }) => has('tasks') || has('help'),
    'key help': on('help'),
    'key events': on('events'),
    // How and when it came in would tell the person concerned who spoke.
    'key channel': ({ has }) => has('events') && !has('own'),
    'key assessment': on('assessment'),
    'key plan': on('plan'),
    'key needs': on('needs'),
    'key danger': on('danger'),
    'key told': on('level'),
    // That telling them is put off is not for the person concerned.
    'key deferral': ({ has }) => has('plan') && !has('own'),
    'key notice': ({ has, subject }) => has('own') && subject.phase !== 'closed',
    'key visit': on('visit'),
    'visit words': on('visit'),
    hardship: on('needs'),
    weapon: ({ has }) => has('events') || has('danger'),
    'the level': untilResolved(levelSaid),
    'the proposal': untilResolved(proposed),
    'a kind of help': ({ has, subject }) =>
      (has('needs') && (subject.phase === 'level' || subject.phase === 'after')) ||
      (has('help') && subject.situation.caseTask === 'help' && subject.phase !== 'closed'),
  },
  // The level, the assessment and the affected person are never shared.
  'read-share': {
    ...identityDue(),
    'name of affected': () => false,
    'address of affected': () => false,
    'name of child': () => false,
    'address of child': () => false,
    'name of another affected': () => false,
    'key status': on('summary'),
    'key events': on('events'),
    'key channel': on('events'),
    'key needs': on('needs'),
    'key danger': on('danger'),
    'key visit': on('visit'),
    'visit words': on('visit'),
    hardship: on('needs'),
    weapon: ({ has }) => has('events') || has('danger'),
    'a kind of help': on('needs'),
  },
  'read-agenda': {
    weapon: on('events'),
    'the proposal': proposed,
    'key departments': on('summary'),
    'key events': on('events'),
    'key assessment': on('assessment'),
    'key tasks': on('tasks'),
    'key needs': on('needs'),
  },
  'read-case-history': {
    ...historyDue,
    'the level': untilGone(levelSaid),
    'the proposal': untilGone(proposed),
    'key points': untilGone(on('assessment')),
    'somebody who acts for a post': ({ has, subject }) => has('notes') && subject.situation.glass !== undefined,
  },
  'read-dispute': {
    ...identityDue(),
    ...wordsDue,
    'key status': on('summary'),
    'key tasks': ({ has }) => has('tasks') || has('help'),
    'key help': on('help'),
    'a kind of help': on('help'),
    'key enquiries': ({ has }) => has('notes') || has('question'),
  },
  'read-dispute-history': { ...historyDue, 'visit words': () => false },
  'read-referral': {
    ...identityDue(),
    ...wordsDue,
    'name of affected': on('affected'),
    'address of affected': ({ has }) => has('affected') && has('address'),
    ...nobody('respondent', 'witness', 'child', 'another respondent', 'another affected'),
    'key status': on('summary'),
    'key tasks': ({ has }) => has('tasks') || has('help'),
    'key help': on('help'),
    'key wanted': on('needs'),
    'a kind of help': on('help'),
  },
  'read-referral-history': { ...historyDue, 'visit words': () => false, 'a kind of help': () => false },
  'read-round': { 'key places': on('summary'), 'key tasks': on('tasks') },
  'read-affected': identityDue(),
  'read-notice-text': { 'key notice': on('summary') },
  'read-plan-proposal': { 'key measures': on('plan') },
  'read-danger-note': {
    weapon: on('danger'),
    'key danger': on('danger'),
    'visit words': on('visit'),
    'address of respondent': on('address'),
    'address of complainant': on('address'),
    'address of affected': on('address'),
  },
  'read-case-audit': accessesDue,
  'read-dispute-audit': accessesDue,
  'read-me': personsDue,
  'read-post': personsDue,
  'read-post-history': personsDue,
  'read-roster': personsDue,
};

/** What the answer must show where these fields are granted. */
export function dueOf(
  operation: GuardedOperation,
  fields: ReadonlySet<Field>,
  actor: Actor,
  subject: Subject,
): string[] {
  const own = actor.as === 'citizen' && fields.has('own') ? actor.identity : undefined;
  const seesAll = actor.as === 'citizen' || actor.role === 'independent-reviewer';
  const context: Context = { has: (field) => fields.has(field), own, subject, seesAll };
  return Object.entries(dueIn[operation] ?? {})
    .flatMap(([name, due]) => (due?.(context) ? [name] : []))
    .sort();
}
