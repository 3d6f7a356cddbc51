/** How a city file writes a time of day, and a length of time: "15 minutes", "24 hours", "4 working hours", "3 working days", "30 days", "12 months". */
import * as z from 'zod';

export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "08:30"');

interface Of<Unit extends string> {
  readonly unit: Unit;
  readonly count: number;
}
export type Duration =
  | Of<'minutes'>
  | Of<'hours'>
  | Of<'days'>
  | Of<'months'>
  | Of<'working hours'>
  | Of<'working days'>;

const form = /^([1-9]\d{0,3}) (minute|hour|day|month|working hour|working day)s?$/;
const units = {
  minute: 'minutes',
  hour: 'hours',
  day: 'days',
  month: 'months',
  'working hour': 'working hours',
  'working day': 'working days',
} as const;
const isUnit = (text: string | undefined): text is keyof typeof units => text !== undefined && text in units;

export function parseDuration(text: string): Duration | undefined {
  const [, count, unit] = form.exec(text) ?? [];
  return isUnit(unit) ? { unit: units[unit], count: Number(count) } : undefined;
}

export const durationSchema = z.string().transform((text, context): Duration => {
  const duration = parseDuration(text);
  if (duration) return duration;
  context.issues.push({
    code: 'custom',
    input: text,
    message: 'a duration such as "15 minutes", "24 hours", "4 working hours", "3 working days", "30 days", "12 months"',
  });
  return z.NEVER;
});
