/** The functions and what each may do: one table, nothing granted anywhere else. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Machines, pascal, pin } from './naming.ts';
import type { Notices } from './notices.ts';
import type { Record as TheRecord } from './record.ts';

/** Partitions of the logs. */
export const logs = ['C#*', 'D#*', 'G#*', 'H#*'] as const;
const readWrite = ['GetItem', 'PutItem', 'Query', 'UpdateItem'] as const;

interface TableGrant {
  readonly actions: readonly ('BatchGetItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem')[];
  /** First letters of the partition keys that it reaches. */
  readonly keys: readonly string[];
}

type Variable =
  | 'LIFECYCLE_ARN'
  | 'TASK_ARN'
  | 'DEFINITION'
  | 'NOTICES_TOPIC'
  | 'CITIZENS_TOPIC'
  | 'ALARMS_TOPIC'
  | 'PERSON_KEY'
  | 'AFFECTED_KEY'
  | 'LOOKUP_KEY'
  | 'ERASURES'
  | 'AUDIT_SPOOL'
  | 'OVERSIGHT_TOPIC';

interface Needs {
  readonly description: string;
  readonly table: readonly TableGrant[];
  readonly indexes?: readonly ('open' | 'pending' | 'owner' | 'beside' | 'place')[];
  /** Beside TABLE, which all have that reach it. */
  readonly env?: readonly Variable[];
  readonly person?: readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[];
  /** The same for those who may be hurt. */
  readonly affected?: readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[];
  readonly lookup?: true;
  /** Enters whom it erases in the erasure list. */
  readonly erases?: true;
  /** Starts the current revision and the executions of its tasks, and stops the old ones. */
  readonly drives?: true;
  readonly returnsTokens?: true;
  readonly publishes?: readonly ('notices' | 'citizens' | 'alarms' | 'oversight')[];
  /** Writes down every access before it answers. */
  readonly audits?: true;
  /** Brings accesses from the spool into their chains. */
  readonly drainsSpool?: true;
  readonly timeout?: number;
}

/** Who acts for which post, and who is on duty: asked for every call. */
const directory: TableGrant = { actions: ['GetItem', 'Query'], keys: ['O#*', 'U#*', 'W#*'] };
/** Who is called, or may be written to by night; a call carries a handle. */
const calling: readonly TableGrant[] = [
  { actions: ['Query'], keys: ['O#*', 'W#*'] },
  { actions: ['PutItem'], keys: ['K#*'] },
];
/** Where a citizen is named, by keyed hashes; nothing is opened. */
const matters: TableGrant = { actions: ['Query'], keys: ['P#*'] };
/** A record follows the newest of its chain; marks of the day and counts of the person are written blindly. */
const accessLog: readonly TableGrant[] = [
  directory,
  { actions: ['PutItem', 'Query'], keys: ['L#*'] },
  { actions: ['PutItem'], keys: ['LD#*'] },
  { actions: ['UpdateItem'], keys: ['LN#*'] },
];
/** Whoever commits counts what came of it, and for the report of the month. */
const yields: TableGrant = { actions: ['PutItem'], keys: ['Y#*', 'M#*'] };
/** What was agreed on is kept apart, and marked for the days on which it is looked at and goes. */
const agreements: TableGrant = { actions: ['PutItem'], keys: ['B#*', 'X#*'] };
/** Whoever is chosen of the registry gives a place to the measure. */
const registry: TableGrant = { actions: ['PutItem', 'Query'], keys: ['E#*'] };
const logsOnly: TableGrant = { actions: readWrite, keys: logs };
const intake = {
  table: [
    { actions: readWrite, keys: [...logs, 'R#*', 'P#*'] },
    // A report taken in again after an erasure takes its pointers back.
    { actions: ['DeleteItem'], keys: ['P#*'] },
    agreements,
  ],
  person: ['kms:Decrypt', 'kms:GenerateDataKey'],
  affected: ['kms:GenerateDataKey'],
  lookup: true,
  drives: true,
  returnsTokens: true,
} as const satisfies Partial<Needs>;
/** A step of the lifecycle that commits: it may find that a newer revision must run. */
const step = {
  table: [logsOnly],
  env: ['LIFECYCLE_ARN', 'TASK_ARN'],
  drives: true,
  returnsTokens: true,
} as const satisfies Partial<Needs>;

export const needs = {
  'authorise-caller': {
    description: 'The gate of the API: who calls, by the token of the city’s identity provider',
    table: [],
    env: ['LOOKUP_KEY'],
    lookup: true,
    timeout: 10,
  },
  'read-contract': { description: 'GET /v1/openapi.json and /v1/docs: the contract, for anybody', table: [] },
  'receive-report': {
    description: 'POST /v1/reports: takes in a report',
    ...intake,
    env: ['LIFECYCLE_ARN', 'TASK_ARN', 'PERSON_KEY', 'AFFECTED_KEY', 'LOOKUP_KEY'],
    audits: true,
  },
  'act-on-task': {
    description: 'POST /v1/tasks/…: acknowledges, answers, hands off, reports danger; the clocks of a task',
    ...step,
    // Beside the logs: whose words repeat.
    table: [
      logsOnly,
      { actions: ['UpdateItem'], keys: ['U#*'] },
      registry,
      agreements,
      // Handles of calls.
      { actions: ['GetItem', 'UpdateItem'], keys: ['K#*'] },
      // Whether a level may begin or rise.
      { actions: ['Query'], keys: ['S#*'] },
    ],
    env: ['LIFECYCLE_ARN', 'TASK_ARN', 'PERSON_KEY', 'LOOKUP_KEY'],
    person: ['kms:GenerateDataKey'],
    lookup: true,
    audits: true,
  },
  'read-case': {
    description:
      'GET /v1/cases/…, /v1/disputes/…, /v1/shares/…, /v1/agreements/…: one case or dispute, its history, what is shared and asked of it',
    table: [{ actions: ['GetItem', 'Query'], keys: logs }, matters, { actions: ['GetItem'], keys: ['B#*'] }],
    audits: true,
    person: ['kms:Decrypt'],
  },
  'read-affected': {
    description:
      'Affected persons, danger note, the number of a message: the one function that opens those who may be hurt',
    table: [{ actions: ['GetItem', 'Query'], keys: logs }, matters, { actions: ['GetItem'], keys: ['K#*'] }],
    audits: true,
    person: ['kms:Decrypt'],
    affected: ['kms:Decrypt'],
  },
  'list-cases': {
    description:
      'GET /v1/cases, /v1/statistics, /v1/reports/…, /v1/recalls, /v1/me/matters: what is open, counts, what is kept about oneself',
    table: [{ actions: ['GetItem', 'Query'], keys: logs }, matters, { actions: ['Query'], keys: ['M#*', 'Y#*'] }],
    audits: true,
    indexes: ['owner', 'place'],
  },
  'list-tasks': {
    description: 'GET /v1/me/tasks, /v1/posts/…/tasks, /v1/tasks/overdue: open tasks',
    // Where whoever asks is a party: what that went into.
    table: [matters, { actions: ['GetItem', 'Query'], keys: logs }],
    audits: true,
    indexes: ['owner', 'beside', 'place'],
  },
  'change-case': {
    description:
      'Visit instruction, plans, opt-in, notice to the police, protective contact, emergency access, safe contact, shares, withdrawn events, reopening, holds, merges, contests and requests of those in it, and erasure of a person in role',
    ...step,
    table: [
      logsOnly,
      registry,
      // A report that led here; an agreement that a party speaks of.
      { actions: ['GetItem'], keys: ['R#*', 'B#*'] },
      // Corrected own data leads to the person by its own hashes.
      { actions: ['DeleteItem', 'PutItem', 'Query'], keys: ['P#*'] },
    ],
    env: ['LIFECYCLE_ARN', 'TASK_ARN', 'PERSON_KEY', 'AFFECTED_KEY', 'LOOKUP_KEY', 'ERASURES'],
    person: ['kms:GenerateDataKey'],
    affected: ['kms:GenerateDataKey'],
    lookup: true,
    erases: true,
    audits: true,
  },
  'read-posts': {
    description: 'GET /v1/me, /v1/posts, /v1/roster, /v1/mediators: who acts, holds posts, is on duty, may be chosen',
    table: [{ actions: ['Query'], keys: ['E#*'] }],
    audits: true,
  },
  'change-posts': {
    description: 'Names holders, takes absences, plans shifts, keeps the registry of mediators',
    table: [{ actions: ['PutItem', 'UpdateItem'], keys: ['O#*', 'U#*', 'W#*'] }, registry],
    audits: true,
    indexes: ['owner'],
  },
  'switch-levels': {
    description: '/v1/switch: stops new levels and releases them; tells those who decide',
    table: [{ actions: ['PutItem', 'Query'], keys: ['S#*'] }],
    env: ['NOTICES_TOPIC', 'ALARMS_TOPIC'],
    publishes: ['notices', 'alarms'],
    audits: true,
  },
  'read-audit': {
    description: 'GET …/audit: who looked at what',
    table: [{ actions: ['GetItem', 'Query'], keys: logs }, matters],
    audits: true,
  },
  'read-settings': { description: 'GET /v1/settings and /v1/models: the city’s rules', table: [], audits: true },
  'look-at-case': {
    description: 'Lifecycle: reads the record and says what is next; marks until when is kept what is over',
    ...step,
    table: [logsOnly, { actions: ['PutItem'], keys: ['X#*'] }],
  },
  'assess-case': { description: 'Lifecycle: proposes a level', ...step },
  'open-tasks': { description: 'Lifecycle: opens the tasks that are due', ...step },
  'close-case': {
    description: 'Lifecycle: closes what is finished, and marks until when it is kept',
    ...step,
    table: [logsOnly, { actions: ['PutItem'], keys: ['X#*'] }],
  },
  'look-at-task': {
    description: 'Task: reads the task, sends the notices that are due, and messages to citizens',
    ...step,
    table: [logsOnly, ...calling],
    env: ['LIFECYCLE_ARN', 'TASK_ARN', 'NOTICES_TOPIC', 'CITIZENS_TOPIC'],
    publishes: ['notices', 'citizens'],
  },
  'take-sla-step': {
    description: 'Task: reminds, warns, climbs when a timer has passed; then looks as look-at-task does',
    ...step,
    table: [logsOnly, ...calling],
    env: ['LIFECYCLE_ARN', 'TASK_ARN', 'NOTICES_TOPIC', 'CITIZENS_TOPIC'],
    publishes: ['notices', 'citizens'],
  },
  reconcile: {
    description: 'Every 5 minutes: finishes what a crash left and reports it',
    ...intake,
    table: [...intake.table, ...calling],
    indexes: ['open', 'pending'],
    env: [
      ...['LIFECYCLE_ARN', 'TASK_ARN', 'DEFINITION', 'NOTICES_TOPIC', 'ALARMS_TOPIC'],
      ...['PERSON_KEY', 'AFFECTED_KEY', 'LOOKUP_KEY', 'ERASURES'],
    ],
    // What was ordered to be erased, and was cut off.
    erases: true,
    publishes: ['notices', 'alarms'],
    timeout: 240,
  },
  'forget-expired': {
    description: 'Every day: asks whether agreements were kept, and forgets what ended long enough ago',
    ...step,
    table: [
      { actions: [...readWrite, 'DeleteItem'], keys: logs },
      { actions: ['GetItem', 'DeleteItem'], keys: ['R#*'] },
      { actions: ['DeleteItem'], keys: ['K#*', 'P#*'] },
      { actions: ['PutItem', 'Query', 'UpdateItem', 'DeleteItem'], keys: ['X#*'] },
      { actions: ['GetItem', 'DeleteItem'], keys: ['B#*'] },
    ],
    env: ['LIFECYCLE_ARN', 'TASK_ARN', 'ERASURES'],
    erases: true,
    timeout: 240,
  },
  'keep-audit': {
    description: 'Every 5 minutes: brings in spooled accesses, raises alerts, sends the heads of a day',
    table: [
      { actions: ['GetItem', 'Query'], keys: ['LD#*'] },
      { actions: ['Query'], keys: ['LN#*'] },
    ],
    audits: true,
    env: ['ALARMS_TOPIC', 'OVERSIGHT_TOPIC'],
    publishes: ['alarms', 'oversight'],
    drainsSpool: true,
    timeout: 240,
  },
  'watch-posts': {
    description: 'Every 5 minutes: posts without holder, gaps in the duty roster, deputies who stand in',
    table: [
      { actions: ['PutItem', 'Query', 'UpdateItem'], keys: ['O#*'] },
      { actions: ['PutItem'], keys: ['U#*'] },
      { actions: ['Query'], keys: ['W#*'] },
    ],
    indexes: ['owner'],
    env: ['NOTICES_TOPIC', 'ALARMS_TOPIC'],
    publishes: ['notices', 'alarms'],
    timeout: 60,
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
      TASK_ARN: machines.taskArn,
      DEFINITION: machines.definition,
      NOTICES_TOPIC: notices.notices.topicArn,
      CITIZENS_TOPIC: notices.citizens.topicArn,
      ALARMS_TOPIC: notices.alarms.topicArn,
      OVERSIGHT_TOPIC: notices.oversight.topicArn,
      AUDIT_SPOOL: notices.auditSpool.queueUrl,
      PERSON_KEY: record.personKey.keyArn,
      AFFECTED_KEY: record.affectedKey.keyArn,
      ERASURES: record.erasures.tableName,
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
        ...(tableGrants(n).length > 0 ? { TABLE: record.table.tableName } : {}),
        ...(n.audits ? { AUDIT_SPOOL: values.AUDIT_SPOOL } : {}),
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

const tableGrants = (n: Needs): TableGrant[] => [
  ...n.table,
  ...(n.drives ? [yields] : []),
  ...(n.audits ? accessLog : []),
];

function statements(n: Needs, { record, notices, machines }: FunctionsProps): PolicyStatement[] {
  const { tableArn } = record.table;
  const all = tableGrants(n).map(({ actions, keys }, i) =>
    allow(
      `Table${i + 1}`,
      actions.map((action) => `dynamodb:${action}`),
      [tableArn],
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] } },
    ),
  );
  // The first use of the table looks whose it is.
  if (tableGrants(n).length > 0) {
    const leading = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['TABLE'] } };
    all.push(allow('OwnTable', ['dynamodb:GetItem', 'dynamodb:PutItem'], [tableArn], leading));
  }
  if (n.erases) all.push(allow('ListErasures', ['dynamodb:PutItem'], [record.erasures.tableArn]));
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
  if (n.affected) all.push(allow('SealAffected', [...n.affected], [record.affectedKey.keyArn]));
  if (n.lookup) all.push(allow('LookUpPersons', ['kms:GenerateMac'], [record.lookupKey.keyArn]));
  if (n.drives) {
    const executions = [machines.lifecycleExecutions, machines.taskExecutions];
    all.push(allow('StartExecutions', ['states:StartExecution'], [machines.lifecycleArn, machines.taskArn]));
    all.push(allow('StopExecutions', ['states:StopExecution'], executions));
  }
  if (n.returnsTokens) {
    // The action knows no resource: whoever has the token may return it, and tokens leave the table nowhere.
    all.push(allow('ReturnTokens', ['states:SendTaskSuccess'], ['*']));
  }
  for (const topic of n.publishes ?? []) {
    all.push(allow(`Publish${pascal(topic)}`, ['sns:Publish'], [notices[topic].topicArn]));
  }
  const spool = [notices.auditSpool.queueArn];
  if (n.audits) all.push(allow('SpoolAccesses', ['sqs:SendMessage'], spool));
  if (n.drainsSpool) all.push(allow('DrainSpool', ['sqs:DeleteMessage', 'sqs:ReceiveMessage'], spool));
  if (n.publishes || n.audits) {
    all.push(allow('SealMessages', ['kms:Decrypt', 'kms:GenerateDataKey'], [notices.key.keyArn]));
  }
  return all;
}
