import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { maxEvents, wireEvent } from '../engine/events.ts';
import type { ExecutionRecord, Status } from '../engine/execution.ts';
import { checkArn, checkName, executionInputIn } from '../engine/names.ts';
import { redrive as goOn } from '../engine/redrive.ts';
import { StepFunctionsError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { machineOf } from './machines.ts';
import { nextOf, numberedPageOf } from './paging.ts';
import type { Request } from './requests.ts';

const seconds = (at: number): number => at / 1000;
const day = 86_400_000;
const redriveTime = 14 * day;
const openTime = 365 * day;

/** Why an execution cannot be redriven, in AWS's words; undefined: it can. */
function notRedrivable({ status, stopped, started, lastEvent }: ExecutionRecord, now: number): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (stopped !== undefined && now - stopped > redriveTime) return 'Execution redrivable period exceeded';
  if (now - started > openTime) return 'Execution duration limit exceeded';
  return lastEvent >= maxEvents - 1 ? 'Execution history event limit exceeded' : undefined;
}

function summary({ arn, machine, name, status, started, stopped, redrives, redriven }: ExecutionRecord): JsonObject {
  return {
    executionArn: arn,
    stateMachineArn: machine,
    name,
    status,
    startDate: seconds(started),
    ...(stopped === undefined ? {} : { stopDate: seconds(stopped) }),
    redriveCount: redrives,
    ...(redriven === undefined ? {} : { redriveDate: seconds(redriven) }),
  };
}

const statuses: readonly Status[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

export function executionOperations(engine: Engine) {
  const { store } = engine;

  /** @throws StepFunctionsError `InvalidArn`, `ExecutionDoesNotExist` */
  function executionOf(given: unknown): ExecutionRecord {
    const arn = String(given);
    checkArn(arn, 'execution', 'express');
    const record = engine.find(arn);
    if (record === undefined) {
      throw new StepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return record;
  }

  function start(request: Request): JsonObject {
    const machine = machineOf(engine, request.stateMachineArn).arn;
    const name = request.name === undefined ? randomUUID() : String(request.name);
    checkName(name);
    const input = String(request.input ?? '{}');
    executionInputIn(input);
    const traceHeader = request.traceHeader === undefined ? {} : { traceHeader: String(request.traceHeader) };
    const { arn, started } = engine.start({ machine, name, input, ...traceHeader });
    return { executionArn: arn, startDate: seconds(started) };
  }

  /** Standard machines only: there are no others here. */
  function startSync(request: Request): JsonObject {
    machineOf(engine, request.stateMachineArn);
    throw new StepFunctionsError(
      'StateMachineTypeNotSupported',
      'This operation is not supported by this type of state machine',
    );
  }

  function stop(request: Request): JsonObject {
    const record = executionOf(request.executionArn);
    const execution = engine.load(record.id);
    if (execution === undefined) return { stopDate: seconds(record.stopped ?? engine.now()) };
    engine.stop(execution, {
      ...(request.error === undefined ? {} : { error: String(request.error) }),
      ...(request.cause === undefined ? {} : { cause: String(request.cause) }),
    });
    return { stopDate: seconds(engine.now()) };
  }

  function describe(request: Request): JsonObject {
    const record = executionOf(request.executionArn);
    const { input, output, error, cause, traceHeader } = record;
    const reason = notRedrivable(record, engine.now());
    const data = request.includedData !== 'METADATA_ONLY';
    return {
      ...summary(record),
      ...(data ? { input, inputDetails: { included: true } } : {}),
      ...(data && output !== undefined ? { output, outputDetails: { included: true } } : {}),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
      ...(traceHeader === undefined ? {} : { traceHeader }),
      redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      ...(reason === undefined ? {} : { redriveStatusReason: reason }),
    };
  }

  function machineFor(request: Request): JsonObject {
    const record = executionOf(request.executionArn);
    const definition = store.definition(record.definition);
    if (definition === undefined) throw new TypeError(`The store has no definition ${record.definition}`);
    const { text, role, created, revision } = definition;
    return {
      stateMachineArn: record.machine,
      name: record.machine.slice(record.machine.lastIndexOf(':') + 1),
      ...(request.includedData === 'METADATA_ONLY' ? {} : { definition: text }),
      roleArn: role,
      updateDate: seconds(created),
      revisionId: revision,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    };
  }

  function list(request: Request): JsonObject {
    if (request.stateMachineArn === undefined) {
      throw new StepFunctionsError('ValidationException', 'Must provide a StateMachine ARN or MapRun ARN');
    }
    const { arn } = machineOf(engine, request.stateMachineArn);
    const { after, limit } = numberedPageOf(request);
    const { statusFilter, redriveFilter } = request;
    const status = statuses.find((one) => one === statusFilter);
    // PENDING_REDRIVE is a status of map runs.
    if (statusFilter !== undefined && status === undefined) return { executions: [] };
    engine.flush();
    const found = store.list({
      machine: arn,
      ...(status === undefined ? {} : { status }),
      ...(redriveFilter === undefined ? {} : { redriven: redriveFilter === 'REDRIVEN' }),
      ...(after === undefined ? {} : { before: after }),
      limit: limit + 1,
    });
    const shown = found.slice(0, limit);
    return { executions: shown.map(summary), ...nextOf(shown.at(-1)?.id, found.length > limit) };
  }

  function redrive(request: Request): JsonObject {
    const record = executionOf(request.executionArn);
    const token = request.clientToken === undefined ? undefined : String(request.clientToken);
    if (token !== undefined && token === record.redriveToken && record.redriven !== undefined) {
      return { redriveDate: seconds(record.redriven) };
    }
    const reason = notRedrivable(record, engine.now());
    if (reason !== undefined) throw new StepFunctionsError('ExecutionNotRedrivable', reason);
    return { redriveDate: seconds(goOn(engine, record, token)) };
  }

  function history(request: Request): JsonObject {
    const { id, lastEvent } = executionOf(request.executionArn);
    const { after, limit } = numberedPageOf(request);
    engine.flush();
    const data = request.includeExecutionData !== false;
    if (request.reverseOrder === true) {
      const to = (after ?? lastEvent + 1) - 1;
      const from = Math.max(1, to - limit + 1);
      const events = store.history(id, from, to).map((event) => wireEvent(event, data));
      return { events: events.reverse(), ...nextOf(from, from > 1) };
    }
    const from = (after ?? 0) + 1;
    const to = Math.min(from + limit - 1, lastEvent);
    const events = store.history(id, from, to).map((event) => wireEvent(event, data));
    return { events, ...nextOf(to, to < lastEvent) };
  }

  return {
    StartExecution: start,
    StartSyncExecution: startSync,
    StopExecution: stop,
    DescribeExecution: describe,
    DescribeStateMachineForExecution: machineFor,
    ListExecutions: list,
    RedriveExecution: redrive,
    GetExecutionHistory: history,
  };
}
