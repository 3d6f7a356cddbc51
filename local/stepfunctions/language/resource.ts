/** How a Task waits: for the answer, for the end of a job (`sync`), for a callback. */
export type Pattern = '' | 'sync' | 'sync:2' | 'waitForTaskToken';

/** A Task's Resource taken apart. */
export interface Resource {
  readonly arn: string;
  readonly kind: 'function' | 'service' | 'activity';
  /** `resourceType` of history events: lambda, states, sqs, aws-sdk:dynamodb … Empty unless a service. */
  readonly type: string;
  /** `resource` of history events: invoke, sendMessage.waitForTaskToken, startExecution.sync:2 … */
  readonly action: string;
  readonly service: string;
  /** `action` without its pattern. */
  readonly call: string;
  readonly pattern: Pattern;
}

const partition = 'arn:aws(?:-[a-z]+)*';
/** Region and account may be anything: AWS takes the placeholders of its own examples. */
const lambdaArn = new RegExp(`^${partition}:lambda:[^:]+:[^:]+:function:[\\w-]+(?::[\\w$-]+)?$`);
const activityArn = new RegExp(`^${partition}:states:[a-z0-9-]+:\\d{12}:activity:[^:]+$`);
const serviceArn = new RegExp(
  `^${partition}:states:[a-z0-9-]*:\\d*:(aws-sdk:)?([a-z0-9-]+):([A-Za-z0-9]+)(?:\\.(sync:2|sync|waitForTaskToken))?$`,
);

type Patterns = readonly Pattern[];
const answer: Patterns = [''];
const job: Patterns = ['', 'sync'];
const callback: Patterns = ['', 'waitForTaskToken'];

const each = (patterns: Patterns, ...calls: string[]): Record<string, Patterns> =>
  Object.fromEntries(calls.map((call) => [call, patterns]));

/** The optimised integrations that this engine runs. */
const served: Readonly<Record<string, Readonly<Record<string, Patterns>>>> = {
  lambda: { invoke: callback },
  states: { startExecution: ['', 'sync', 'sync:2', 'waitForTaskToken'] },
  sns: { publish: callback },
  sqs: { sendMessage: callback },
  dynamodb: each(answer, 'getItem', 'putItem', 'updateItem', 'deleteItem'),
  events: { putEvents: callback },
};

/** All that AWS has. */
const optimized: typeof served = {
  ...served,
  apigateway: { invoke: callback },
  athena: {
    startQueryExecution: job,
    ...each(answer, 'stopQueryExecution', 'getQueryExecution', 'getQueryResults'),
  },
  batch: { submitJob: job },
  bedrock: { invokeModel: callback, createModelCustomizationJob: job },
  codebuild: {
    ...each(job, 'startBuild', 'startBuildBatch', 'retryBuildBatch'),
    ...each(answer, 'stopBuild', 'batchDeleteBuilds', 'batchGetReports', 'stopBuildBatch', 'deleteBuildBatch'),
  },
  databrew: { startJobRun: job },
  ecs: { runTask: ['', 'sync', 'waitForTaskToken'] },
  eks: {
    ...each(job, 'createCluster', 'deleteCluster', 'createFargateProfile', 'deleteFargateProfile'),
    ...each(job, 'createNodegroup', 'deleteNodegroup', 'runJob'),
    call: answer,
  },
  elasticmapreduce: {
    ...each(job, 'createCluster', 'terminateCluster', 'addStep'),
    ...each(answer, 'cancelStep', 'setClusterTerminationProtection'),
    ...each(answer, 'modifyInstanceFleetByName', 'modifyInstanceGroupByName'),
  },
  'emr-containers': { createVirtualCluster: answer, ...each(job, 'deleteVirtualCluster', 'startJobRun') },
  'emr-serverless': {
    ...each(job, 'createApplication', 'startApplication', 'stopApplication', 'deleteApplication'),
    ...each(job, 'startJobRun', 'cancelJobRun'),
  },
  glue: { startJobRun: job },
  http: { invoke: answer },
  mediaconvert: { createJob: job },
  sagemaker: {
    ...each(job, 'createHyperParameterTuningJob', 'createLabelingJob', 'createProcessingJob'),
    ...each(job, 'createTrainingJob', 'createTransformJob'),
    ...each(answer, 'createEndpoint', 'createEndpointConfig', 'createModel', 'updateEndpoint'),
  },
};

/** Fields without which AWS refuses a call, where its arguments are written out. */
const required: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['FunctionName'],
  'states:startExecution': ['StateMachineArn'],
  'sns:publish': ['Message'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'dynamodb:getItem': ['TableName', 'Key'],
  'dynamodb:putItem': ['TableName', 'Item'],
  'dynamodb:updateItem': ['TableName', 'Key'],
  'dynamodb:deleteItem': ['TableName', 'Key'],
  'events:putEvents': ['Entries'],
  'ecs:runTask': ['TaskDefinition'],
  'glue:startJobRun': ['JobName'],
};

const isPattern = (text: string): text is Pattern => ['', 'sync', 'sync:2', 'waitForTaskToken'].includes(text);

const has = (table: typeof served, service: string, call: string, pattern: Pattern): boolean =>
  Object.hasOwn(table, service) &&
  Object.hasOwn(table[service] ?? {}, call) &&
  (table[service]?.[call] ?? []).includes(pattern);

/** @returns undefined for what AWS does not know */
export function parseResource(arn: string): Resource | undefined {
  const nothing = { type: '', action: '', pattern: '' } as const;
  if (lambdaArn.test(arn)) return { arn, kind: 'function', ...nothing, service: 'lambda', call: 'invoke' };
  if (activityArn.test(arn)) return { arn, kind: 'activity', ...nothing, service: 'states', call: '' };
  const [matched, sdk = '', service = '', call = '', pattern = ''] = serviceArn.exec(arn) ?? [];
  if (matched === undefined || !isPattern(pattern)) return undefined;
  const known = sdk === '' ? has(optimized, service, call, pattern) : /^[a-z]/.test(call) && callback.includes(pattern);
  if (!known) return undefined;
  const action = pattern === '' ? call : `${call}.${pattern}`;
  return { arn, kind: 'service', type: `${sdk}${service}`, action, service, call, pattern };
}

/** Whether this engine can run it: what calls of AWS's SDKs are there to answer them is another matter. */
export function isServed({ kind, type, service, call, pattern }: Resource): boolean {
  if (kind !== 'service') return kind === 'function';
  return type.startsWith('aws-sdk:') || has(served, service, call, pattern);
}

export const requiredFields = ({ type, call }: Resource): readonly string[] => required[`${type}:${call}`] ?? [];
