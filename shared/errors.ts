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

/** No token, one that does not hold, or one that is over. */
export class NotSignedIn extends HejieError {
  override readonly name = 'NotSignedIn';
  override readonly status = 401;
  override readonly type = 'not-signed-in';
}

/** The city's identity provider does not answer, or answers nothing that can be used: nobody can sign in for now. */
export class SignInUnavailable extends HejieError {
  override readonly name = 'SignInUnavailable';
  override readonly status = 503;
  override readonly type = 'sign-in-unavailable';
}

/** The token's purpose is refused, or is not the one that the acting role needs (S13). */
export class PurposeRefused extends HejieError {
  override readonly name = 'PurposeRefused';
  override readonly status = 403;
  override readonly type = 'purpose-refused';
  readonly allowed: readonly string[];
  constructor(purpose: string, allowed: readonly string[]) {
    super(`the purpose ${JSON.stringify(purpose)} is refused; allowed here: ${allowed.join(', ')}`);
    this.allowed = allowed;
  }
}

/** The matrix of who may what (docs/who-may.md) does not allow it: by role, operation, relation to the case, or phase. */
export class NotPermitted extends HejieError {
  override readonly name = 'NotPermitted';
  override readonly status = 403;
  override readonly type = 'not-permitted';
}

/** Whoever acts is a party to the dispute. */
export class ConflictOfInterest extends HejieError {
  override readonly name = 'ConflictOfInterest';
  override readonly status = 403;
  override readonly type = 'conflict-of-interest';
}

/** What is changed is no longer what the caller saw (If-Match). */
export class PreconditionFailed extends HejieError {
  override readonly name = 'PreconditionFailed';
  override readonly status = 412;
  override readonly type = 'precondition-failed';
}

/** A change needs If-Match: the ETag of what the caller saw. */
export class PreconditionRequired extends HejieError {
  override readonly name = 'PreconditionRequired';
  override readonly status = 428;
  override readonly type = 'precondition-required';
}

/** The request is larger than it may be. */
export class TooLarge extends HejieError {
  override readonly name = 'TooLarge';
  override readonly status = 413;
  override readonly type = 'too-large';
}

/** The handle of a call was used before, or is older than a day. */
export class HandleOver extends HejieError {
  override readonly name = 'HandleOver';
  override readonly status = 410;
  override readonly type = 'handle-over';
}

/** A post with open tasks would be left without anybody who holds it. */
export class HolderNeeded extends HejieError {
  override readonly name = 'HolderNeeded';
  override readonly status = 409;
  override readonly type = 'holder-needed';
  readonly allowed: readonly string[];
  constructor(post: string, tasks: readonly string[]) {
    super(`${post} has open tasks (${tasks.join(', ')}) and would have no holder: name another holder first`);
    this.allowed = ['another holder from the same day on'];
  }
}

/** Neither the audit store nor its queue takes the record of this access: nothing is shown (S12). Try again. */
export class AuditUnavailable extends HejieError {
  override readonly name = 'AuditUnavailable';
  override readonly status = 503;
  override readonly type = 'audit-unavailable';
}

/** What would be answered does not fit the contract: nothing of it leaves. */
export class ReplyUndeclared extends HejieError {
  override readonly name = 'ReplyUndeclared';
  override readonly status = 500;
  override readonly type = 'reply-undeclared';
}

/** The table was restored from a backup and the erasure list has not been replayed on it: nothing is read before. */
export class RestorePending extends HejieError {
  override readonly name = 'RestorePending';
  override readonly status = 503;
  override readonly type = 'restore-pending';
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

/** A legal hold of the independent reviewer: what is held is neither forgotten nor erased on request before its end. */
export class Held extends HejieError {
  override readonly name = 'Held';
  override readonly status = 409;
  override readonly type = 'held';
  readonly allowed: readonly string[];
  constructor(what: string, until: string) {
    super(`${what} until ${until}: nothing of it is erased before`);
    this.allowed = [`from ${until} on, or when the independent reviewer has released it`];
  }
}

/** Violence between partners or in a family: nobody is brought to one table unless the affected person opted in (S6). */
export class JointSessionBarred extends HejieError {
  override readonly name = 'JointSessionBarred';
  override readonly status = 403;
  override readonly type = 'joint-session-barred';
}

/** New levels are stopped (S15): none begins or rises until they are released; `allowed` says what goes on. */
export class LevelsStopped extends HejieError {
  override readonly name = 'LevelsStopped';
  override readonly status = 409;
  override readonly type = 'levels-stopped';
  readonly allowed: readonly string[];
  constructor(message: string, allowed: readonly string[]) {
    super(message);
    this.allowed = allowed;
  }
}

/** The city's sunset date is over (S15): nothing new opens; `allowed` says whom to call. */
export class AfterSunset extends HejieError {
  override readonly name = 'AfterSunset';
  override readonly status = 409;
  override readonly type = 'after-sunset';
  readonly allowed: readonly string[];
  constructor(message: string, allowed: readonly string[]) {
    super(message);
    this.allowed = allowed;
  }
}

/** The mediator or organisation that was chosen has no place for another measure; `allowed` names others. */
export class MediatorFull extends HejieError {
  override readonly name = 'MediatorFull';
  override readonly status = 409;
  override readonly type = 'mediator-full';
  readonly allowed: readonly string[];
  constructor(mediator: string, others: readonly string[]) {
    super(`${mediator} has no place for another measure; with places: ${others.join(', ') || 'nobody'}`);
    this.allowed = others;
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
