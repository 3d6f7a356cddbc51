/** The executions that drive the logs, through Step Functions. */
import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { LogId } from '../domain/ids.ts';
import type { Driver } from './log.ts';

export const executionName = (id: LogId, rev: number): string => `${id}-${rev}`;

/** Byte for byte a function of its arguments: StartExecution is idempotent only for equal input. */
const executionInput = (id: LogId, rev: number): string => JSON.stringify({ id, rev });

export const taskName = (id: LogId, rev: number, task: string): string => `${executionName(id, rev)}-${task}`;
const taskInput = (id: LogId, rev: number, task: string): string => JSON.stringify({ id, rev, task });

/** ARNs of the two machines. */
export interface MachineArns {
  readonly lifecycle: string;
  readonly task: string;
}

export function stepFunctionsDriver(sfn: SFNClient, arns: MachineArns): Driver {
  const start = async (stateMachineArn: string, name: string, input: string, since = Number.POSITIVE_INFINITY) => {
    try {
      const { startDate } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      return startDate !== undefined && startDate.getTime() >= since ? 'begun' : 'runs';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'died';
      throw error;
    }
  };
  const stop = async (machine: string, name: string) => {
    const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      await sfn.send(new StopExecutionCommand({ executionArn, error: 'Superseded' }));
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist)) throw error;
    }
  };
  return {
    start: (id, rev, since) => start(arns.lifecycle, executionName(id, rev), executionInput(id, rev), since),
    startTask: (id, rev, task, since) => start(arns.task, taskName(id, rev, task), taskInput(id, rev, task), since),
    async stop(id, rev, tasks) {
      await stop(arns.lifecycle, executionName(id, rev));
      await Promise.all(tasks.map((task) => stop(arns.task, taskName(id, rev, task))));
    },
    async wake(token, output) {
      try {
        await sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
      } catch (error) {
        // Whoever timed out reads the record next: the answer is there.
        if (!(error instanceof TaskTimedOut || error instanceof TaskDoesNotExist)) throw error;
      }
    },
  };
}
