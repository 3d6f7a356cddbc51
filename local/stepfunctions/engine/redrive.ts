import type { Engine } from './engine.ts';
import type { Execution, ExecutionRecord, Frame } from './execution.ts';

/** An execution that ended without success goes on where it ended; what had succeeded is not done again. @returns when */
export function redrive(engine: Engine, { id }: ExecutionRecord): number {
  const execution = engine.recall(id);
  const now = engine.now();
  execution.status = 'RUNNING';
  delete execution.stopped;
  delete execution.error;
  delete execution.cause;
  execution.redrives += 1;
  execution.redriven = now;
  execution.timeoutAt = engine.limit(execution.definition);
  const event = engine.emit(execution, execution.lastEvent, 'ExecutionRedriven', { redriveCount: execution.redrives });
  const parents = new Set([...execution.frames.values()].map(({ parent }) => parent));
  for (const frame of execution.frames.values()) {
    frame.changed.data = true;
    if (parents.has(frame.id)) waitAgain(frame);
    else runAgain(engine, execution, frame, event);
  }
  return now;
}

/** A Parallel or Map of which some flows are still to be done. */
function waitAgain(frame: Frame): void {
  frame.phase = 'group';
  frame.retries = [];
  if (frame.group) frame.group.failed = 0;
}

/** The state is not entered again, but for the one that was about to be. Its retries are counted anew. */
function runAgain(engine: Engine, execution: Execution, frame: Frame, event: number): void {
  engine.interpreter.tidy(frame);
  frame.retries = [];
  frame.previous = event;
  if (frame.phase !== 'enter') frame.phase = 'run';
  engine.enqueue(execution, frame);
}
