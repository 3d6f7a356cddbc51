/** An error of the AWS Step Functions API: `name` is AWS's code. */
export class StepFunctionsError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** A state failed: what Retry and Catch look at. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  readonly error: string | undefined;
  readonly reason: string | undefined;
  constructor(error: string | undefined, reason: string | undefined) {
    super(reason ?? error ?? 'failed');
    this.error = error;
    this.reason = reason;
  }
}

/** A JSONata field could not be evaluated: AWS records it as an EvaluationFailed event first. */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
  readonly location: string | undefined;
  constructor(message: string, location: string | undefined) {
    super(message);
    this.location = location;
  }
}
