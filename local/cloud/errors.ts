/** An error as a service of AWS answers it: `name` is the code that the SDK shows. */
export class ServiceError extends Error {
  override readonly name: string;
  readonly status: number;
  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** The folder, the port or the assembly cannot be used: one sentence for whoever started this. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
