/** The record as a scan of the table shows it, sorted into what it consists of. */
import { z } from 'zod';
import type { Action } from '../../shared/domain/actions.ts';
import type { Found } from '../../shared/domain/audit.ts';
import type { PostRecord } from '../../shared/domain/directory.ts';
import { apply } from '../../shared/domain/fold.ts';
import { isLogId, type LogId } from '../../shared/domain/ids.ts';
import { type NoticeKind, noticeKinds, type State } from '../../shared/domain/state.ts';

export interface HeadItem {
  readonly id: LogId;
  readonly n: number;
  readonly hash: string | undefined;
  readonly state: unknown;
}

export interface TaskItem {
  readonly id: LogId;
  readonly no: string;
  readonly seq: number;
  readonly state: string | undefined;
  readonly owner: string | undefined;
}

export interface NoticeItem {
  readonly id: LogId;
  readonly task: string;
  readonly kind: NoticeKind;
  readonly step: number;
  readonly noticeId: string;
  readonly state: string;
}

export interface ReportItem {
  readonly id: string;
  readonly pending: boolean;
  readonly dispute: string | null;
  readonly caseId: string | null;
  readonly referral: string | null;
}

export interface TheRecord {
  /** Actions of each log by number. */
  readonly logs: ReadonlyMap<LogId, readonly Action[]>;
  readonly heads: readonly HeadItem[];
  readonly tasks: readonly TaskItem[];
  readonly notices: readonly NoticeItem[];
  readonly reports: readonly ReportItem[];
  /** The log of accesses: what stands in each chain, by number. */
  readonly chains: ReadonlyMap<string, readonly Found[]>;
  /** Versions of each post by number. */
  readonly posts: ReadonlyMap<string, readonly PostRecord[]>;
  /** Everything as it stands in the tables. */
  readonly items: readonly Item[];
}

export type Item = Readonly<Record<string, unknown>>;

/** Keys of all that a table may hold. */
const kinds = [
  /^[CDGH]#\S+ (A#|HEAD$|PARK$|T#|N#|NOTE#)/,
  /^[DH]#\S+ (PERSON|ADDRESS|CONTACT|TEXT)#/,
  /^R#/,
  /^P#\S+ (CASE$|DISPUTE$|REFERRAL$|IN#)/,
  /^O#\S+ V#/,
  /^O# (RAISED#|\d)/,
  /^U#\S+ (O#|REASON#)/,
  /^W#\d+ /,
  /^E#\d+ (V#|PLACE#)/,
  /^K#\S+ (TASK|CONTACT)$/,
  /^[MY]#\d+#\S+ /,
  /^B#\S+ AGREEMENT$/,
  /^S# /,
  /^X#\d{4}-\d\d /,
  /^L#\S+ \d{10}$/,
  /^LD#/,
  /^LN#/,
  /^TABLE NAME$/,
  /^\d{4}-\d\d \d{4}-/, // an erasure, in the list of erasures
];

export const placeOf = ({ pk, sk }: Item): string => `${String(pk)} ${String(sk)}`;

export const isKnownKind = (item: Item): boolean => kinds.some((kind) => kind.test(placeOf(item)));

const actionShape = z.object({
  n: z.int().positive(),
  at: z.number(),
  hash: z.string(),
  prev: z.string(),
  content: z.looseObject({ kind: z.string() }),
});
const action = z.custom<Action>((value) => actionShape.safeParse(value).success, 'an action');
const logKey = z.string().transform((pk, context): LogId => {
  const id = pk.slice(2);
  if (isLogId(id)) return id;
  context.issues.push({ code: 'custom', input: pk, message: 'the partition of a case or dispute' });
  return z.NEVER;
});

const actionItem = z.object({ pk: logKey, action });
const headItem = z.object({ pk: logKey, n: z.number(), hash: z.string().optional(), state: z.unknown() });
const taskItem = z.object({
  pk: logKey,
  sk: z.string(),
  // A token that was parked before the first projection: nothing else is there yet.
  seq: z.number().default(0),
  state: z.string().optional(),
  owner: z.string().optional(),
});
const noticeItem = z.object({ pk: logKey, sk: z.string(), id: z.string(), state: z.string() });
const reportItem = z.object({
  pending: z.string().optional(),
  dispute: z.string().nullish(),
  case: z.string().nullish(),
  referral: z.string().nullish(),
});
const recordShape = z.object({
  post: z.string(),
  n: z.int().positive(),
  at: z.number(),
  holders: z.array(z.looseObject({ person: z.string() })),
});
const postItem = z.object({
  record: z.custom<PostRecord>((value) => recordShape.safeParse(value).success, 'a version of a post'),
});

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

const isLog = (pk: string): boolean => /^[CDGH]#./.test(pk);

export async function collect(scanned: AsyncIterable<Item>): Promise<TheRecord> {
  const logs = new Map<LogId, Action[]>();
  const heads: HeadItem[] = [];
  const tasks: TaskItem[] = [];
  const notices: NoticeItem[] = [];
  const reports: ReportItem[] = [];
  const chains = new Map<string, Found[]>();
  const posts = new Map<string, PostRecord[]>();
  const items: Item[] = [];
  for await (const item of scanned) {
    items.push(item);
    const pk = String(item.pk);
    const sk = String(item.sk);
    switch (`${isLog(pk) ? 'log' : pk} ${sk.slice(0, 2)}`) {
      case 'log A#': {
        const { pk: id, action } = actionItem.parse(item);
        addTo(logs, id, action);
        break;
      }
      case 'log HE': {
        const { pk: id, n, hash, state } = headItem.parse(item);
        heads.push({ id, n, hash, state });
        break;
      }
      case 'log T#': {
        const { pk: id, seq, state, owner } = taskItem.parse(item);
        tasks.push({ id, no: sk.slice(2), seq, state, owner });
        break;
      }
      case 'log N#': {
        const { pk: id, id: noticeId, state } = noticeItem.parse(item);
        const [, task = '', kind, step] = sk.split('#');
        const known = noticeKinds.find((k) => k === kind);
        if (known) notices.push({ id, task, kind: known, step: Number(step), noticeId, state });
        break;
      }
      default:
        if (pk.startsWith('R#')) {
          const { pending, dispute = null, case: caseId = null, referral = null } = reportItem.parse(item);
          const id = `${pk.slice(2)}/${sk}`;
          reports.push({ id, pending: pending !== undefined, dispute, caseId, referral });
        } else if (pk.startsWith('L#')) {
          const { pk: _pk, sk: _sk, ...record } = item;
          addTo(chains, pk.slice(2), { n: Number(sk), record });
        } else if (/^O#./.test(pk)) {
          addTo(posts, pk.slice(2), postItem.parse(item).record);
        }
    }
  }
  for (const numbered of [...logs.values(), ...chains.values(), ...posts.values()]) numbered.sort((a, b) => a.n - b.n);
  return { logs: sorted(logs), heads, tasks, notices, reports, chains: sorted(chains), posts, items };
}

const sorted = <K, V>(lists: ReadonlyMap<K, V>): Map<K, V> => new Map([...lists].sort(([a], [b]) => (a < b ? -1 : 1)));

/** A log told step by step: each action with what was before and after it. */
export interface Step {
  readonly id: LogId;
  readonly action: Action;
  readonly before: State | undefined;
  readonly after: State;
}

export function stepsOf(id: LogId, actions: readonly Action[]): Step[] {
  const steps: Step[] = [];
  let before: State | undefined;
  for (const action of actions) {
    const after = apply(id, before, action);
    steps.push({ id, action, before, after });
    before = after;
  }
  return steps;
}

export interface Told {
  readonly record: TheRecord;
  readonly steps: ReadonlyMap<LogId, readonly Step[]>;
  /** The fold of each log to its end. */
  readonly states: readonly State[];
}

export function tell(record: TheRecord): Told {
  const steps = new Map([...record.logs].map(([id, actions]) => [id, stepsOf(id, actions)] as const));
  const states = [...steps.values()].flatMap((all) => all.at(-1)?.after ?? []);
  return { record, steps, states };
}
