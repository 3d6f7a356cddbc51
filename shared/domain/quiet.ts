/** Quiet hours: at night a message waits, whoever it is for; what may override them says whoever sends it. Pure. */
import { startOfDay, timeOfDay } from '../calendar/calendar.ts';

export interface WithQuietHours {
  readonly quietHours: { readonly from: string; readonly to: string };
}

const day = 86_400_000;

/** The beginning belongs to the quiet hours, their end does not; they may reach over midnight. */
export function isQuiet({ quietHours }: WithQuietHours, at: number): boolean {
  const now = at - startOfDay(at);
  const from = timeOfDay(quietHours.from);
  const to = timeOfDay(quietHours.to);
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/** The instant itself outside quiet hours, else the moment at which they end. */
export function afterQuiet(city: WithQuietHours, at: number): number {
  if (!isQuiet(city, at)) return at;
  const end = startOfDay(at) + timeOfDay(city.quietHours.to);
  return end > at ? end : end + day;
}
