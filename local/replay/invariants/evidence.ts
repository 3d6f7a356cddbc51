/** What the invariants are checked on. */
import type { City } from '../../../shared/config/city.ts';
import { type Head, isBroken, type Link, readLink } from '../../../shared/domain/audit.ts';
import type { Told } from '../record.ts';

/** A message as it left; `kind` is known for notices. */
export interface SentMessage {
  readonly id: string;
  readonly kind: string | undefined;
  readonly text: string;
  readonly at: number;
  /** To somebody who takes part, not to staff. */
  readonly toCitizen: boolean;
  /** Of a notice: whose task it names. */
  readonly log?: string;
}

export interface Execution {
  readonly name: string;
  readonly status: string;
}

/** Text that left the record's protection: input, output, log line. */
export interface Loose {
  readonly where: string;
  readonly text: string;
}

export interface Evidence {
  readonly told: Told;
  readonly city: City;
  /** The instant up to which everything must have happened. */
  readonly now: number;
  readonly messages: readonly SentMessage[];
  readonly executions: readonly Execution[];
  /** How often the process was killed: a crash may repeat a message. */
  readonly kills: number;
  /** How often a request was sent again: it may stand twice in the log of accesses. */
  readonly repeats: number;
  /** How much the reconciler repaired. */
  readonly repairs: number;
  /** How often each person read a case. */
  readonly reads: Readonly<Record<string, number>>;
  /** Ends of chains of accesses, as the independent reviewer was sent them. */
  readonly heads: readonly Head[];
  readonly loose: readonly Loose[];
  /** What the reports say of people: names, numbers, addresses, and their words. */
  readonly secrets: ReadonlySet<string>;
}

export interface Finding {
  readonly checked: number;
  /** A sentence each. */
  readonly violated: readonly string[];
}

export class Check {
  checked = 0;
  readonly #violated: string[] = [];

  /** One thing that must hold. */
  holds(condition: boolean, otherwise: () => string): void {
    this.checked += 1;
    if (!condition) this.#violated.push(otherwise());
  }

  get finding(): Finding {
    return { checked: this.checked, violated: this.#violated };
  }
}

export const time = (at: number): string => new Date(at).toISOString();

/** Who looked at what while the story was told; what came after it, with the API in the open, is not the story's. */
export const accessesIn = ({ told, now }: Pick<Evidence, 'told' | 'now'>): Link[] =>
  [...told.record.chains].flatMap(([chain, found]) =>
    found.map((one) => readLink(chain, one)).filter((read): read is Link => !isBroken(read) && read.at < now),
  );
