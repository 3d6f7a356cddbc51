import type { Engine } from '../engine/engine.ts';
import type { Execution, Frame, Outcome, TaskRun } from '../engine/execution.ts';
import { taskOutputIn } from '../engine/names.ts';
import { StepFunctionsError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Request } from './requests.ts';

/** A token says where it belongs. */
function placeOf(token: string): { execution: number; frame: number; event: number } | undefined {
  const inner = token.startsWith('AQC') ? Buffer.from(token.slice(3), 'base64url').toString() : '';
  const [execution, frame, event] = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})\./.exec(inner)?.slice(1).map(Number) ?? [];
  if (execution === undefined || frame === undefined || event === undefined) return undefined;
  return { execution, frame, event };
}

export function tokenOperations(engine: Engine) {
  /** @throws StepFunctionsError `InvalidToken`; `TaskTimedOut` where nobody waits for it any more */
  function waiting(given: unknown): { execution: Execution; frame: Frame; task: TaskRun } {
    const token = String(given);
    const place = placeOf(token);
    // AWS does not repeat the token.
    if (place === undefined) throw new StepFunctionsError('InvalidToken', "Invalid Token: 'Invalid token'");
    const execution = engine.load(place.execution);
    const frame = execution?.frames.get(place.frame);
    if (execution === undefined || frame?.task === undefined || frame.task.token !== token) {
      throw new StepFunctionsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    return { execution, frame, task: frame.task };
  }

  function answer(token: unknown, outcome: Outcome): JsonObject {
    const { execution, frame, task } = waiting(token);
    engine.touch(execution);
    frame.changed.data = true;
    // The worker may be faster than the call that gave it the token. The first answer counts.
    if (frame.phase === 'call') {
      if (task.early !== undefined) {
        throw new StepFunctionsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
      }
      task.early = outcome;
    } else engine.advance(execution, () => engine.interpreter.tasks.complete(execution, frame, outcome));
    return {};
  }

  return {
    SendTaskSuccess: ({ taskToken, output }: Request) => {
      const value = taskOutputIn(String(output));
      return answer(taskToken, { output: value });
    },
    SendTaskFailure: ({ taskToken, error, cause }: Request) =>
      answer(taskToken, {
        ...(error === undefined ? {} : { error: String(error) }),
        ...(cause === undefined ? {} : { cause: String(cause) }),
      }),
    SendTaskHeartbeat: ({ taskToken }: Request): JsonObject => {
      const { execution, frame } = waiting(taskToken);
      engine.touch(execution);
      engine.interpreter.tasks.heartbeat(frame);
      return {};
    },
  };
}
