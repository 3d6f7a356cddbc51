/** What a deployed function has: its variables, the city file beside its code, its clients. Read once, at the first call. */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { type City, parseCity } from '../../shared/config/city.ts';
import { handleAlphabet, handleLength } from '../../shared/domain/notices.ts';
import { SetupInvalid } from '../../shared/errors.ts';
import { type Audit, warmAudit } from '../../shared/record/audit.ts';
import type { ToCitizens } from '../../shared/record/citizen-sending.ts';
import type { Contacting } from '../../shared/record/contacts.ts';
import type { Directory } from '../../shared/record/directory.ts';
import type { Discharging } from '../../shared/record/discharging.ts';
import type { Erasing } from '../../shared/record/erasure.ts';
import { stepFunctionsDriver } from '../../shared/record/executions.ts';
import type { Forgetting } from '../../shared/record/expiry.ts';
import type { Desk } from '../../shared/record/intake.ts';
import type { Driver, Log } from '../../shared/record/log.ts';
import type { NoteKeys } from '../../shared/record/notes.ts';
import type { People } from '../../shared/record/people.ts';
import type { Keys } from '../../shared/record/seal.ts';
import type { Outgoing } from '../../shared/record/sending.ts';
import { openList, openTable, type Table } from '../../shared/record/table.ts';
import type { Guarding } from './guard.ts';

const present = z.string().min(1);
const variables = {
  TABLE: present,
  LIFECYCLE_ARN: present,
  TASK_ARN: present,
  DEFINITION: present,
  PERSON_KEY: present,
  AFFECTED_KEY: present,
  LOOKUP_KEY: present,
  ERASURES: present,
  NOTICES_TOPIC: present,
  CITIZENS_TOPIC: present,
  ALARMS_TOPIC: present,
  OVERSIGHT_TOPIC: present,
  AUDIT_SPOOL: present,
} as const;
type Variable = keyof typeof variables;

/** @throws SetupInvalid, naming the variable */
function variable(name: Variable): string {
  const value = variables[name].safeParse(process.env[name]);
  if (!value.success) throw new SetupInvalid(`the environment variable ${name} is missing; deploy the function again`);
  return value.data;
}

export const once = <T>(make: () => T): (() => T) => {
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
const driver = once(
  (): Driver => stepFunctionsDriver(sfn(), { lifecycle: variable('LIFECYCLE_ARN'), task: variable('TASK_ARN') }),
);
const warm: Log['warm'] = new Map();

/** The log without executions: for those that only read. */
const idle: Driver = {
  start: () => Promise.reject(new SetupInvalid('this function may only read')),
  startTask: () => Promise.reject(new SetupInvalid('this function may only read')),
  stop: () => Promise.reject(new SetupInvalid('this function may only read')),
  wake: () => Promise.reject(new SetupInvalid('this function may only read')),
};

/** Writes down every access, before anything leaves. */
const audit = once((): Audit => {
  const queueUrl = variable('AUDIT_SPOOL');
  // A queue's address names AWS also where the city runs on one machine.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  return { table: table(), city: city(), sqs, queueUrl, warm: warmAudit() };
});

export const setup = {
  city,
  /** Of the state machines, as they are deployed. */
  definition: once(() => variable('DEFINITION')),
  table,
  kms,
  reader: once((): Log => ({ table: table(), city: city(), driver: idle, warm })),
  log: once((): Log => ({ table: table(), city: city(), driver: driver(), warm })),
  desk: once((): Desk => {
    const keys: Keys = {
      kms: kms(),
      personKey: variable('PERSON_KEY'),
      affectedKey: variable('AFFECTED_KEY'),
      lookupKey: variable('LOOKUP_KEY'),
    };
    return { table: table(), city: city(), driver: driver(), warm, keys };
  }),
  directory: once((): Directory => ({ table: table(), city: city() })),
  outgoing: once(
    (): Outgoing => ({
      ...{ table: table(), city: city(), sns: sns(), topicArn: variable('NOTICES_TOPIC') },
      handle: () =>
        Array.from({ length: handleLength }, () => handleAlphabet[randomInt(handleAlphabet.length)]).join(''),
      sent: new Set(),
    }),
  ),
  citizens: once(
    (): ToCitizens => ({ table: table(), city: city(), sns: sns(), topicArn: variable('CITIZENS_TOPIC') }),
  ),
  /** Keyed hashes only. */
  lookup: once((): Pick<Keys, 'kms' | 'lookupKey'> => ({ kms: kms(), lookupKey: variable('LOOKUP_KEY') })),
  /** Free text of actions. */
  noteKeys: once((): NoteKeys => ({ kms: kms(), personKey: variable('PERSON_KEY') })),
  contacting: once(
    (): Contacting => ({
      ...{ table: table(), city: city(), driver: driver(), warm },
      keys: { kms: kms(), personKey: variable('PERSON_KEY'), affectedKey: variable('AFFECTED_KEY') },
    }),
  ),
  people: once((): People => ({ table: table(), kms: kms() })),
  forgetting: once(
    (): Forgetting => ({ table: table(), list: openList(variable('ERASURES')), city: city(), driver: driver() }),
  ),
  /** The desk, and the erasure list beside it. */
  discharging: once((): Desk & Discharging => ({ ...setup.desk(), list: openList(variable('ERASURES')) })),
  erasing: once((): Erasing => ({ table: table(), list: openList(variable('ERASURES')) })),
  /** Who hears of the switch. */
  switching: once(() => ({ sns: sns(), alarms: variable('ALARMS_TOPIC'), notices: variable('NOTICES_TOPIC') })),
  alarms: once(() => ({ sns: sns(), topicArn: variable('ALARMS_TOPIC') })),
  /** To the independent reviewer. */
  oversight: once(() => ({ sns: sns(), topicArn: variable('OVERSIGHT_TOPIC') })),
  audit,
  /** The one door of the API. */
  guarding: once((): Guarding => ({ city: city(), table: table(), audit: audit(), warm })),
} as const;
