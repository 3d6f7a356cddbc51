/** What the explorer looks at: a log, the items on which tokens are parked, notices, and whoever acts. */
import type { Action } from '../../shared/domain/actions.ts';
import type { Cast } from './programs.ts';

/** What can be left out, to show that it is needed; `fence` and `step-key` are left out of the domain by the test. */
export const guards = ['park-seq', 'park-rev', 'fence', 'step-key', 'keep-token', 'monotone', 'claim'] as const;
export type Guard = (typeof guards)[number];

export interface Scenario extends Cast {
  readonly actions: readonly Action[];
  readonly at: number;
  readonly timeouts: number;
  readonly crashes: number;
  /** Notices are looked at too; else they count as sent. */
  readonly notices: boolean;
  /** Timers fire so much later than they should. */
  readonly late: number;
}

/** An execution (`L1`: the lifecycle at revision 1, `T1`: of the task), a person, or the reconciler. */
export interface Process {
  readonly at: 'run' | 'wait' | 'idle' | 'over';
  /** What runs, and the answers that it has had. */
  readonly run: string;
  readonly seen: readonly string[];
  /** SLA steps that it may still commit for the timer that has passed. */
  readonly steps?: number;
  /** Stopped while a Lambda of it ran: that goes on to its end. */
  readonly orphan?: boolean;
  readonly told?: string;
}
export type Item = {
  readonly seq?: number;
  /** Of a task: what lists show. */
  readonly state?: string;
  readonly tok?: string;
  readonly tokRev?: number;
  readonly tokSeq?: number;
  readonly tokDef?: string;
};
export interface World {
  /** By the hash of its last action. */
  readonly log: string;
  readonly now: number;
  readonly items: Readonly<Record<string, Item>>;
  readonly notices: Readonly<
    Record<string, { readonly state?: string; readonly until?: number; readonly sent: number }>
  >;
  readonly all: Readonly<Record<string, Process>>;
  readonly timeouts: number;
  readonly crashes: number;
  readonly broken?: string;
}
export interface Move {
  readonly label: string;
  readonly world: World;
  readonly timer?: true;
}
export const ended: Process = { at: 'over', run: '', seen: [] };
export const running = (run: string, steps?: number): Process => ({
  at: 'run',
  run,
  seen: [],
  ...(steps ? { steps } : {}),
});
/** What every machine here comes from, and the reconciler knows. */
export const definition = 'D';
export const pick = ({ seq, state, tok, tokRev, tokSeq, tokDef }: Item): Item => ({
  ...(state === undefined ? {} : { state }),
  ...(seq === undefined ? {} : { seq }),
  ...(tok === undefined ? {} : { tok, tokRev, tokSeq, tokDef }),
});

export const changed = (world: World, name: string, change: Partial<Process>): World => ({
  ...world,
  all: { ...world.all, [name]: { ...(world.all[name] ?? ended), ...change } },
});

/** Nobody waits for this token any more, wherever it still is. */
export const dead = (world: World, name: string): World =>
  JSON.parse(JSON.stringify(world).replaceAll(`${name}+`, `${name}-`));
