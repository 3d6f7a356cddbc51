/** A line that says how far the replay is: on a terminal one that is written over, elsewhere a plain one now and then. */

import { localDate } from '../../shared/calendar/calendar.ts';
import type { City } from '../../shared/config/city.ts';
import { nextTimer } from '../../shared/domain/ladder.ts';
import { isClosed, openTasks } from '../../shared/domain/state.ts';
import { levels } from '../../shared/domain/words.ts';
import type { ReplayCloud } from './cloud.ts';
import { collect, type Told, tell } from './record.ts';

export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Standing {
  readonly yellow: number;
  readonly orange: number;
  readonly red: number;
  /** Open cases without a level: to be verified, decided, or resolved and looked after. */
  readonly none: number;
  readonly due: number;
  readonly late: number;
}

/** Late is what had to climb, or whose owner was already reminded and whose supervisor warned. */
export function standing({ states }: Told, city: City, now: number): Standing {
  const cases = states.filter((state) => state.subject === 'case' && !isClosed(state));
  const at = (colour: string | null) =>
    cases.filter((state) => state.subject === 'case' && (state.level?.colour ?? null) === colour).length;
  const tasks = states.flatMap(openTasks).filter((task) => task.begun);
  const late = tasks.filter((task) => task.climbs > 0 || task.rung === 2 || nextTimer(city, task).at < now);
  const [yellow, orange, red] = levels.map(at);
  return {
    yellow: yellow ?? 0,
    orange: orange ?? 0,
    red: red ?? 0,
    none: at(null),
    due: tasks.length,
    late: late.length,
  };
}

export const lineOf = (now: number, { yellow, orange, red, none, due, late }: Standing, messages: number): string =>
  `${localDate(now)}  在办 open: 红 red ${red}, 橙 orange ${orange}, 黄 yellow ${yellow}, 未定级 none ${none}` +
  `  任务 tasks: ${due} due, ${late} late  通知 messages: ${messages}`;

/** How rarely a plain line comes, in milliseconds. */
const plainEvery = 5000;
const rewriteEvery = 500;
/** Of the time, reading the record for the line takes at most this share. */
const share = 0.03;

export function progressOn(
  screen: Screen,
  cloud: ReplayCloud,
  city: City,
): {
  show(now: number): Promise<void>;
  end(): void;
} {
  const clock = () => performance.now();
  let shown = clock();
  let read = Number.NEGATIVE_INFINITY;
  let took = 0;
  let known: Standing | undefined;
  return {
    async show(now) {
      if (clock() - shown < (screen.isTTY ? rewriteEvery : plainEvery)) return;
      if (!known || clock() - read > took / share) {
        read = clock();
        known = standing(tell(await collect(cloud.scan())), city, now);
        took = clock() - read;
      }
      const line = lineOf(now, known, cloud.counters().messages);
      screen.write(screen.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
      shown = clock();
    },
    end() {
      if (screen.isTTY) screen.write('\r\u001b[2K');
    },
  };
}
