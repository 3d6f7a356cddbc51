/** What Hejie refuses, or cannot do. Each class keeps a stable `name`: state machines catch by it and the API maps it. */

/** One thing wrong with what was given: where it stands, what stood there, what would be accepted. */
export interface Fault {
  readonly path: string;
  readonly value: unknown;
  readonly allowed: string;
}

export abstract class HejieError extends Error {
  abstract override readonly name: string;
  /** HTTP status of the problem document. */
  abstract readonly status: number;
  /** Last part of the problem's type; stable. */
  abstract readonly type: string;
}

/** The given document does not fit its schema, or names an area, post or task of the wrong form. Nothing was written. */
export class InputInvalid extends HejieError {
  override readonly name = 'InputInvalid';
  override readonly status = 422;
  override readonly type = 'invalid';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[], options?: ErrorOptions) {
    super(faults.map((f) => `${f.path}: ${JSON.stringify(f.value)}; allowed: ${f.allowed}`).join('; '), options);
    this.faults = faults;
  }
}

/** The case, dispute, task or route does not exist. */
export class Unknown extends HejieError {
  override readonly name = 'Unknown';
  override readonly status = 404;
  override readonly type = 'unknown';
  readonly faults: readonly Fault[];
  constructor(what: string, value: unknown, allowed: string) {
    super(`${what} ${JSON.stringify(value)} does not exist; ${allowed}`);
    this.faults = [{ path: what, value, allowed }];
  }
}

/** The acting post is not the one that may do this. */
export class NotYours extends HejieError {
  override readonly name = 'NotYours';
  override readonly status = 403;
  override readonly type = 'not-yours';
}

/** The rule table does not allow this action in the state the record is in; says which state and what is allowed. */
export class ActionRefused extends HejieError {
  override readonly name = 'ActionRefused';
  override readonly status = 409;
  override readonly type = 'refused';
  readonly allowed: readonly string[];
  constructor(action: string, state: string, allowed: readonly string[]) {
    super(`${action} is not possible while ${state}; possible now: ${allowed.join(', ') || 'nothing'}`);
    this.allowed = allowed;
  }
}

/** The execution that wants to act is not the current one: a newer revision drives the case. */
export class Superseded extends HejieError {
  override readonly name = 'Superseded';
  override readonly status = 409;
  override readonly type = 'superseded';
}

/** A level or a level's decision without a verified event (design §7, S1). */
export class NoVerifiedEvent extends HejieError {
  override readonly name = 'NoVerifiedEvent';
  override readonly status = 422;
  override readonly type = 'no-verified-event';
}

/** Eight tries lost the race for the next number: nothing was written, send the command again. */
export class RecordBusy extends HejieError {
  override readonly name = 'RecordBusy';
  override readonly status = 503;
  override readonly type = 'busy';
}

/** The stored record contradicts itself: a gap, a broken hash chain, an unknown schema. Nobody may write on it. */
export class RecordBroken extends HejieError {
  override readonly name = 'RecordBroken';
  override readonly status = 500;
  override readonly type = 'record-broken';
}

/** A model, city file or import names a factor that must never count (design §7, S2). */
export class FactorBarred extends HejieError {
  override readonly name = 'FactorBarred';
  override readonly status = 422;
  override readonly type = 'factor-barred';
}

/** A message would carry personal data, a level or a dispute type (S14). It is not sent. */
export class MessageUnclean extends HejieError {
  override readonly name = 'MessageUnclean';
  override readonly status = 500;
  override readonly type = 'message-unclean';
}

/** The deployed function misses an environment variable or its city file. */
export class SetupInvalid extends HejieError {
  override readonly name = 'SetupInvalid';
  override readonly status = 500;
  override readonly type = 'setup-invalid';
}
