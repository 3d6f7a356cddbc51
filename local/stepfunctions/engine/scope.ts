import type { JsonObject } from '../json.ts';
import type { Scope } from '../language/expressions.ts';
import { recovers } from '../language/program.ts';
import type { Execution, Frame } from './execution.ts';
import { stateOf } from './frames.ts';

export interface Surroundings {
  now(): number;
  roleOf(definition: number): string;
}

const iso = (at: number): string => new Date(at).toISOString();

/** What the context object adds in some fields: the token of a Task, the item of a Map. */
export type Extra = { readonly Task?: { Token: string }; readonly Map?: { Item: { Index: number; Value: unknown } } };

function itemOf(execution: Execution, frame: Frame): Extra['Map'] {
  for (let at: Frame | undefined = frame; at; ) {
    const parent: Frame | undefined = execution.frames.get(at.parent);
    if (parent?.items !== undefined) return { Item: { Index: at.index, Value: parent.items[at.index] } };
    at = parent;
  }
  return undefined;
}

/** The context object, as `$states.context` shows it. */
export function contextOf(from: Surroundings, execution: Execution, frame: Frame, extra: Extra = {}): JsonObject {
  const { arn, value, started, name, definition, redrives, redriven, machine } = execution;
  const map = extra.Map ?? itemOf(execution, frame);
  return {
    Execution: {
      Id: arn,
      Input: value,
      StartTime: iso(started),
      Name: name,
      RoleArn: from.roleOf(definition),
      RedriveCount: redrives,
      ...(redriven === undefined ? {} : { RedriveTime: iso(redriven) }),
    },
    StateMachine: { Id: machine, Name: machine.slice(machine.lastIndexOf(':') + 1) },
    State: {
      Name: frame.state,
      EnteredTime: iso(frame.enteredAt),
      ...(recovers(stateOf(frame)) ? { RetryCount: frame.retries.reduce((sum, n) => sum + n, 0) } : {}),
    },
    ...(extra.Task === undefined ? {} : { Task: extra.Task }),
    ...(map === undefined ? {} : { Map: map }),
  };
}

/** What the fields of one state may see: `$states` and the variables of its flow and of those around it. */
export class StateScope implements Scope {
  readonly states: Readonly<Record<string, unknown>>;
  readonly now: number;
  readonly #execution: Execution;
  readonly #frame: Frame;

  constructor(from: Surroundings, execution: Execution, frame: Frame, more?: JsonObject, extra?: Extra) {
    this.#execution = execution;
    this.#frame = frame;
    this.now = from.now();
    this.states = {
      input: frame.input,
      // Few fields ask for it.
      get context() {
        return contextOf(from, execution, frame, extra);
      },
      ...more,
    };
  }

  variable(name: string): unknown {
    for (let at: Frame | undefined = this.#frame; at; at = this.#execution.frames.get(at.parent)) {
      const variable = at.variables.get(name);
      if (variable !== undefined) return variable.value;
    }
    return undefined;
  }
}
