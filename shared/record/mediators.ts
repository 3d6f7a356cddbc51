/**
 * The registry of mediators: numbered versions of each, and the put of version n+1 if absent is the only commit. Whoever is
 * chosen gives a place to the measure. A place is taken before the action that needs it; the log alone tells whether it is
 * still needed, so nobody gives it back: whoever finds all taken looks which are not needed any more.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { countiesOf, placesOf } from '../config/places.ts';
import { isLogId, type LogId } from '../domain/ids.ts';
import { homeOf, type Mediator, serves, type Wanted } from '../domain/mediators.ts';
import type { chosenIn } from '../domain/planning.ts';
import { openTasks, type State } from '../domain/state.ts';
import { type MeasureKind, measureKinds } from '../domain/words.ts';
import { InputInvalid, MediatorFull, PreconditionFailed, RecordBusy } from '../errors.ts';
import { checkSeen, type Directory } from './directory.ts';
import { itemsBeginning } from './items.ts';
import type { Log } from './log.ts';
import { homeAt } from './merging.ts';
import { holds, mediatorPartition, putNew } from './table.ts';

const versionPrefix = 'V#';
const versionsOf = (id: string): string => `${versionPrefix}${id}#`;
const placePrefix = (id: string): string => `PLACE#${id}#`;
const numbered = (prefix: string, n: number): string => `${prefix}${String(n).padStart(6, '0')}`;

async function versions({ table }: Directory, home: string, prefix = versionPrefix): Promise<Mediator[]> {
  const items = await itemsBeginning(table, mediatorPartition(home), prefix);
  return items.map(({ record }) => record as Mediator);
}

/** The newest version of each who serves there, by their ids. */
export async function mediatorsFor(directory: Directory, wanted: Wanted): Promise<Mediator[]> {
  const { city } = directory;
  const homes = countiesOf([city.code, ...placesOf(city, wanted.area ?? city.code)]);
  const all = (await Promise.all(homes.map((home) => versions(directory, home)))).flat();
  const newest = new Map(all.map((one) => [one.id, one]));
  return [...newest.values()].filter((one) => serves(city, one, wanted)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export interface MediatorCommand {
  readonly id: string;
  readonly key: string;
  readonly person: string;
  /** The version that the caller saw. */
  readonly seen: string | undefined;
  readonly make: (current: Mediator | undefined) => Mediator;
}

/** @throws PreconditionRequired, PreconditionFailed, and whatever `make` refuses */
export async function commitMediator(directory: Directory, command: MediatorCommand): Promise<Mediator> {
  const { id, key, person, seen, make } = command;
  const known = await versions(directory, homeOf(id), versionsOf(id));
  const applied = known.find(({ made }) => made.key === key && made.by.person === person);
  if (applied) return applied;
  const current = known.at(-1);
  checkSeen(seen, current?.n ?? 0, id);
  const record = make(current);
  const key1 = { pk: mediatorPartition(homeOf(id)), sk: numbered(versionsOf(id), record.n) };
  if (await putNew(directory.table, { ...key1, record })) return record;
  throw new PreconditionFailed(`${id} was changed meanwhile: read it again`);
}

/** So long a place is kept for an action that is still being written. */
const lease = 60_000;
const tries = 8;

const placeSchema = z.object({
  sk: z.string(),
  /** The log and the kind of measure that it was given to. */
  log: z.custom<LogId>((value) => typeof value === 'string' && isLogId(value)),
  measure: z.enum(measureKinds),
  at: z.number(),
});
type Place = Readonly<z.output<typeof placeSchema>>;

async function placesTaken({ table }: Directory, id: string): Promise<Place[]> {
  const items = await itemsBeginning(table, mediatorPartition(homeOf(id)), placePrefix(id));
  return items.map((item) => placeSchema.parse(item));
}

/** The log has such a measure, open or still to be opened. */
function needs(state: State | undefined, mediator: string, measure: MeasureKind): boolean {
  if (!state) return false;
  const planned = state.subject === 'case' ? [...(state.plan?.waiting ?? []), ...state.agreed] : [];
  return (
    planned.some((one) => one.mediator === mediator && one.kind === measure) ||
    [...openTasks(state), ...state.wants].some((one) => one.mediator === mediator && one.measure === measure)
  );
}

async function isTaken(log: Log, mediator: string, { log: id, measure, at }: Place, now: number): Promise<boolean> {
  return at + lease > now || needs(await homeAt(log, id), mediator, measure);
}

/** The measure of this log has a place from now on. @returns false where all are taken */
async function takePlace(log: Log, { id, capacity }: Mediator, own: Omit<Place, 'sk'>): Promise<boolean> {
  const { table } = log;
  const pk = mediatorPartition(homeOf(id));
  for (let attempt = 0; attempt < tries; attempt++) {
    const places = await placesTaken(log, id);
    const mine = places.find((one) => one.log === own.log && one.measure === own.measure);
    const others = places.filter((one) => one !== mine);
    const taken = await Promise.all(others.map((one) => isTaken(log, id, one, own.at)));
    if (taken.filter(Boolean).length >= capacity) return false;
    const over = mine ?? others.find((_, i) => !taken[i]);
    const item = { pk, sk: over?.sk ?? numbered(placePrefix(id), places.length), ...own };
    if (over ? await replaced(table, item, over) : await putNew(table, item)) return true;
  }
  throw new RecordBusy(`${id} is being chosen by many; send the command again`);
}

/** Only one of those who found it free gets it. */
const replaced = ({ name, db }: Log['table'], item: object, { log, measure, at }: Place): Promise<boolean> =>
  holds(
    db.send(
      new PutCommand({
        TableName: name,
        Item: { ...item },
        ConditionExpression: '#log = :log and #measure = :measure and #at = :at',
        ExpressionAttributeNames: { '#log': 'log', '#measure': 'measure', '#at': 'at' },
        ExpressionAttributeValues: { ':log': log, ':measure': measure, ':at': at },
      }),
    ),
  );

/**
 * Whoever was chosen is in the registry, serves the place and the measure, and gives it a place.
 * @throws InputInvalid, or MediatorFull, which names others who have one
 */
export async function takePlaces(
  log: Log,
  { id, area }: Pick<State, 'id' | 'area'>,
  chosen: ReturnType<typeof chosenIn>,
  now: number,
): Promise<void> {
  for (const { path, measure } of chosen) {
    const { mediator, kind } = measure;
    if (mediator === undefined) continue;
    const others = await mediatorsFor(log, { area, measure: kind });
    const one = others.find((other) => other.id === mediator);
    if (!one) {
      const allowed = `one of the registry for ${kind} there: ${others.map((other) => other.id).join(', ') || 'nobody'}`;
      throw new InputInvalid([{ path, value: mediator, allowed }]);
    }
    if (await takePlace(log, one, { log: id, measure: kind, at: now })) continue;
    throw new MediatorFull(mediator, await withPlaces(log, others, now));
  }
}

async function withPlaces(log: Log, all: readonly Mediator[], now: number): Promise<string[]> {
  const free = await Promise.all(
    all.map(async ({ id, capacity }) => {
      const places = await placesTaken(log, id);
      const taken = await Promise.all(places.map((place) => isTaken(log, id, place, now)));
      return taken.filter(Boolean).length < capacity;
    }),
  );
  return all.filter((_, i) => free[i]).map(({ id }) => id);
}
