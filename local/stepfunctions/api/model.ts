/** The service model of AWS Step Functions (2016-11-23): what every operation takes, in the model's order and with its limits. */
import { maxPayload } from '../json.ts';

interface Required {
  readonly required?: true;
}

export interface TextShape extends Required {
  readonly type: 'String';
  /** In characters. */
  readonly min?: number;
  /** In characters. */
  readonly max?: number;
  /** In bytes of UTF-8: how payloads are measured. */
  readonly maxBytes?: number;
  readonly values?: readonly string[];
  /** As AWS words it in messages, and as it is tested. */
  readonly pattern?: { readonly text: string; readonly test: RegExp };
  /** The value is not shown in messages. */
  readonly sensitive?: true;
}

export interface NumberShape extends Required {
  readonly type: 'Integer' | 'Long' | 'Float';
  readonly min?: number;
  readonly max?: number;
}

export interface BooleanShape extends Required {
  readonly type: 'Boolean';
}

export interface ListShape extends Required {
  readonly type: 'List';
  readonly member: Shape;
  readonly min?: number;
  readonly max?: number;
}

export interface StructureShape extends Required {
  readonly type: 'Structure';
  readonly members: Readonly<Record<string, Shape>>;
}

export type Shape = TextShape | NumberShape | BooleanShape | ListShape | StructureShape;

const text = (min: number | undefined, max: number, more: Partial<TextShape> = {}): TextShape => ({
  type: 'String',
  ...(min === undefined ? {} : { min }),
  max,
  ...more,
});
const oneOf = (...values: string[]): TextShape => ({ type: 'String', values });
const integer = (min: number, max?: number): NumberShape => ({
  type: 'Integer',
  min,
  ...(max === undefined ? {} : { max }),
});
const list = (member: Shape, more: { min?: number; max?: number } = {}): ListShape => ({
  type: 'List',
  member,
  ...more,
});
const structure = (members: Readonly<Record<string, Shape>>): StructureShape => ({ type: 'Structure', members });
const required = <S extends Shape>(shape: S): S & { readonly required: true } => ({ ...shape, required: true });

const sensitive = { sensitive: true } as const;
const arn = text(1, 256);
const longArn = text(1, 2000);
const name = text(1, 80);
const flag: BooleanShape = { type: 'Boolean' };
const definition = text(1, 1_048_576, sensitive);
const data: TextShape = { type: 'String', maxBytes: maxPayload, ...sensitive };
const error = text(0, 256, sensitive);
const cause = text(0, 32_768, sensitive);
const description = text(undefined, 256, sensitive);
const taskToken = text(1, 2048);
const stateName = text(1, 80, sensitive);
const nextToken = text(1, 1024);
const maxResults = integer(0, 1000);
const traceHeader = text(0, 256, { pattern: { text: '\\p{ASCII}*', test: /^\p{ASCII}*$/u } });
const clientToken = text(1, 64, { pattern: { text: '[!-~]+', test: /^[!-~]+$/ } });
const aliasName = text(1, 80, {
  pattern: { text: '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$', test: /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/ },
});
const includedData = oneOf('ALL_DATA', 'METADATA_ONLY');
const stateMachineType = oneOf('STANDARD', 'EXPRESS');
const tagKey = text(1, 128);
const tags = list(structure({ key: tagKey, value: text(0, 256) }));
const encryptionConfiguration = structure({
  kmsKeyId: text(1, 2048),
  kmsDataKeyReusePeriodSeconds: integer(60, 900),
  type: required(oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY')),
});
const loggingConfiguration = structure({
  level: oneOf('ALL', 'ERROR', 'FATAL', 'OFF'),
  includeExecutionData: flag,
  destinations: list(structure({ cloudWatchLogsLogGroup: structure({ logGroupArn: arn }) })),
});
const tracingConfiguration = structure({ enabled: flag });
const routingConfiguration = list(
  structure({ stateMachineVersionArn: required(arn), weight: required(integer(0, 100)) }),
  { min: 1, max: 2 },
);
const ofStateMachine = { stateMachineArn: required(arn) };
const ofExecution = { executionArn: required(arn) };
const ofMapRun = { mapRunArn: required(longArn) };
const ofActivity = { activityArn: required(arn) };
const ofAlias = { stateMachineAliasArn: required(arn) };
const paged = { maxResults, nextToken };

const inputs: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  CreateActivity: { name: required(name), tags, encryptionConfiguration },
  CreateStateMachine: {
    name: required(name),
    definition: required(definition),
    roleArn: required(arn),
    type: stateMachineType,
    loggingConfiguration,
    tags,
    tracingConfiguration,
    publish: flag,
    versionDescription: description,
    encryptionConfiguration,
  },
  CreateStateMachineAlias: {
    description,
    name: required(aliasName),
    routingConfiguration: required(routingConfiguration),
  },
  DeleteActivity: ofActivity,
  DeleteStateMachine: ofStateMachine,
  DeleteStateMachineAlias: ofAlias,
  DeleteStateMachineVersion: { stateMachineVersionArn: required(longArn) },
  DescribeActivity: ofActivity,
  DescribeExecution: { ...ofExecution, includedData },
  DescribeMapRun: ofMapRun,
  DescribeStateMachine: { ...ofStateMachine, includedData },
  DescribeStateMachineAlias: ofAlias,
  DescribeStateMachineForExecution: { ...ofExecution, includedData },
  GetActivityTask: { ...ofActivity, workerName: name },
  GetExecutionHistory: { ...ofExecution, maxResults, reverseOrder: flag, nextToken, includeExecutionData: flag },
  ListActivities: paged,
  ListExecutions: {
    stateMachineArn: arn,
    statusFilter: oneOf('RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'),
    maxResults,
    nextToken: text(1, 3096),
    mapRunArn: longArn,
    redriveFilter: oneOf('REDRIVEN', 'NOT_REDRIVEN'),
  },
  ListMapRuns: { ...ofExecution, ...paged },
  ListStateMachineAliases: { ...ofStateMachine, nextToken, maxResults },
  ListStateMachineVersions: { ...ofStateMachine, nextToken, maxResults },
  ListStateMachines: paged,
  ListTagsForResource: { resourceArn: required(arn) },
  PublishStateMachineVersion: { ...ofStateMachine, revisionId: { type: 'String' }, description },
  RedriveExecution: { ...ofExecution, clientToken },
  SendTaskFailure: { taskToken: required(taskToken), error, cause },
  SendTaskHeartbeat: { taskToken: required(taskToken) },
  SendTaskSuccess: { taskToken: required(taskToken), output: required(data) },
  StartExecution: { ...ofStateMachine, name, input: data, traceHeader },
  StartSyncExecution: { ...ofStateMachine, name, input: data, traceHeader, includedData },
  StopExecution: { ...ofExecution, error, cause },
  TagResource: { resourceArn: required(arn), tags: required(tags) },
  TestState: {
    definition: required(definition),
    roleArn: arn,
    input: data,
    inspectionLevel: oneOf('INFO', 'DEBUG', 'TRACE'),
    revealSecrets: flag,
    variables: data,
    stateName,
    mock: structure({
      result: data,
      errorOutput: structure({ error, cause }),
      fieldValidationMode: oneOf('STRICT', 'PRESENT', 'NONE'),
    }),
    context: data,
    stateConfiguration: structure({
      retrierRetryCount: integer(0),
      errorCausedByState: stateName,
      mapIterationFailureCount: integer(0),
      mapItemReaderData: data,
    }),
  },
  UntagResource: { resourceArn: required(arn), tagKeys: required(list(tagKey)) },
  UpdateMapRun: {
    ...ofMapRun,
    maxConcurrency: integer(0),
    toleratedFailurePercentage: { type: 'Float', min: 0, max: 100 },
    toleratedFailureCount: { type: 'Long', min: 0 },
  },
  UpdateStateMachine: {
    ...ofStateMachine,
    definition,
    roleArn: arn,
    loggingConfiguration,
    tracingConfiguration,
    publish: flag,
    versionDescription: description,
    encryptionConfiguration,
  },
  UpdateStateMachineAlias: { ...ofAlias, description, routingConfiguration },
  ValidateStateMachineDefinition: {
    definition: required(definition),
    type: stateMachineType,
    severity: oneOf('ERROR', 'WARNING'),
    maxResults: integer(0, 100),
  },
};

/** The input of every operation, by the operation's name. */
export const operations: ReadonlyMap<string, StructureShape> = new Map(
  Object.entries(inputs).map(([operation, members]) => [operation, structure(members)]),
);
