/** Where an event of a history came from, when branches or iterations ran side by side. */
import type { HistoryEvent } from './events.ts';
import { isObject } from './values.ts';

const group = /^(Map|Parallel)State(Started|Succeeded|Failed|Exited)$/;

const nameIn = (event: HistoryEvent | undefined, field: string): unknown => {
  const details = event?.details[field];
  return isObject(details) ? details.name : undefined;
};

/**
 * The `...StateStarted` that the end of a Map or Parallel, or of what was aborted in it, belongs to. The event before such
 * an end is the last of any branch: from there it is the nearest group that is not over already.
 */
function openGroup(event: HistoryEvent, before: (event: HistoryEvent) => HistoryEvent | undefined) {
  const kind = event.type === 'MapIterationAborted' ? 'Map' : group.exec(event.type)?.[1];
  const name = event.type === 'MapIterationAborted' ? nameIn(event, 'mapIterationAbortedEventDetails') : undefined;
  let [later, at] = [event, before(event)];
  let over = 0;
  while (at !== undefined) {
    const [, its, what] = group.exec(at.type) ?? [];
    // A group's Exited comes straight after its Failed: one end, not two.
    const sameEnd = (what === 'Failed' || what === 'Succeeded') && later.type === `${its}StateExited`;
    if (what === 'Started') {
      const named = name === undefined || nameIn(before(at), 'stateEnteredEventDetails') === name;
      if (over > 0) over -= 1;
      else if ((kind === undefined || kind === its) && named) return at;
    } else if (what !== undefined && !sameEnd) over += 1;
    [later, at] = [at, before(at)];
  }
}

const belongsToGroup = (type: string): boolean =>
  type === 'MapIterationAborted' || type === 'TaskStateAborted' || (group.test(type) && !type.endsWith('Started'));

/** Each event with all that led to it, the longest first. */
export function pathsOf(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const byId = new Map(events.map((event) => [event.id, event]));
  // An event comes after the one that it names: a history that says otherwise must not lead round in circles.
  const before = ({ id, previous }: HistoryEvent) => (Number(previous) < Number(id) ? byId.get(previous) : undefined);
  const cameFrom = (event: HistoryEvent) =>
    (belongsToGroup(event.type) ? openGroup(event, before) : undefined) ?? before(event);
  const paths = events.map((event) => {
    const path: HistoryEvent[] = [];
    for (let at: HistoryEvent | undefined = event; at !== undefined; at = cameFrom(at)) path.unshift(at);
    return path;
  });
  return paths.sort((one, other) => other.length - one.length);
}
