/** What a deployed function has: its variables, the city file beside its code, its clients. Read once, at the first call. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { type City, parseCity } from '../../shared/config/city.ts';
import { SetupInvalid } from '../../shared/errors.ts';
import { stepFunctionsDriver } from '../../shared/record/executions.ts';
import type { Desk } from '../../shared/record/intake.ts';
import type { Driver, Log } from '../../shared/record/log.ts';
import type { Keys } from '../../shared/record/seal.ts';
import type { Outgoing } from '../../shared/record/sending.ts';
import { openTable, type Table } from '../../shared/record/table.ts';

const present = z.string().min(1);
const variables = {
  TABLE: present,
  LIFECYCLE_ARN: present,
  PERSON_KEY: present,
  LOOKUP_KEY: present,
  NOTICES_TOPIC: present,
  ALARMS_TOPIC: present,
} as const;
type Variable = keyof typeof variables;

/** @throws SetupInvalid, naming the variable */
function variable(name: Variable): string {
  const value = variables[name].safeParse(process.env[name]);
  if (!value.success) throw new SetupInvalid(`the environment variable ${name} is missing; deploy the function again`);
  return value.data;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** @throws SetupInvalid */
const city = once((): City => {
  const file = join(process.env.LAMBDA_TASK_ROOT ?? '.', 'city.json');
  try {
    return parseCity(JSON.parse(readFileSync(file, 'utf8')), file);
  } catch (cause) {
    throw new SetupInvalid(`the city file beside the code cannot be read: ${file}`, { cause });
  }
});

const table = once((): Table => openTable(variable('TABLE')));
const sfn = once(() => new SFNClient({}));
const kms = once(() => new KMSClient({}));
const sns = once(() => new SNSClient({}));
const driver = once((): Driver => stepFunctionsDriver(sfn(), variable('LIFECYCLE_ARN')));
const warm: Log['warm'] = new Map();

/** The log without executions: for those that only read. */
const idle: Driver = {
  start: () => Promise.reject(new SetupInvalid('this function may only read')),
  stop: () => Promise.reject(new SetupInvalid('this function may only read')),
  wake: () => Promise.reject(new SetupInvalid('this function may only read')),
};

export const setup = {
  city,
  table,
  kms,
  reader: once((): Log => ({ table: table(), city: city(), driver: idle, warm })),
  log: once((): Log => ({ table: table(), city: city(), driver: driver(), warm })),
  desk: once((): Desk => {
    const keys: Keys = { kms: kms(), personKey: variable('PERSON_KEY'), lookupKey: variable('LOOKUP_KEY') };
    return { table: table(), city: city(), driver: driver(), warm, keys };
  }),
  outgoing: once(
    (): Outgoing => ({ table: table(), sns: sns(), topicArn: variable('NOTICES_TOPIC'), sent: new Set() }),
  ),
  alarms: once(() => ({ sns: sns(), topicArn: variable('ALARMS_TOPIC') })),
} as const;
