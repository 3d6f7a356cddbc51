/** A life on paper in any city: what people try and what the clocks do is written down, refusals too. */
import type { City } from '../../shared/config/city.ts';
import type { Content, Draft } from '../../shared/domain/actions.ts';
import { system } from '../../shared/domain/actions.ts';
import { next } from '../../shared/domain/commit.ts';
import type { LogId } from '../../shared/domain/ids.ts';
import { nextTimer } from '../../shared/domain/ladder.ts';
import { assessmentDraft, closingDraft, openingDraft, slaDraft } from '../../shared/domain/lifecycle-commands.ts';
import { type Call, nextCall } from '../../shared/domain/paging.ts';
import { openTasks, type State } from '../../shared/domain/state.ts';
import { taskCommand, type Verb } from '../../shared/domain/task-commands.ts';
import { HejieError } from '../../shared/errors.ts';

export class WholeLife {
  at: number;
  state: State;
  /** Everything that was done, and when. */
  readonly told: unknown[] = [];
  readonly city: City;
  readonly #id: LogId;
  #key = 0;

  constructor(city: City, id: LogId, at: number, content: Content) {
    this.city = city;
    this.#id = id;
    this.at = at;
    this.state = this.#next(undefined, this.#draft(content));
    this.#drive();
  }

  /** A post does something about the first open task of a kind: the accountable one, unless it says another. */
  try(kind: string, verb: Verb, body: object = {}, more: { post?: string; person?: string; usedBefore?: number } = {}) {
    return this.refusable(() => {
      const task = openTasks(this.state).find((one) => one.kind === kind && one.begun);
      if (!task) return this.told.push(`no ${kind}`);
      const post = more.post ?? (verb === 'accept' || verb === 'decline' ? task.handOff?.to : undefined) ?? task.owner;
      const by = { role: 'staff', person: more.person ?? `P ${post}`, post } as const;
      const { city, state, at } = this;
      const command = { city, state, task: task.no, verb, by, at, key: this.#draft({ kind: 'closed' }).key, body };
      return this.#commit(taskCommand({ ...command, ...more }).draft);
    });
  }

  do(content: (state: State) => Content, by: Draft['by'] = system): this {
    return this.refusable(() => this.#commit({ ...this.#draft(content(this.state)), by }));
  }

  refusable(what: () => unknown): this {
    try {
      what();
    } catch (refused) {
      if (!(refused instanceof HejieError)) throw refused;
      this.told.push([this.at, refused.name, refused.message, 'faults' in refused ? refused.faults : null]);
    }
    return this.#drive();
  }

  /** Nobody does anything: timer by timer. */
  pass(duration: number, calls: readonly Call[] = []): this {
    const { city } = this;
    const end = this.at + duration;
    for (;;) {
      const timers = openTasks(this.state).map((task) => ({ task, timer: nextTimer(city, task).at }));
      const [first] = timers.sort((a, b) => a.timer - b.timer);
      if (!first || first.timer > end) break;
      this.at = Math.max(this.at, first.timer);
      const { no, step } = first.task;
      const who = nextCall(city, first.task) === undefined ? [] : calls;
      const draft = slaDraft(city, this.state, this.state.rev, no, step, this.at, who);
      if (!draft) throw new Error(`${no} has a timer and no step`);
      this.#commit(draft);
      this.#drive();
    }
    this.at = end;
    return this;
  }

  #draft = (content: Content): Draft => {
    this.#key += 1;
    return { at: this.at, by: system, key: `k${this.#key}`, rev: 0, content };
  };

  #next(before: State | undefined, draft: Draft): State {
    this.told.push([draft.at, draft.content]);
    return next(this.#id, before, draft).state;
  }

  #commit(draft: Draft): void {
    this.state = this.#next(this.state, draft);
  }

  #drive(): this {
    for (let n = -1; n < this.state.n && this.state.status !== 'closed'; ) {
      n = this.state.n;
      const { state, at, city } = this;
      const draft =
        assessmentDraft(state, state.rev, at) ??
        openingDraft(city, state, state.rev, at) ??
        closingDraft(state, state.rev, at);
      if (draft) this.#commit(draft);
    }
    return this;
  }
}
