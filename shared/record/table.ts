/** The one table of a city: keys, and the few ways it is written (single items, conditional; protocol: Items). */
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AgreementId, LogId } from '../domain/ids.ts';
import { RestorePending } from '../errors.ts';

export interface Table {
  readonly name: string;
  readonly db: DynamoDBDocumentClient;
}

/** @param client whose commands go to the table from now on */
const connect = (name: string, client: DynamoDBClient): Table => ({
  name,
  db: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
});

/** The table of a city: nothing reaches it before it has been seen to be the city's own. */
export function openTable(name: string, client = new DynamoDBClient({})): Table {
  const table = connect(name, client);
  let own: Promise<void> | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      // What the look itself sends cannot wait for it.
      if (isLook(args.input)) return next(args);
      own ??= assertOwnTable(table);
      try {
        await own;
      } catch (error) {
        own = undefined;
        throw error;
      }
      return next(args);
    },
    { step: 'initialize', name: 'assertOwnTable' },
  );
  return table;
}

/** The erasure list: a table that is no copy of anything. */
export const openList = (name: string, client = new DynamoDBClient({})): Table => connect(name, client);

/** Under this key a table knows its own name; the copy that a restore makes knows another's. */
export const nameKey = { pk: 'TABLE', sk: 'NAME' } as const;

const isLook = (input: object): boolean => {
  const key: unknown = Reflect.get(input, 'Key') ?? Reflect.get(input, 'Item');
  return typeof key === 'object' && key !== null && Reflect.get(key, 'pk') === nameKey.pk;
};

/** @throws RestorePending where the table is a restored copy on which the erasure list has not been replayed */
export async function assertOwnTable({ name, db }: Table): Promise<void> {
  const { Item } = await db.send(new GetCommand({ TableName: name, Key: nameKey, ConsistentRead: true }));
  if (Item?.name === name) return;
  if (Item === undefined) {
    // Somebody was faster: what they wrote counts.
    return (await putNew({ name, db }, { ...nameKey, name })) ? undefined : assertOwnTable({ name, db });
  }
  throw new RestorePending(
    `${name} is a copy of ${String(Item.name)}: the erasure list is replayed on it first (npm run restore)`,
  );
}

/** Indexes of the table, each sparse: only items with its key attribute are in it. */
export const indexes = {
  open: 'open',
  pending: 'pending',
  owner: 'owner',
  beside: 'beside',
  place: 'place',
} as const;

export const partitionOf = (id: LogId): string => `${id.slice(0, 1)}#${id}`;
export const actionKey = (n: number): string => `A#${String(n).padStart(10, '0')}`;
export const headKey = 'HEAD';
/** Where the lifecycle waits while tasks are at work. */
export const waitKey = 'PARK';
export const taskKey = (task: string): string => `T#${task}`;
export const noticePrefix = (task: string): string => `N#${task}#`;
export const noticeKey = (task: string, kind: string, step: number): string => `${noticePrefix(task)}${kind}#${step}`;

/** A person in role, and the address of one, in the dispute of the report. */
export const personPrefix = 'PERSON#';
export const addressPrefix = 'ADDRESS#';
/** How a person in role may safely be reached. */
export const contactPrefix = 'CONTACT#';
type PartPrefix = typeof personPrefix | typeof addressPrefix | typeof contactPrefix;
export const partKey = (prefix: PartPrefix, report: string, i: number): string => `${prefix}${report}#${i}`;
/** The words of a report, which speak of everybody in it. */
export const textPrefix = 'TEXT#';
export const textKey = (report: string): string => `${textPrefix}${report}`;
/** Free text of an action. */
export const notePrefix = 'NOTE#';
export const noteKey = (id: string): string => `${notePrefix}${id}`;

/** What came of the reports of a county in a month. */
export const yieldPartition = (county: string, month: string): string => `Y#${county}#${month}`;

/** Of a report, by the name that actions know it by: `<channel>/<sourceId>`. */
export function reportKey(report: string): ItemKey {
  const [channel = '', ...rest] = report.split('/');
  return { pk: `R#${channel}`, sk: rest.join('/') };
}
export const pointerPartition = (keyedHash: string): string => `P#${keyedHash}`;
/** Below the keyed hash of a person's own identity: where this person is named. */
export const matterPrefix = 'IN#';
export const matterKey = (dispute: string, report: string, i: number): string =>
  `${matterPrefix}${dispute}#${report}#${i}`;

/** Who holds a post: numbered versions, the newest counts. And the posts that name a person, which only nominate. */
export const postPartition = (post: string): string => `O#${post}`;
export const versionKey = (n: number): string => `V#${String(n).padStart(10, '0')}`;
export const personPartition = (person: string): string => `U#${person}`;
/** Of a person: the words of a reason, as a keyed hash. */
export const reasonKey = (keyedHash: string): string => `REASON#${keyedHash}`;
/** What counted in a county in a month, without names. */
export const monthPartition = (county: string, month: string): string => `M#${county}#${month}`;
/** The newest version of every post that has one, beside marks of those being written: for lists, and for whoever watches. */
export const directoryPartition = 'O#';
/** In the directory too: which alarms about a county were raised, and when. */
export const raisedPrefix = 'RAISED#';
/** Shifts of the posts of an area. */
export const rosterPartition = (area: string): string => `W#${area}`;
/** Turns of the switch that stops new levels: numbered, the newest counts. */
export const switchPartition = 'S#';
/** The handle of a call, and the task that it names. */
export const handleKey = (handle: string): ItemKey => ({ pk: `K#${handle}`, sk: 'TASK' });
/** Mediators and organisations of a county, or of the city, and the places that their measures take. */
export const mediatorPartition = (area: string): string => `E#${area}`;
/** The log of accesses: a chain for each case or dispute, and one for each person and day. */
export const chainPartition = (chain: string): string => `L#${chain}`;
export const linkKey = (n: number): string => String(n).padStart(10, '0');
/** Chains that grew on a day, and what the independent reviewer was sent of them. */
export const auditDayPartition = (date: string): string => `LD#${date}`;
/** How much each person read on a day. */
export const auditCountPartition = (date: string): string => `LN#${date}`;

/** The words of an agreement: apart from the dispute or case that it came of. */
export const agreementKey = (id: AgreementId): ItemKey => ({ pk: `B#${id}`, sk: 'AGREEMENT' });

/** What is due on a day: what goes after its end, and agreements to look at or to forget. By month, then day and what it is about. */
export const expiryPartition = (date: string): string => `X#${date.slice(0, 7)}`;
export const expiryKey = (date: string, id: LogId | AgreementId): string => `${date}#${id}`;
/** Whom a message to a citizen is for: what the gateway asks with. */
export const handlePartition = (handle: string): string => `K#${handle}`;
export const addresseeKey = 'CONTACT';

/** Spreads open logs over index keys: no single key takes all the writes of a city. */
export const shards = 8;
const shardKey = (city: string, id: string): string => `${city}#${id.charCodeAt(id.length - 1) % shards}`;
export const openKey = (city: string, id: LogId): string => shardKey(city, id);
export const pendingKey = (city: string, sourceId: string): string => shardKey(city, sourceId);
/** Heads (H) and tasks (T) of what is open, by township: the first nine digits of the area. */
export const placeKey = (of: 'H' | 'T', area: string): string => `${of}#${area.slice(0, 9)}`;
/** The keys of the sharded indexes `open` and `pending`. */
export const shardKeys = (city: string): string[] => Array.from({ length: shards }, (_, i) => `${city}#${i}`);

/** Runs a conditional write; false when its condition did not hold. */
export async function holds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

export type ItemKey = Readonly<Record<'pk' | 'sk', string>>;

/** Puts an item if absent. @returns false where something lies there already */
export const putNew = ({ name, db }: Table, item: ItemKey & Readonly<Record<string, unknown>>): Promise<boolean> =>
  holds(db.send(new PutCommand({ TableName: name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' })));

/** Takes a closed log out of the index of open ones, unless it was marked anew since it was read. */
export const removeOpen = (table: Table, id: LogId, n: number): UpdateCommand =>
  new UpdateCommand({
    TableName: table.name,
    Key: { pk: partitionOf(id), sk: headKey },
    UpdateExpression: 'remove #open',
    ConditionExpression: '#n = :n and attribute_exists(#open)',
    ExpressionAttributeNames: { '#open': 'open', '#n': 'n' },
    ExpressionAttributeValues: { ':n': n },
  });
