import type { Engine } from './engine.ts';
import type { Execution, ExecutionRecord, Frame } from './execution.ts';

/**
 * An execution that ended without success goes on where it ended; what had succeeded is not done again.
 * @param token of the request, if it had one
 * @returns when
 */
export function redrive(engine: Engine, { id }: ExecutionRecord, token: string | undefined): number {
  const execution = engine.recall(id);
  const now = engine.now();
  execution.status = 'RUNNING';
  delete execution.stopped;
  delete execution.error;
  delete execution.cause;
  execution.redrives += 1;
  execution.redriven = now;
  if (token !== undefined) execution.redriveToken = token;
  execution.timeoutAt = engine.limit(execution.definition);
  const event = engine.emit(execution, execution.lastEvent, 'ExecutionRedriven', { redriveCount: execution.redrives });
  for (const frame of [...execution.frames.values()]) {
    frame.changed.data = true;
    // Its retries are counted anew.
    frame.retries = [];
    if (frame.group === undefined) runAgain(engine, execution, frame, event);
    else {
      frame.phase = 'group';
      frame.group.failed = 0;
      engine.drive(execution, () => engine.interpreter.groups.resume(execution, frame));
    }
  }
  return now;
}

/** The state is not entered again, but for the one that was about to be. */
function runAgain(engine: Engine, execution: Execution, frame: Frame, event: number): void {
  engine.interpreter.tidy(execution, frame);
  frame.previous = event;
  if (frame.phase !== 'enter') frame.phase = 'run';
  engine.enqueue(execution, frame);
}
