export interface LambdaCall {
  readonly functionArn: string;
  readonly payload: unknown;
  readonly roleArn: string;
  readonly signal: AbortSignal;
}

export interface LambdaAnswer {
  readonly statusCode: number;
  readonly executedVersion: string;
  readonly payload: unknown;
  /** The payload as the function wrote it, where that is known: a bare function's error is told in these words. */
  readonly text?: string;
  readonly functionError?: string;
  readonly requestId: string;
}

export interface ServiceCall {
  /** As in the ARN of the resource: dynamodb, sqs, sfn … */
  readonly service: string;
  /** camelCase, as in the ARN: putItem … */
  readonly action: string;
  readonly input: unknown;
  readonly roleArn: string;
}

/** The outside world of an engine. */
export interface Integrations {
  /** Rejects with an Error whose name is Lambda's error code. */
  invokeLambda(call: LambdaCall): Promise<LambdaAnswer>;
  /** Rejects with an Error whose name is the service's error code. */
  callService(call: ServiceCall): Promise<unknown>;
  /** Whether `callService` could be asked for this: a machine that needs another is refused. @default everything */
  serves?(service: string, action: string): boolean;
  /** Asked before a states:* call that the engine serves itself; rejects to deny. */
  authorize?(roleArn: string, action: string, resource: string): Promise<void>;
}
