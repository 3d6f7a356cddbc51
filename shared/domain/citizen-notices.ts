/**
 * Messages to citizens: by the channel and at the times that they called safe, in neutral words, never at night; and none where
 * they called nothing safe. Pure.
 */
import * as z from 'zod';
import type { City } from '../config/city.ts';
import { timeOfDaySchema } from '../config/duration.ts';
import { type Fault, MessageUnclean } from '../errors.ts';
import type { Want } from './actions.ts';
import { placeIn, sha256, type TaskId } from './ids.ts';
import { isClean } from './notices.ts';
import { afterQuiet } from './quiet.ts';
import type { Person, Report } from './report.ts';
import { type Matter, openTasks, type Task } from './state.ts';
import { type SafeChannel, safeChannels, type TaskKind } from './words.ts';

/** How, when and by what somebody may safely be reached; and by what never. */
export const contactSchema = z.strictObject({
  channel: z.enum(safeChannels).describe('none: nobody is written to'),
  reach: z
    .string()
    .min(3)
    .max(100)
    .exactOptional()
    .describe('The safe number or e-mail address; absent: the phone told'),
  from: timeOfDaySchema.exactOptional().describe('Safe from this time of day on; absent: all day, outside quiet hours'),
  to: timeOfDaySchema.exactOptional().describe('Safe until this time of day'),
  never: z.array(z.string().min(1).max(60)).max(5).default([]).describe('What is never to be used, in words'),
});
export type Contact = z.infer<typeof contactSchema>;

/** What a sender must know of it: opens nothing of the person. */
export type SafeTimes = Pick<Contact, 'channel' | 'from' | 'to'>;

/** These lie in clear beside the sealed profile. */
export const timesOf = ({ channel, from, to }: Contact): SafeTimes => ({
  channel,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

const reachable: Readonly<Record<Exclude<SafeChannel, 'none'>, { readonly is: RegExp; readonly allowed: string }>> = {
  sms: { is: /^1\d{10}$/, allowed: '11 digits beginning with 1' },
  voice: { is: /^\+?[\d-]{5,20}$/, allowed: 'a telephone number' },
  'e-mail': { is: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, allowed: 'an e-mail address' },
};

/** What a profile must hold to be kept: a way to reach them, and times at which a message may go. */
export function contactFaults(city: City, contact: Contact, path: string): Fault[] {
  const { channel, reach = '', from, to, never } = contact;
  const fault = (field: string, value: unknown, allowed: string): Fault => ({
    path: `${path}.${field}`,
    value,
    allowed,
  });
  const faults: Fault[] = [];
  if (channel !== 'none' && !reachable[channel].is.test(reach)) {
    faults.push(fault('reach', '(not repeated)', reachable[channel].allowed));
  }
  if ((from === undefined) !== (to === undefined) || (from !== undefined && from === to)) {
    faults.push(fault('to', to ?? null, 'from and to together, of which one is later'));
  } else if (channel !== 'none' && safeInstant(city, contact, 0) === undefined) {
    const { quietHours } = city;
    faults.push(fault('from', from, `a time outside the quiet hours, ${quietHours.from} to ${quietHours.to}`));
  }
  if (never.some((one) => one === channel || (reach !== '' && one.includes(reach)))) {
    faults.push(fault('never', '(not repeated)', 'nothing that the profile itself names as safe'));
  }
  return faults;
}

/** Where it says no number, the phone told is the one meant. */
export const contactOf = ({ contact, phone }: Person): Contact | undefined =>
  contact && { ...(phone !== undefined && contact.channel !== 'e-mail' ? { reach: phone } : {}), ...contact };

/** The first instant from `at` on that is safe for the person and not in quiet hours; undefined where there is none. */
export function safeInstant(city: Pick<City, 'quietHours'>, { from, to }: SafeTimes, at: number): number | undefined {
  if (from === undefined || to === undefined) return afterQuiet(city, at);
  // Safe is what is not between the end of the safe times and their next beginning.
  const unsafe = { quietHours: { from: to, to: from } };
  let instant = at;
  // In two days everything that ever comes has come.
  for (let turns = 0; turns < 5; turns += 1) {
    const next = afterQuiet(unsafe, afterQuiet(city, instant));
    if (next === instant) return instant;
    instant = next;
  }
  return undefined;
}

/** Of what somebody asked for: it was taken up, there is an answer. */
const ofAsked = ['taken-up', 'answered'] as const;
export type OfAsked = (typeof ofAsked)[number];
const occasions = ['receipt', 'closing', ...ofAsked] as const;
export type Occasion = (typeof occasions)[number];

/** `<report>#<place among its people>` */
export interface Addressee {
  readonly occasion: Occasion;
  readonly report: string;
  readonly i: number;
}

export function addresseeOf({ about }: Pick<Task, 'about'>): Addressee | undefined {
  const [, named, report = '', i] = /^(\S+?)(?:-\d+)? (.+)#(\d+)$/.exec(about ?? '') ?? [];
  const occasion = occasions.find((one) => one === named);
  return occasion && { occasion, report, i: Number(i) };
}

/** @param n number of the action by which it was asked for */
export const aboutAsked = (occasion: OfAsked, n: number, place: string): string => `${occasion}-${n} ${place}`;

/** That somebody hears of what they asked begins nothing anew, and opens nothing to anybody. */
export const isOfAsked = ({ kind, about }: { readonly kind: TaskKind; readonly about?: string | null }): boolean =>
  kind === 'citizen-notice' && /^(taken-up|answered)-/.test(about ?? '');

/** Who asked for help, or may be hurt, and called a channel safe: their places among the people of the report. */
export const reachableIn = ({ people }: Pick<Report, 'people'>): number[] =>
  people.flatMap((person, i) => (isTold(person) && (person.contact?.channel ?? 'none') !== 'none' ? [i] : []));

export const isTold = ({ role }: Pick<Person, 'role'>): boolean => role === 'complainant' || role === 'affected';

/** What is settled on the spot needs no receipt: its closing says it all. */
export const receiptsFor = (report: string, places: readonly number[]): Want[] =>
  places.map((i) => ({ kind: 'citizen-notice', about: `receipt ${placeIn({ report, i })}` }));

/**
 * Before a dispute or referral closes, those who can be told are told that it does. Where a case goes on, the closing is its own
 * affair, unless the dispute was settled all the same.
 */
export function closingsDue(state: Matter): Want[] {
  if (state.subject === 'round' || state.wants.length > 0) return [];
  if (openTasks(state).some(({ kind }) => kind !== 'citizen-notice')) return [];
  if (state.subject === 'dispute' && state.cases.length > 0 && !wasSettled(state)) return [];
  const asked = new Set([...state.informed, ...openTasks(state).map(({ about }) => about)]);
  return state.reachable
    .map((place): Want => ({ kind: 'citizen-notice', about: `closing ${place}` }))
    .filter(({ about }) => about !== undefined && !asked.has(about));
}

/** Somebody has tried to settle it with both sides, and that is over. */
export const wasSettled = ({ outcomes }: Pick<Matter, 'outcomes'>): boolean =>
  outcomes.some((outcome) => outcome.startsWith('settle-') || outcome === 'reported:settled');

const texts: Readonly<Record<Occasion, string>> = {
  receipt: '【和解】您好，您的来件已收到。 [Hejie] Your message has been received.',
  closing: '【和解】您好，您的来件已办结。 [Hejie] Your message has been dealt with.',
  'taken-up': '【和解】您好，您提出的请求已有人受理。 [Hejie] Somebody is looking at what you asked for.',
  answered:
    '【和解】您好，您提出的请求已有答复，请登录查看。 [Hejie] There is an answer to what you asked for; log in to read it.',
};

export interface CitizenMessage {
  readonly id: string;
  /** The city's gateway, and nobody else, asks with it where the message goes: once it was sent, for a day. */
  readonly handle: string;
  readonly channel: Exclude<SafeChannel, 'none'>;
  readonly text: string;
}

/** A function of the task, so that nothing need remember it. */
export const addresseeHandle = (id: TaskId): string => sha256(`${id} reaches`).slice(0, 24);

/** A function of what it is about: whoever sends it again sends the same. @throws MessageUnclean */
export function citizenMessage(id: TaskId, occasion: Occasion, channel: CitizenMessage['channel']): CitizenMessage {
  const text = texts[occasion];
  if (!isClean(text)) throw new MessageUnclean(`the ${occasion} says more than a message to a citizen may`);
  return { id: sha256(`${id} to a citizen`).slice(0, 24), handle: addresseeHandle(id), channel, text };
}
