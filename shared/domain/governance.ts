/**
 * What stands above every decision (S15): the switch that stops new levels, and the day after which nothing new opens. What is
 * there goes on to its end: protection, help, check-ins, lowering, dismissals, lapses. Pure.
 */
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { AfterSunset } from '../errors.ts';
import type { Action } from './actions.ts';
import type { LevelState, State } from './state.ts';
import { levels } from './words.ts';

const levelOf = (state: State | undefined): LevelState | null => (state?.subject === 'case' ? state.level : null);
const rank = (level: LevelState | null): number => (level ? levels.indexOf(level.colour) : -1);

/**
 * A level begins or rises; or a red that rested on one person gets its second: only then does it stand. What a merge is undone
 * gives back was decided before.
 */
export function raisesLevel(before: State | undefined, { content }: Pick<Action, 'content'>, after: State): boolean {
  if (content.kind === 'unmerged') return false;
  const [had, has] = [levelOf(before), levelOf(after)];
  const isSeconded = had?.awaits != null && has?.colour === 'red' && has.awaits === null;
  return rank(has) > rank(had) || isSeconded;
}

/** The same level lasts longer than it did. */
function prolongsLevel(before: State | undefined, after: State): boolean {
  const [had, has] = [levelOf(before), levelOf(after)];
  return had !== null && has !== null && had.colour === has.colour && has.lapses > had.lapses;
}

/** The last day on which anything new opens is over, in Asia/Shanghai. */
export const isAfterSunset = ({ governance }: Pick<City, 'governance'>, at: number): boolean =>
  localDate(at) > governance.sunset.date;

/** What anybody is told who comes after the sunset: whom to call. */
function afterSunset({ name, governance }: City, what: string): AfterSunset {
  const { date, takesOver, phone } = governance.sunset;
  const zh = `${name.zh}自${date}起不再受理新事项；请联系${takesOver.zh}（${phone}）；紧急情况拨打110或120，法律咨询12348`;
  const en = `after ${date} ${what}; turn to ${takesOver.en} (${phone}); in an emergency call 110 or 120, for legal advice 12348`;
  return new AfterSunset(`${zh}。 ${en}.`, [`${takesOver.zh} ${takesOver.en}: ${phone}`, '110', '120', '12348']);
}

/** @throws AfterSunset */
export function checkOpening(city: City, at: number): void {
  if (isAfterSunset(city, at)) throw afterSunset(city, 'nothing new opens in this city');
}

/**
 * After the sunset no level begins, rises or lasts longer, and nobody takes up again what was closed. What comes in by a report
 * was let in by the intake.
 * @throws AfterSunset
 */
export function checkSunset(
  city: City,
  before: State | undefined,
  action: Pick<Action, 'content' | 'at'>,
  after: State,
): void {
  if (!isAfterSunset(city, action.at)) return;
  if (action.content.kind === 'reopened') throw afterSunset(city, 'nothing is taken up again');
  if (raisesLevel(before, action, after) || prolongsLevel(before, after)) {
    throw afterSunset(city, 'no level begins, rises or is renewed');
  }
}
