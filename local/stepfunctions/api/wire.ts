/** AWS JSON 1.0, as the SDK speaks it with Step Functions. Knows no HTTP server: text in, text out. */
import { randomUUID } from 'node:crypto';
import { StepFunctionsError } from '../errors.ts';
import { asStructure } from './requests.ts';

export interface WireRequest {
  /** The header `X-Amz-Target`: `AWSStepFunctions.<Operation>`. */
  readonly target: string;
  readonly body: string;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An operation of AWS's API; times in its answer are epoch seconds. Rejects with AWS's error. */
export type Call = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<object>;

/** Hears of everything that was thrown and is no error of AWS. */
export type OnFault = (error: unknown, target: string) => void;

/** Answers one request. Never rejects: what is no error of AWS's goes to `onFault`, and out as an InternalFailure. */
export async function handle(call: Call, { target, body }: WireRequest, onFault: OnFault): Promise<WireReply> {
  try {
    const operation = operationOf(target);
    return reply(200, await call(operation, asStructure(parsed(body))));
  } catch (error) {
    const status = statusOf(error);
    if (status !== undefined && error instanceof Error) {
      const { name, message } = error;
      return reply(status, { __type: `${namespaces[name] ?? serviceNamespace}#${name}`, message });
    }
    onFault(error, target);
    return reply(500, { __type: 'com.amazon.coral.service#InternalFailure', message: 'Internal failure' });
  }
}

const reply = (status: number, body: object): WireReply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-RequestId': randomUUID() },
  body: JSON.stringify(body),
});

/** Step Functions' own exceptions are in the first, the ones that all services have in others. */
const serviceNamespace = 'com.amazonaws.swf.service.v2.model';
const commonNamespace = 'com.amazon.coral.service';
const namespaces: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate',
  AccessDeniedException: commonNamespace,
  MissingAuthenticationTokenException: commonNamespace,
  SerializationException: commonNamespace,
  ServiceUnavailable: commonNamespace,
  ThrottlingException: commonNamespace,
  UnknownOperationException: commonNamespace,
  UnrecognizedClientException: commonNamespace,
};

/** Undefined: no error of AWS's. Others than the engine's own say their status themselves. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof StepFunctionsError) return error.name === 'ServiceUnavailable' ? 503 : 400;
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
  return undefined;
}

function operationOf(target: string): string {
  const [, operation] = /^AWSStepFunctions\.(\w+)$/.exec(target) ?? [];
  if (operation !== undefined) return operation;
  throw new StepFunctionsError('UnknownOperationException', `'${target}' names no operation of AWSStepFunctions`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StepFunctionsError('SerializationException', `The request is not JSON: ${why}`);
  }
}
