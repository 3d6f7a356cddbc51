import { perform } from '../integrations/perform.ts';
import type { Engine } from './engine.ts';
import type { Execution, Frame, Outcome } from './execution.ts';
import { stateOf } from './frames.ts';

/** Calls of integrations: made once what they rest on is durable, answered in a turn of their own. */
export class Calls {
  readonly #engine: Engine;
  readonly #out = new Set<AbortController>();
  #underWay = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Calls that are to be made, are out, or whose answer waits for its turn. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Makes the call of the frame's task. */
  make(execution: Execution, frame: Frame): void {
    const { task } = frame;
    const state = stateOf(frame);
    if (task === undefined || state.type !== 'Task') return;
    const engine = this.#engine;
    const { resource } = state;
    const { event, input } = task;
    const roleArn = task.credentials ?? engine.roleOf(execution.definition);
    execution.active += 1;
    this.#underWay += 1;
    engine.afterCommit(() => {
      const abort = new AbortController();
      this.#out.add(abort);
      const back = (then: () => void): void => {
        this.#out.delete(abort);
        engine.push(() => {
          execution.active -= 1;
          this.#underWay -= 1;
          then();
        });
      };
      const answered = (outcome: Outcome | undefined): void => {
        if (execution.status !== 'RUNNING' || execution.frames.get(frame.id) !== frame) return;
        // Timed out or aborted meanwhile, or an answer to another attempt.
        if (frame.task?.event !== event || frame.phase !== 'call') return;
        engine.advance(execution, () => {
          const told = outcome ?? engine.children.start(execution, frame, task, state);
          engine.interpreter.tasks.answered(execution, frame, told);
        });
      };
      const call = { resource, input, roleArn, signal: abort.signal, now: () => engine.now() };
      const made =
        resource.type === 'states'
          ? engine.children.refusal(roleArn, task, state)
          : perform(engine.options.integrations, call);
      made.then(
        (outcome) => back(() => answered(outcome)),
        (fault: unknown) => back(() => engine.broken(execution, fault)),
      );
    });
  }

  /** Nobody waits for the answers any more. */
  abort(): void {
    for (const call of this.#out) call.abort();
  }
}
