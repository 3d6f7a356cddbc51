/** What the invariants are checked on. */
import type { City } from '../../../shared/config/city.ts';
import type { Told } from '../record.ts';

/** A message as it left; `kind` is known for notices. */
export interface SentMessage {
  readonly id: string;
  readonly kind: string | undefined;
  readonly text: string;
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
  /** How often a case was read. */
  readonly reads: number;
  readonly loose: readonly Loose[];
  /** Names, identity numbers and phones of the people in the reports. */
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
