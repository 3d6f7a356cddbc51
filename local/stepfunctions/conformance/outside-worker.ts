import type { Action, WorkerCall } from './files.ts';
import { isObject, type JsonObject, parsedText, present } from './values.ts';
import type { Outsider, World } from './world.ts';

interface Round {
  /** The calls that are still to be made, the next one first. */
  calls: readonly WorkerCall[];
  /** When to go on, epoch milliseconds. */
  at: number;
  readonly message: JsonObject;
}

/** The worker of a scenario's `actions`: answers messages that have a task token, and states that were entered. */
export class OutsideWorker implements Outsider {
  /** Calls that the engine refused: worth telling if the scenario fails. */
  readonly refused: string[] = [];
  readonly #world: World;
  readonly #executionArn: string;
  readonly #tokenActions: Action[];
  #stateActions: Extract<Action, { on: 'stateEntered' }>[];
  #rounds: Round[] = [];

  constructor(world: World, executionArn: string, actions: readonly Action[]) {
    this.#world = world;
    this.#executionArn = executionArn;
    this.#tokenActions = actions.filter(({ on }) => on === 'tokenMessage');
    this.#stateActions = actions.filter((action) => action.on === 'stateEntered');
  }

  nextTimer(): number | undefined {
    const times = this.#rounds.map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async act(): Promise<boolean> {
    await this.#look();
    const now = this.#world.now();
    const due = this.#rounds.filter(({ at }) => at <= now);
    for (const round of due) await this.#goOn(round);
    this.#rounds = this.#rounds.filter(({ calls }) => calls.length > 0);
    return due.length > 0;
  }

  /** What has come since the last look. */
  async #look(): Promise<void> {
    const at = this.#world.now();
    for (const body of this.#world.services.messages.read()) {
      const message = parsedText(body);
      if (!isObject(message) || typeof message.TaskToken !== 'string') continue;
      for (const { calls } of this.#tokenActions) this.#rounds.push({ calls, at, message });
    }
    if (this.#stateActions.length === 0) return;
    const entered = await this.#enteredStates();
    for (const { state, calls } of this.#stateActions) {
      if (entered.has(state)) this.#rounds.push({ calls, at, message: {} });
    }
    this.#stateActions = this.#stateActions.filter(({ state }) => !entered.has(state));
  }

  async #enteredStates(): Promise<Set<unknown>> {
    const request = { executionArn: this.#executionArn, maxResults: 1000 };
    const { events } = await this.#world.engine.call('GetExecutionHistory', request);
    const entered = Array.isArray(events)
      ? events.filter(isObject).map(({ stateEnteredEventDetails }) => stateEnteredEventDetails)
      : [];
    return new Set(entered.filter(isObject).map(({ name }) => name));
  }

  async #goOn(round: Round): Promise<void> {
    for (;;) {
      const [call, ...rest] = round.calls;
      round.calls = rest;
      if (call === undefined) return;
      if (call.call === 'wait') {
        round.at = this.#world.now() + call.seconds * 1000;
        return;
      }
      try {
        await this.#make(call, round.message);
      } catch (error) {
        this.refused.push(`${call.call} was refused: ${error}`);
        round.calls = [];
        return;
      }
    }
  }

  async #make(call: Exclude<WorkerCall, { call: 'wait' }>, message: JsonObject): Promise<void> {
    const { engine } = this.#world;
    const taskToken = message.TaskToken;
    if (call.call === 'sendTaskHeartbeat') await engine.call('SendTaskHeartbeat', { taskToken });
    else if (call.call === 'sendTaskSuccess') {
      const value = 'value' in call.output ? call.output.value : fromBody(message, call.output.fromBody);
      await engine.call('SendTaskSuccess', { taskToken, output: JSON.stringify(value) });
    } else {
      const reason = present({ error: call.error, cause: call.cause });
      if (call.call === 'sendTaskFailure') await engine.call('SendTaskFailure', { taskToken, ...reason });
      else await engine.call('StopExecution', { executionArn: this.#executionArn, ...reason });
    }
  }
}

const fromBody = (message: JsonObject, field: string): unknown => (field === '$' ? message : message[field]);
