/** How soon somebody must look at what is still unconfirmed: the order of a queue, never a level, and on no person. Pure. */
import type { Fact } from './facts.ts';
import { isDanger } from './help.ts';
import { type TaskKind, type Urgency, urgencies } from './words.ts';

const atOnce: ReadonlySet<Fact['type']> = new Set(['threat_to_kill', 'weapon_present']);

export function urgencyOf(facts: readonly Fact[]): Urgency {
  const told = facts.filter(({ negated }) => !negated);
  if (told.some(({ type }) => atOnce.has(type))) return 'now';
  return told.some(isDanger) ? 'today' : 'routine';
}

/** Tasks whose clocks are those of urgency: facts are confirmed, then the event is verified. */
const firstLooks: ReadonlySet<TaskKind> = new Set(['confirm-facts', 'verify']);
export const isFirstLook = (kind: TaskKind): boolean => firstLooks.has(kind);

interface Queued {
  readonly urgency: Urgency | null;
  /** ISO 8601. */
  readonly due: string;
  readonly taskId: string;
}

const rank = ({ urgency }: Queued): number => (urgency === null ? urgencies.length : urgencies.indexOf(urgency));
const earlier = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who is looked after first: by urgency, then by the next timer. */
export const byUrgency = (a: Queued, b: Queued): number =>
  rank(a) - rank(b) || earlier(a.due, b.due) || earlier(a.taskId, b.taskId);
