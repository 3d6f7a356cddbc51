/**
 * Sharing of a case with another post (S10, S13): some fields, for one kind of help, until a day. It is a view of the case as it is,
 * never a copy, and only the receiving post opens it. The level, the assessment and the affected person are never shared. Pure.
 */
import * as z from 'zod';
import { addDuration, iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { postExists, post as postOf } from '../config/posts.ts';
import { ActionRefused, NotYours } from '../errors.ts';
import type { By, Content } from './actions.ts';
import { invalid } from './answering.ts';
import { helpKinds, mayHelp } from './help.ts';
import { type CaseId, isCaseId } from './ids.ts';
import { leastWords } from './plain-words.ts';
import { leastReason } from './reasons.ts';
import { type Grant, isShown } from './recalling.ts';
import { type CaseState, describeState } from './state.ts';
import type { Field } from './who-may/matrix.ts';
import { permittedInAny } from './who-may/permit.ts';
import { purposeFor } from './who-may/purposes.ts';
import { type MeasureKind, measureKinds } from './words.ts';

export const sharable = [
  'events',
  'needs',
  'danger',
  'visit',
  'parties',
  'address',
] as const satisfies readonly Field[];

export const shareBody = z.strictObject({
  to: z.string().min(1).max(64).describe('The post that is to see it: nobody else opens the view'),
  need: z.enum(measureKinds).describe('The help for which it is needed: nothing else is a reason to share'),
  fields: z
    .array(z.enum(sharable))
    .min(1)
    .max(sharable.length)
    .describe('What of the case, and no more than is needed'),
  until: z.iso.datetime({ offset: true }).describe('The last moment: then the view is shut, and copies are destroyed'),
  reason: leastWords(leastReason, 200).describe('Why this post needs this to help'),
});

/** The case that an identifier of a share names. */
export function caseOfShare(id: string): CaseId | undefined {
  const [log = ''] = id.split('.');
  return isCaseId(log) ? log : undefined;
}

export interface Sharing {
  readonly city: City;
  readonly state: CaseState;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
}

/** @throws NotYours, ActionRefused, InputInvalid */
export function sharedWith({ city, state, by, at }: Sharing, body: z.output<typeof shareBody>): Content {
  if (state.owner !== by.post) throw new NotYours(`${state.id} belongs to ${state.owner}, not to ${by.post}`);
  if (!state.level) throw new ActionRefused('sharing', `${describeState(state)} without a level`, []);
  const { to, need } = body;
  const fields = [...new Set(body.fields)].sort();
  checkReceiver(city, by.post, to, need);
  const { role } = postOf(city, to);
  const granted = permittedInAny({ operation: 'read-share', role, relations: new Set(['recipient']) });
  body.fields.forEach((field, i) => {
    const fits = granted?.has(field) && (field !== 'needs' || helpKinds.has(need));
    if (!fits) throw invalid(`fields.${i}`, field, `what a ${role} may be shown for ${need} (docs/who-may.md)`);
  });
  const until = Date.parse(body.until);
  const latest = addDuration(city, at, city.sharing);
  if (until <= at || until > latest)
    throw invalid('until', body.until, `later than now, not later than ${iso(latest)}`);
  return { kind: 'shared', to, need, fields, until };
}

/** Help stays help: the police are shown nothing for it (S11). */
function checkReceiver(city: City, own: string, to: string, need: MeasureKind): void {
  if (!postExists(city, to) || to === own) throw invalid('to', to, 'another post of the city, <area code>.<duty>');
  const { role } = postOf(city, to);
  if (purposeFor(role) !== 'handling') throw invalid('to', to, 'a post whose work is handling disputes');
  if (helpKinds.has(need) && !mayHelp(role))
    throw invalid('to', to, `a post that is not of the police: ${need} is help`);
}

/** A view that is open now; undefined from the action on that calls it back, and from its last moment on. */
export const openShare = ({ grants }: CaseState, id: string, now: number): Grant | undefined =>
  grants.find((grant) => grant.id === id && isShown(grant, now));
