/** The switch that stops new levels (S15): who may turn it is decided by the matrix, what a turn makes of it by the domain. */
import type { SwitchReply } from '../../shared/api/operations/governance.ts';
import { iso } from '../../shared/calendar/calendar.ts';
import type { City } from '../../shared/config/city.ts';
import { isAfterSunset } from '../../shared/domain/governance.ts';
import { type Turn, turned } from '../../shared/domain/switching.ts';
import type { Directory } from '../../shared/record/directory.ts';
import { commitTurn, turnsOf } from '../../shared/record/switch.ts';
import type { Handler, Reply } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { type Telling, tell } from './messages.ts';

const nobody = new Set<never>();
const shown = 20;

function viewOf({ governance }: City, turns: readonly Turn[], over: boolean): SwitchReply {
  return {
    levels: turns[0]?.state ?? 'released',
    turns: turns.map(({ n, at, by, state, reason }) => ({ n, at: iso(at), post: by.post, state, reason })),
    sunset: { date: governance.sunset.date, over },
  };
}

async function answer({ table, city }: Directory, now: number): Promise<Reply> {
  return { body: viewOf(city, await turnsOf(table, shown), isAfterSunset(city, now)) };
}

export const readSwitch =
  (directory: () => Directory): Handler<'read-switch'> =>
  async ({ guard, now }) => {
    await guard.to({ what: 'switch', relations: nobody });
    return answer(directory(), now);
  };

/** The turn is the commit; then people are told, again under the same ids where somebody repeats the command. */
export const setSwitch =
  (directory: () => Directory, telling: () => Telling): Handler<'set-switch'> =>
  async ({ guard, caller, body, key: given, now }) => {
    await guard.to({ what: 'switch', relations: nobody });
    const { table, city } = directory();
    const { person, post } = staffOf(caller);
    const key = `switch ${given}`;
    const made = { at: now, by: { person, post }, key };
    const turn = await commitTurn(table, { key, person, make: (current) => turned(city, current, body, made) });
    await tell(telling(), city, turn);
    return answer(directory(), now);
  };
