/** At every commit: what stands above the decision (S15). It costs one read where a level begins or rises, and nothing elsewhere. */
import type { City } from '../config/city.ts';
import type { Next } from '../domain/commit.ts';
import { checkSunset, raisesLevel } from '../domain/governance.ts';
import type { State } from '../domain/state.ts';
import { isStopped, stoppedBy } from '../domain/switching.ts';
import { newestTurn } from './switch.ts';
import type { Table } from './table.ts';

/** @throws LevelsStopped, AfterSunset */
export async function checkGoverned(
  { table, city }: { readonly table: Table; readonly city: City },
  before: State | undefined,
  { action, state }: Next,
): Promise<void> {
  checkSunset(city, before, action, state);
  if (!raisesLevel(before, action, state)) return;
  const turn = await newestTurn(table);
  if (turn && isStopped(turn)) throw stoppedBy(turn);
}
