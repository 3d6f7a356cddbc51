/** What follows where somebody is erased and others have received something of it; and recalls counted by place and month. */
import type { City } from '../config/city.ts';
import { isWithin } from '../config/posts.ts';
import { touchedTasks } from '../domain/commit.ts';
import type { FolderId } from '../domain/ids.ts';
import { monthsLater } from '../domain/report-month/weeks.ts';
import { isClosed, type State } from '../domain/state.ts';
import { type Log, markOpen, project, projectHead, read, wakeLifecycle } from './log.ts';
import { kinOf } from './merging.ts';
import { countedIn } from './monthly.ts';
import type { Table } from './table.ts';

/**
 * Erases, and lets the lifecycle ask every recipient for its word that what it has is gone. What is closed is marked open before it
 * is opened again for that, so that a crash in between hides nothing.
 */
export async function eraseAndRecall<T>(log: Log, folder: FolderId, erase: () => Promise<T>): Promise<T> {
  const before = await statesOf(log, folder);
  for (const state of before) if (isClosed(state) && state.grants.length > 0) await markOpen(log, state.id);
  const erased = await erase();
  for (const state of before) await follow(log, state);
  return erased;
}

async function statesOf(log: Log, folder: FolderId): Promise<State[]> {
  const states = await Promise.all((await kinOf(log, folder)).map((id) => read(log, id)));
  return states.flatMap((one) => one ?? []);
}

/**
 * The erasure itself commits without a driver: what follows a commit follows here, also where a crash cut it off before and the
 * command is sent again.
 */
async function follow(log: Log, before: State): Promise<void> {
  const state = await read(log, before.id);
  const asks = state?.wants.some(({ kind }) => kind === 'destroy');
  if (!state || (state.n === before.n && !asks)) return;
  for (const no of touchedTasks(before, state)) await project(log, state, no, state.n);
  await projectHead(log, state, before);
  if (isClosed(state)) return;
  await log.driver.start(state.id, state.rev);
  await wakeLifecycle(log, state);
}

export interface CountedRecall {
  readonly area: string;
  readonly value: 'confirmed' | 'unconfirmed';
}

/** What was called back in an area in a month, and whether somebody has said by the end of the next that it is gone. */
export async function recallsIn(table: Table, city: City, area: string, month: string): Promise<CountedRecall[]> {
  const [asked, later] = await Promise.all(
    [month, monthsLater(month, 1)].map((one) => countedIn(table, city, area, one)),
  );
  const said = new Set(
    [...(asked ?? []), ...(later ?? [])].flatMap(({ log, recall }) =>
      recall?.confirmed === undefined ? [] : [`${log} ${recall.confirmed}`],
    ),
  );
  return (asked ?? [])
    .filter((one) => isWithin(city, one.area, area))
    .flatMap(({ log, area: place, recall }) =>
      (recall?.asked ?? []).map((no): CountedRecall => {
        const value = said.has(`${log} ${no}`) ? 'confirmed' : 'unconfirmed';
        return { area: place, value };
      }),
    );
}
