/** The record as a scan of the table shows it, sorted into what it consists of. */
import { z } from 'zod';
import type { Action } from '../../shared/domain/actions.ts';
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
}

export interface AccessItem {
  readonly at: number;
  readonly person: string;
  readonly post: string | null;
  readonly what: string;
  readonly outcome: string;
}

export interface TheRecord {
  /** Actions of each log by number. */
  readonly logs: ReadonlyMap<LogId, readonly Action[]>;
  readonly heads: readonly HeadItem[];
  readonly tasks: readonly TaskItem[];
  readonly notices: readonly NoticeItem[];
  readonly reports: readonly ReportItem[];
  readonly accesses: readonly AccessItem[];
}

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
  pk: z.string(),
  sk: z.string(),
  pending: z.string().optional(),
  dispute: z.string().nullish(),
  case: z.string().nullish(),
});
const accessItem = z.object({
  at: z.number(),
  person: z.string(),
  post: z.string().nullable(),
  what: z.string(),
  outcome: z.string(),
});

export async function collect(items: AsyncIterable<Readonly<Record<string, unknown>>>): Promise<TheRecord> {
  const logs = new Map<LogId, Action[]>();
  const heads: HeadItem[] = [];
  const tasks: TaskItem[] = [];
  const notices: NoticeItem[] = [];
  const reports: ReportItem[] = [];
  const accesses: AccessItem[] = [];
  for await (const item of items) {
    const sk = String(item.sk);
    switch (`${String(item.pk).slice(0, 2)} ${sk.slice(0, 2)}`) {
      case 'C# A#':
      case 'D# A#': {
        const { pk, action } = actionItem.parse(item);
        const known = logs.get(pk);
        if (known) known.push(action);
        else logs.set(pk, [action]);
        break;
      }
      case 'C# HE':
      case 'D# HE': {
        const { pk: id, n, hash, state } = headItem.parse(item);
        heads.push({ id, n, hash, state });
        break;
      }
      case 'C# T#':
      case 'D# T#': {
        const { pk: id, seq, state, owner } = taskItem.parse(item);
        tasks.push({ id, no: sk.slice(2), seq, state, owner });
        break;
      }
      case 'C# N#':
      case 'D# N#': {
        const { pk: id, id: noticeId, state } = noticeItem.parse(item);
        const [, task = '', kind, step] = sk.split('#');
        const known = noticeKinds.find((k) => k === kind);
        if (known) notices.push({ id, task, kind: known, step: Number(step), noticeId, state });
        break;
      }
      default:
        if (String(item.pk).startsWith('R#')) {
          const { pk, pending, dispute = null, case: caseId = null } = reportItem.parse(item);
          reports.push({ id: `${pk.slice(2)}/${sk}`, pending: pending !== undefined, dispute, caseId });
        } else if (String(item.pk).startsWith('L#')) {
          accesses.push(accessItem.parse(item));
        }
    }
  }
  for (const actions of logs.values()) actions.sort((a, b) => a.n - b.n);
  return { logs: new Map([...logs].sort(([a], [b]) => (a < b ? -1 : 1))), heads, tasks, notices, reports, accesses };
}

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
