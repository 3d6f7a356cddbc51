import { randomUUID } from 'node:crypto';
import type { Outcome } from '../engine/execution.ts';
import { isObject, textOf } from '../json.ts';
import type { Resource } from '../language/resource.ts';
import type { Integrations, LambdaAnswer } from './integrations.ts';
import { lambdaMetadata, serviceMetadata } from './metadata.ts';
import { type ServiceFault, serviceFailure } from './service-errors.ts';

/** What was thrown, as the service's fault: an Error's name is the code. */
export function faultOf(thrown: unknown): ServiceFault {
  if (!(thrown instanceof Error)) return { name: 'Exception', message: String(thrown), requestId: randomUUID() };
  const { name, message } = thrown;
  const told: Record<string, unknown> = { ...thrown };
  const status = told.statusCode ?? told.status;
  return {
    name,
    message,
    requestId: typeof told.requestId === 'string' ? told.requestId : randomUUID(),
    ...(typeof status === 'number' ? { status } : {}),
  };
}

export interface Call {
  readonly resource: Resource;
  readonly input: unknown;
  readonly roleArn: string;
  readonly signal: AbortSignal;
  now(): number;
}

async function invoke(integrations: Integrations, { resource, input, roleArn, signal, now }: Call): Promise<Outcome> {
  const bare = resource.kind === 'function';
  const fields = isObject(input) ? input : {};
  const functionArn = bare ? resource.arn : String(fields.FunctionName ?? '');
  const payload = bare ? input : (fields.Payload ?? {});
  let answer: LambdaAnswer;
  try {
    answer = await integrations.invokeLambda({ functionArn, payload, roleArn, signal });
  } catch (error) {
    if (isMistake(error)) throw error;
    return serviceFailure({ service: 'lambda', type: 'lambda' }, { status: 404, ...faultOf(error) });
  }
  const { payload: value = null, requestId, executedVersion, functionError, statusCode } = answer;
  if (functionError !== undefined) {
    const type = isObject(value) && typeof value.errorType === 'string' ? value.errorType : functionError;
    return { error: type, cause: bare ? (answer.text ?? textOf(value)) : textOf(value) };
  }
  if (bare) return { output: value };
  const length = Buffer.byteLength(answer.text ?? textOf(value));
  return {
    output: {
      ExecutedVersion: executedVersion,
      Payload: value,
      ...lambdaMetadata({ requestId, length, at: now() }, executedVersion),
      StatusCode: statusCode,
    },
  };
}

/** A mistake in the code of the host, which no service has made. A connection that failed is a TypeError with a cause. */
const isMistake = (error: unknown): boolean =>
  error instanceof ReferenceError || (error instanceof TypeError && error.cause === undefined);

/** Makes the call of a Task and restates its answer as AWS records it. Rejects only for a mistake of the host. */
export async function perform(integrations: Integrations, call: Call): Promise<Outcome> {
  const { resource, input, roleArn, now } = call;
  const { service, call: action, type } = resource;
  const sdk = type.startsWith('aws-sdk:');
  if (service === 'lambda' && action === 'invoke' && !sdk) return invoke(integrations, call);
  try {
    const answer = await integrations.callService({ service, action, input, roleArn });
    const output = answer === undefined ? {} : answer;
    if (sdk || !isObject(output)) return { output };
    const { $metadata, ...fields } = output;
    const told: { requestId?: unknown } = isObject($metadata) ? $metadata : {};
    const requestId = typeof told.requestId === 'string' ? told.requestId : randomUUID();
    const length = Buffer.byteLength(textOf(fields));
    return { output: { ...fields, ...serviceMetadata(service, { requestId, length, at: now() }) } };
  } catch (error) {
    if (isMistake(error)) throw error;
    return serviceFailure(resource, faultOf(error));
  }
}
