/** An error of the AWS Step Functions API: `name` is AWS's code. */
export class StepFunctionsError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
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

/** The file cannot be used as a store: in use, of another version, or no database. The message says which, and what to do. */
export class UnusableStore extends Error {
  override readonly name = 'UnusableStore';
}
