import type { CompiledState, Program } from '../language/program.ts';
import { type Execution, type Frame, type FrameData, newFrame } from './execution.ts';

/** The state that a frame is in. */
export function stateOf(frame: Frame): CompiledState {
  const state = frame.program?.states.get(frame.state);
  if (state === undefined) throw new TypeError(`The definition has no state '${frame.state}' here`);
  return state;
}

/** The flow that holds this one; undefined: it is the execution's own. */
export function parentOf(execution: Execution, { id, parent }: Frame): Frame | undefined {
  const frame = execution.frames.get(parent);
  if (frame === undefined && parent !== -1) throw new TypeError(`Flow ${id} has outlived what held it`);
  return frame;
}

/** A flow of control at its first state. */
export function openFrame(
  program: Program,
  at: Pick<FrameData, 'id' | 'parent' | 'index' | 'previous'>,
  input: unknown,
  inputText: string,
): Frame {
  const frame = newFrame(
    {
      ...at,
      state: program.startAt,
      phase: 'enter',
      before: at.previous,
      entered: 0,
      enteredAt: 0,
      retries: [],
    },
    input,
    inputText,
  );
  frame.program = program;
  return frame;
}

/** After a restart: every flow finds its part of the definition again, the outer ones first. */
export function attach(execution: Execution, root: Program): void {
  for (const frame of execution.frames.values()) {
    const parent = execution.frames.get(frame.parent);
    if (parent === undefined) frame.program = root;
    else {
      const state = stateOf(parent);
      const program =
        state.type === 'Map' ? state.body : state.type === 'Parallel' ? state.branches[frame.index] : undefined;
      if (program === undefined) throw new TypeError(`'${parent.state}' has no flow ${frame.index}`);
      frame.program = program;
    }
  }
}
