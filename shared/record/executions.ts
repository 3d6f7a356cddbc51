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
export const executionInput = (id: LogId, rev: number): string => JSON.stringify({ id, rev });

export const stepFunctionsDriver = (sfn: SFNClient, lifecycleArn: string): Driver => ({
  async start(id, rev) {
    const name = executionName(id, rev);
    try {
      await sfn.send(
        new StartExecutionCommand({ stateMachineArn: lifecycleArn, name, input: executionInput(id, rev) }),
      );
      return 'runs';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'died';
      throw error;
    }
  },
  async stop(id, rev) {
    const executionArn = `${lifecycleArn.replace(':stateMachine:', ':execution:')}:${executionName(id, rev)}`;
    try {
      await sfn.send(new StopExecutionCommand({ executionArn, error: 'Superseded' }));
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist)) throw error;
    }
  },
  async wake(token) {
    try {
      await sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: '{}' }));
    } catch (error) {
      // Whoever timed out reads the record next: the answer is there.
      if (!(error instanceof TaskTimedOut || error instanceof TaskDoesNotExist)) throw error;
    }
  },
});
