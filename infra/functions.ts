/** The functions and what each may do: one table, nothing granted anywhere else. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Machines, pascal, pin } from './naming.ts';
import type { Notices } from './notices.ts';
import type { Record as TheRecord } from './record.ts';

const logs = ['C#*', 'D#*'] as const;
const readWrite = ['GetItem', 'PutItem', 'Query', 'UpdateItem'] as const;

interface TableGrant {
  readonly actions: readonly ('BatchGetItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem')[];
  /** First letters of the partition keys that it reaches. */
  readonly keys: readonly string[];
}

type Variable = 'LIFECYCLE_ARN' | 'NOTICES_TOPIC' | 'ALARMS_TOPIC' | 'PERSON_KEY' | 'LOOKUP_KEY';

interface Needs {
  readonly description: string;
  readonly table: readonly TableGrant[];
  readonly indexes?: readonly ('open' | 'pending' | 'owner')[];
  /** Beside TABLE, which all have. */
  readonly env?: readonly Variable[];
  readonly person?: readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[];
  readonly lookup?: true;
  /** Starts the current revision and stops the old one. */
  readonly drives?: true;
  readonly returnsTokens?: true;
  readonly publishes?: readonly ('notices' | 'alarms')[];
  readonly timeout?: number;
}

const accessLog: TableGrant = { actions: ['PutItem'], keys: ['L#*'] };
const logsOnly: TableGrant = { actions: readWrite, keys: logs };
const intake = {
  table: [{ actions: readWrite, keys: [...logs, 'R#*', 'P#*'] }],
  person: ['kms:Decrypt', 'kms:GenerateDataKey'],
  lookup: true,
  drives: true,
  returnsTokens: true,
} as const satisfies Partial<Needs>;
/** A step of the lifecycle that commits: it may find that a newer revision must run. */
const step = {
  table: [logsOnly],
  env: ['LIFECYCLE_ARN'],
  drives: true,
  returnsTokens: true,
} as const satisfies Partial<Needs>;

export const needs = {
  'receive-report': {
    description: 'POST /v1/reports: takes in a report',
    ...intake,
    env: ['LIFECYCLE_ARN', 'PERSON_KEY', 'LOOKUP_KEY'],
  },
  'act-on-task': { description: 'POST /v1/tasks/…: acknowledges, answers, hands off', ...step },
  'read-case': {
    description: 'GET /v1/cases/… and /v1/disputes/…: one case or dispute and its history',
    table: [{ actions: ['GetItem', 'Query'], keys: logs }, accessLog],
    env: ['PERSON_KEY'],
    person: ['kms:Decrypt'],
  },
  'list-cases': {
    description: 'GET /v1/cases: open cases',
    table: [{ actions: ['BatchGetItem', 'GetItem'], keys: logs }, accessLog],
    indexes: ['open'],
  },
  'list-tasks': { description: 'GET /v1/posts/…/tasks: open tasks of a post', table: [accessLog], indexes: ['owner'] },
  'look-at-case': {
    description: 'Lifecycle: reads the record and says what is next',
    ...step,
  },
  'assess-case': { description: 'Lifecycle: proposes a level', ...step },
  'open-tasks': { description: 'Lifecycle: opens the tasks that are due', ...step },
  'close-case': { description: 'Lifecycle: closes what is finished', ...step },
  'look-at-task': {
    description: 'Task: reads the task, sends the notices that are due',
    ...step,
    env: ['LIFECYCLE_ARN', 'NOTICES_TOPIC'],
    publishes: ['notices'],
  },
  'take-sla-step': { description: 'Task: reminds, warns, climbs when a timer has passed', ...step },
  reconcile: {
    description: 'Every 5 minutes: finishes what a crash left and reports it',
    ...intake,
    indexes: ['open', 'pending'],
    env: ['LIFECYCLE_ARN', 'NOTICES_TOPIC', 'ALARMS_TOPIC', 'PERSON_KEY', 'LOOKUP_KEY'],
    publishes: ['notices', 'alarms'],
    timeout: 240,
  },
} as const satisfies { readonly [name: string]: Needs };

export type FunctionName = keyof typeof needs;

export interface FunctionsProps {
  readonly cityId: string;
  readonly record: TheRecord;
  readonly notices: Notices;
  readonly machines: Machines;
  /** Folder with the code of a function. */
  readonly assetOf: (name: string) => string;
}

export class Functions extends Construct {
  readonly #functions: ReadonlyMap<string, Lambda>;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    this.#functions = new Map(Object.entries<Needs>(needs).map(([name, n]) => [name, this.#lambda(name, n, props)]));
  }

  get(name: FunctionName): Lambda {
    const found = this.#functions.get(name);
    if (!found) throw new RangeError(`no function ${name}`);
    return found;
  }

  #lambda(name: string, n: Needs, props: FunctionsProps): Lambda {
    const { cityId, record, notices, machines } = props;
    const functionName = `hejie-${cityId}-${name}`;
    const logGroup = new LogGroup(this, `${pascal(name)}Logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    pin(logGroup, `${pascal(name)}Logs`);
    const role = new Role(this, `${pascal(name)}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Needs: new PolicyDocument({ statements: [writes(logGroup), ...statements(n, props)] }) },
    });
    pin(role, `${pascal(name)}Role`);
    const values: { readonly [V in Variable]: string } = {
      LIFECYCLE_ARN: machines.lifecycleArn,
      NOTICES_TOPIC: notices.notices.topicArn,
      ALARMS_TOPIC: notices.alarms.topicArn,
      PERSON_KEY: record.personKey.keyArn,
      LOOKUP_KEY: record.lookupKey.keyArn,
    };
    const lambda = new Lambda(this, pascal(name), {
      functionName,
      description: n.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.assetOf(name)),
      memorySize: 512,
      timeout: Duration.seconds(n.timeout ?? 25),
      environment: {
        TABLE: record.table.tableName,
        ...Object.fromEntries((n.env ?? []).map((variable) => [variable, values[variable]])),
      },
      role,
      logGroup,
    });
    pin(lambda, pascal(name));
    return lambda;
  }
}

const allow = (sid: string, actions: string[], resources: string[], conditions?: { [op: string]: unknown }) =>
  new PolicyStatement({ sid, effect: Effect.ALLOW, actions, resources, ...(conditions ? { conditions } : {}) });

const writes = (logGroup: LogGroup) =>
  allow('Logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [`${logGroup.logGroupArn}:*`]);

function statements(n: Needs, { record, notices, machines }: FunctionsProps): PolicyStatement[] {
  const { tableArn } = record.table;
  const all = n.table.map(({ actions, keys }, i) =>
    allow(
      `Table${i + 1}`,
      actions.map((action) => `dynamodb:${action}`),
      [tableArn],
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] } },
    ),
  );
  if (n.indexes) {
    all.push(
      allow(
        'Indexes',
        ['dynamodb:Query'],
        n.indexes.map((index) => `${tableArn}/index/${index}`),
      ),
    );
  }
  if (n.person) all.push(allow('SealPersons', [...n.person], [record.personKey.keyArn]));
  if (n.lookup) all.push(allow('LookUpPersons', ['kms:GenerateMac'], [record.lookupKey.keyArn]));
  if (n.drives) {
    all.push(allow('StartLifecycle', ['states:StartExecution'], [machines.lifecycleArn]));
    all.push(allow('StopLifecycle', ['states:StopExecution'], [machines.lifecycleExecutions]));
  }
  if (n.returnsTokens) {
    // The action knows no resource: whoever has the token may return it, and tokens leave the table nowhere.
    all.push(allow('ReturnTokens', ['states:SendTaskSuccess'], ['*']));
  }
  for (const topic of n.publishes ?? []) {
    all.push(allow(`Publish${pascal(topic)}`, ['sns:Publish'], [notices[topic].topicArn]));
  }
  if (n.publishes) {
    all.push(allow('SealMessages', ['kms:Decrypt', 'kms:GenerateDataKey'], [notices.key.keyArn]));
  }
  return all;
}
