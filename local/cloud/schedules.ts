/** EventBridge Scheduler: rates. In a jumping clock a schedule fires at most once in so much time, else nothing else would. */
import type { Clock } from './clock.ts';
import { CannotStart } from './errors.ts';
import { objectOf } from './json.ts';
import type { Store } from './store.ts';
import type { Template } from './template.ts';

interface Schedule {
  readonly name: string;
  readonly every: number;
  readonly target: string;
  readonly role: string;
  readonly input: string;
}

/** How far apart a schedule of this rate and this name fires while the clock jumps. */
export type Spacing = (every: number, name: string) => number;

export interface Firing {
  readonly target: string;
  readonly role: string;
  readonly payload: unknown;
}

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export class Schedules {
  readonly #schedules: Schedule[];
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #spacing: Spacing;

  constructor(template: Template, store: Store, clock: Clock, spacing: Spacing) {
    this.#store = store;
    this.#clock = clock;
    this.#spacing = spacing;
    this.#schedules = template
      .resources('AWS::Scheduler::Schedule')
      .filter(({ properties }) => properties.State !== 'DISABLED')
      .map(({ name, properties }) => {
        const [, count, unit = ''] =
          /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(properties.ScheduleExpression)) ?? [];
        if (count === undefined) {
          throw new CannotStart(
            `Schedule ${name}: ${String(properties.ScheduleExpression)} is not served, only rate(…).`,
          );
        }
        const { Arn, RoleArn, Input } = objectOf(properties.Target);
        const every = Number(count) * (units[unit] ?? 0);
        return { name, every, target: String(Arn), role: String(RoleArn), input: String(Input ?? '{}') };
      });
    for (const { name } of this.#schedules) {
      if (store.fact(`fired ${name}`) === undefined) store.setFact(`fired ${name}`, String(clock.now()));
    }
  }

  #dueOf({ name, every }: Schedule): number {
    const spacing = this.#clock.runs ? every : this.#spacing(every, name);
    return Number(this.#store.fact(`fired ${name}`)) + spacing;
  }

  next(): number | undefined {
    return this.#schedules.length === 0 ? undefined : Math.min(...this.#schedules.map((one) => this.#dueOf(one)));
  }

  /** What is due now, each marked as fired. */
  take(): Firing[] {
    const now = this.#clock.now();
    return this.#schedules
      .filter((one) => this.#dueOf(one) <= now)
      .map(({ name, target, role, input }) => {
        this.#store.setFact(`fired ${name}`, String(now));
        const time = new Date(now).toISOString();
        return { target, role, payload: JSON.parse(input.replaceAll('<aws.scheduler.scheduled-time>', time)) };
      });
  }
}
