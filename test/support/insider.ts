/** The city from inside: as a function's role reaches it, for what no client of the API can do or see. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { LogId } from '../../shared/domain/ids.ts';
import type { State } from '../../shared/domain/state.ts';
import { stepFunctionsDriver } from '../../shared/record/executions.ts';
import { type Driver, type Log, read } from '../../shared/record/log.ts';
import { openTable } from '../../shared/record/table.ts';
import type { CityOnOneMachine } from './city-on-one-machine.ts';

const clientOf = ({ cloud }: CityOnOneMachine, accessKeyId: string) => ({
  endpoint: cloud.url,
  region: 'cn-north-1',
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

/** Of the reconciler, or of another function: `forget-expired` is `ForgetExpired`. */
const asFunction = (city: CityOnOneMachine, name = 'Reconcile') =>
  clientOf(city, `LOCAL:${city.cloud.stack}-${name}Role:test`);

export interface Insider extends Log {
  readonly sfn: SFNClient;
  readonly arns: { readonly lifecycle: string; readonly task: string };
}

/** A log as the reconciler has it. @param other what the driver does otherwise */
export function insiderOf(city: CityOnOneMachine, other: Partial<Driver> = {}): Insider {
  const { TableName = '', LifecycleArn: lifecycle = '', TaskArn: task = '' } = city.cloud.outputs;
  const arns = { lifecycle, task };
  const sfn = new SFNClient(asFunction(city));
  const driver = { ...stepFunctionsDriver(sfn, arns), ...other };
  const table = openTable(TableName, new DynamoDBClient(asFunction(city)));
  return { table, city: city.city, driver, warm: new Map(), sfn, arns };
}

/** The table as a function reaches it that may delete. */
export const forgetting = (city: CityOnOneMachine) =>
  openTable(city.cloud.outputs.TableName ?? '', new DynamoDBClient(asFunction(city, 'ForgetExpired')));

export async function stateOf(log: Log, id: LogId): Promise<State> {
  const state = await read(log, id);
  if (!state) throw new Error(`nothing was reported of ${id}`);
  return state;
}

export const executionArn = (machine: string, name: string): string =>
  `${machine.replace(':stateMachine:', ':execution:')}:${name}`;

export interface Passed {
  readonly states: readonly string[];
  /** How it ended; absent: it runs. */
  readonly end?: string;
}

/** The states that an execution entered. */
export async function statesOf(city: CityOnOneMachine, machine: string, name: string): Promise<Passed> {
  const operator = new SFNClient(clientOf(city, 'operator'));
  const history = new GetExecutionHistoryCommand({ executionArn: executionArn(machine, name), maxResults: 1000 });
  const { events = [] } = await operator.send(history);
  const states = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
  const end = events
    .map(({ type = '' }) => type)
    .find((type) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type));
  return { states, ...(end === undefined ? {} : { end: end.replace('Execution', '') }) };
}

/** What one round of the reconciler said. */
export interface Round {
  readonly looked: number;
  readonly repaired: Readonly<Record<string, number>>;
  readonly rotated: number;
  readonly deployed: number;
}

/** Every round so far, but those in which it died. */
export function roundsSoFar({ data }: CityOnOneMachine): Round[] {
  const lines = readFileSync(join(data, 'cloud.log'), 'utf8').split('\n');
  return lines.flatMap((line) => (line.includes('"reconciled"') ? [JSON.parse(line.slice(line.indexOf('{')))] : []));
}

/** What was repaired in these rounds, by name, but for what nobody repaired. */
export function repairedIn(rounds: readonly Round[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { repaired } of rounds) {
    for (const [name, times] of Object.entries(repaired)) if (times > 0) sums[name] = (sums[name] ?? 0) + times;
  }
  return sums;
}
