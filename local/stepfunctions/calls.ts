import type { Resource } from './asl.ts';
import type { Outcome } from './execution.ts';
import { isObject, type JsonObject, textOf } from './json.ts';

export interface LambdaCall {
  functionArn: string;
  payload: unknown;
  roleArn: string;
  signal: AbortSignal;
}

export interface LambdaAnswer {
  statusCode: number;
  executedVersion: string;
  payload: unknown;
  functionError?: string;
  requestId: string;
}

export interface ServiceCall {
  service: string;
  action: string;
  input: unknown;
  roleArn: string;
}

/** The outside world of the engine. */
export interface Integrations {
  invokeLambda(call: LambdaCall): Promise<LambdaAnswer>;
  /** Rejects with an Error whose name is AWS's error code. */
  callService(call: ServiceCall): Promise<unknown>;
  /** Asked before a states:* call that the engine serves itself; rejects to deny. */
  authorize?(roleArn: string, action: string, resource: string): Promise<void>;
}

export function metadata(
  requestId: string,
  contentLength: number,
  contentType = 'application/x-amz-json-1.0',
): JsonObject {
  const date = 'date';
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: {
        'x-amzn-RequestId': [requestId],
        connection: ['keep-alive'],
        'Content-Length': [String(contentLength)],
        Date: [date],
        'Content-Type': [contentType],
      },
      HttpHeaders: {
        connection: 'keep-alive',
        'Content-Length': String(contentLength),
        'Content-Type': contentType,
        Date: date,
        'x-amzn-RequestId': requestId,
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

function lambdaMetadata(requestId: string, length: number, version: string): JsonObject {
  const trace = 'X-Amzn-Trace-Id';
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: {
        'X-Amz-Executed-Version': [version],
        'x-amzn-Remapped-Content-Length': ['0'],
        Connection: ['keep-alive'],
        'x-amzn-RequestId': [requestId],
        'Content-Length': [String(length)],
        Date: ['date'],
        [trace]: [trace],
        'Content-Type': ['application/json'],
      },
      HttpHeaders: {
        Connection: 'keep-alive',
        'Content-Length': String(length),
        'Content-Type': 'application/json',
        Date: 'date',
        'X-Amz-Executed-Version': version,
        'x-amzn-Remapped-Content-Length': '0',
        'x-amzn-RequestId': requestId,
        [trace]: trace,
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** How AWS writes the service in an error's name: dynamodb → DynamoDb, sfn → Sfn. */
const serviceNames: Record<string, { optimized: string; sdk: string }> = {
  dynamodb: { optimized: 'DynamoDB', sdk: 'DynamoDb' },
  lambda: { optimized: 'Lambda', sdk: 'Lambda' },
  sns: { optimized: 'SNS', sdk: 'Sns' },
  sqs: { optimized: 'SQS', sdk: 'Sqs' },
  kms: { optimized: 'KMS', sdk: 'Kms' },
  s3: { optimized: 'S3', sdk: 'S3' },
  events: { optimized: 'EventBridge', sdk: 'EventBridge' },
  sfn: { optimized: 'StepFunctions', sdk: 'Sfn' },
};

export function serviceError(resource: Resource, thrown: unknown): Outcome {
  const { name, message } = thrown instanceof Error ? thrown : { name: 'Exception', message: String(thrown) };
  const sdk = resource.type.startsWith('aws-sdk:');
  const known = serviceNames[resource.service];
  const service = known?.[sdk ? 'sdk' : 'optimized'] ?? resource.service.replace(/^./, (c) => c.toUpperCase());
  const code = /(Exception|Error|Fault)$/.test(name) ? name : `${name}Exception`;
  return { error: `${service}.${code}`, cause: message };
}

const nameOfFunction = (input: unknown): string => (isObject(input) ? String(input.FunctionName ?? '') : '');

/** Makes the call of a Task and restates its answer as AWS records it. */
export async function perform(
  integrations: Integrations,
  resource: Resource,
  input: unknown,
  roleArn: string,
  signal: AbortSignal,
): Promise<Outcome> {
  if (resource.service === 'lambda' && resource.call === 'invoke') {
    const bare = resource.kind === 'function';
    const payload = bare ? input : isObject(input) ? (input.Payload ?? {}) : {};
    const functionArn = bare ? resource.arn : nameOfFunction(input);
    let answer: LambdaAnswer;
    try {
      answer = await integrations.invokeLambda({ functionArn, payload, roleArn, signal });
    } catch (error) {
      return serviceError({ ...resource, service: 'lambda' }, error);
    }
    if (answer.functionError !== undefined) {
      const { payload: fault } = answer;
      const type = isObject(fault) && typeof fault.errorType === 'string' ? fault.errorType : answer.functionError;
      return { error: type, cause: textOf(fault) };
    }
    if (bare) return { output: answer.payload ?? null };
    return {
      output: {
        ExecutedVersion: answer.executedVersion,
        Payload: answer.payload ?? null,
        ...lambdaMetadata(answer.requestId, Buffer.byteLength(textOf(answer.payload)), answer.executedVersion),
        StatusCode: answer.statusCode,
      },
    };
  }
  try {
    const answer = await integrations.callService({ service: resource.service, action: resource.call, input, roleArn });
    const output = answer === undefined ? {} : answer;
    if (resource.type.startsWith('aws-sdk:') || !isObject(output)) return { output };
    const clean = { ...output };
    delete clean.$metadata;
    return { output: { ...clean, ...metadata('RequestId', Buffer.byteLength(textOf(clean))) } };
  } catch (error) {
    return serviceError(resource, error);
  }
}
