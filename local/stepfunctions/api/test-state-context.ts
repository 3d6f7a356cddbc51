import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../json.ts';
import { invalid, jsonIn } from './test-state-mock.ts';

type Members = { readonly [name: string]: 'string' | 'number' | Members };

const string = 'string';
const number = 'number';

/** What is asked of a context object that is given: every part of it may be missing, and others may be there. */
const known: Members = {
  Execution: {
    Id: string,
    Name: string,
    RoleArn: string,
    StartTime: string,
    RedriveCount: number,
    RedriveTime: string,
  },
  State: { Name: string, EnteredTime: string, RetryCount: number },
  StateMachine: { Id: string, Name: string },
  Task: { Token: string },
  Map: { Item: { Index: number, Key: string, Source: string } },
};

function check(value: JsonObject, members: Members, path: string): void {
  for (const [name, of] of Object.entries(members)) {
    const part = Object.hasOwn(value, name) ? value[name] : undefined;
    // AWS's own context objects have nulls: the role of a test that has none.
    if (part === undefined || part === null) continue;
    if (typeof of === 'string') {
      if (typeof part !== of) throw invalid(`Invalid Context object provided: ${path}${name} must be a ${of}`);
    } else if (isObject(part)) check(part, of, `${path}${name}.`);
    else throw invalid(`Invalid Context object provided: ${path}${name} must be an object`);
  }
}

/** The context object of a request: it takes the place of the one that AWS would make. @throws StepFunctionsError */
export function contextIn(text: string): JsonObject {
  const context = jsonIn(text, 'Invalid Context object provided');
  if (!isObject(context)) throw invalid('Invalid Context object provided: it must be a JSON object');
  check(context, known, '');
  return context;
}

export interface Place {
  now(): number;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export interface Met {
  readonly input: unknown;
  readonly roleArn?: string;
  /** Of a state that has retriers. */
  readonly retryCount?: number;
  /** Whether a worker is given a token. */
  readonly token: boolean;
  readonly inMap: boolean;
}

/** What AWS calls a state that is tested, whatever its name. */
export const testedName = 'StateName';

/** The context object of a test that is given none: of an execution that never was. */
export function madeContext(place: Place, met: Met): JsonObject {
  const states = `arn:${place.partition}:states:${place.region}:${place.account}`;
  const [machine, execution] = [randomUUID(), randomUUID()];
  const at = new Date(place.now()).toISOString();
  return {
    Execution: {
      Id: `${states}:express:${machine}:${execution}`,
      Input: met.input,
      Name: execution,
      RoleArn: met.roleArn ?? null,
      StartTime: at,
    },
    StateMachine: { Id: `${states}:stateMachine:${machine}`, Name: machine },
    State: {
      Name: testedName,
      EnteredTime: at,
      ...(met.retryCount === undefined ? {} : { RetryCount: met.retryCount }),
    },
    ...(met.token ? { Task: { Token: randomUUID() } } : {}),
    ...(met.inMap ? { Map: { Item: { Index: 0, Value: met.input } } } : {}),
  };
}
