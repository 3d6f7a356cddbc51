/** What a service answers instead of a result: `name` is its error code. */
export class ServiceError extends Error {
  override readonly name: string;
  /** HTTP status. */
  readonly statusCode: number;

  constructor(code: string, message: string, statusCode = 400) {
    super(message);
    this.name = code;
    this.statusCode = statusCode;
  }
}
