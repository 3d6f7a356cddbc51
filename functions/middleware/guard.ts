/**
 * The one door to what is kept: asks the matrix, writes the access down, and only then lets anything through. Denials are
 * written down too.
 */
import type { OperationKind } from '../../shared/api/operation.ts';
import { intoOfficeHours } from '../../shared/calendar/calendar.ts';
import type { City } from '../../shared/config/city.ts';
import { chainOf } from '../../shared/domain/audit.ts';
import type { LogId } from '../../shared/domain/ids.ts';
import { answersTo } from '../../shared/domain/merged.ts';
import type { CaseState, State } from '../../shared/domain/state.ts';
import type { Field, GuardedOperation, Phase, Relation } from '../../shared/domain/who-may/matrix.ts';
import { relationsAskedFor } from '../../shared/domain/who-may/permit.ts';
import {
  askedFirst,
  type Caller,
  isHelped,
  isReported,
  phaseOf,
  standingOf,
} from '../../shared/domain/who-may/standing.ts';
import { citizenRoles, type Role } from '../../shared/domain/words.ts';
import {
  AuditUnavailable,
  ConflictOfInterest,
  type HejieError,
  NotPermitted,
  RecordBroken,
  Unknown,
} from '../../shared/errors.ts';
import { type Audit, recordAccess, recordAfterwards } from '../../shared/record/audit.ts';
import type { Log } from '../../shared/record/log.ts';
import { foldersIn } from '../../shared/record/merging.ts';
import { ownMattersOf, partiesOf } from '../../shared/record/people.ts';
import type { Table } from '../../shared/record/table.ts';
import { type Checks, checks } from './checks.ts';

export interface Guarding {
  readonly city: City;
  readonly table: Table;
  readonly audit: Audit;
  /** Folds of a warm function. */
  readonly warm?: Log['warm'];
}

/** What is wanted, and how the caller stands to it. */
export interface Subject {
  /** What is looked at or searched for; an id or the words of a search, never a person. */
  readonly what: string;
  readonly log?: LogId;
  readonly relations: ReadonlySet<Relation>;
  readonly phase?: Phase;
  /** Of a citizen: what they are in this dispute. */
  readonly role?: Role;
}

export interface Granted {
  readonly fields: ReadonlySet<Field>;
  readonly role: Role;
  readonly relations: ReadonlySet<Relation>;
  /** When it was written down: before anything was shown, or, in the one exception, afterwards. */
  readonly logged: 'before' | 'afterwards';
}

export interface Asking {
  readonly operation: GuardedOperation;
  readonly kind: Exclude<OperationKind, 'public'>;
  readonly caller: Caller;
  readonly now: number;
  readonly correlationId: string;
  /** The gateway's own: no two requests share it, whatever correlation id a caller chooses. */
  readonly requestId: string;
}

export class Guard {
  readonly #guarding: Guarding;
  readonly #asking: Asking;
  readonly #checks: Checks;
  #recorded = false;

  constructor(guarding: Guarding, asking: Asking, using: Checks = checks) {
    this.#guarding = guarding;
    this.#asking = asking;
    this.#checks = using;
  }

  /** True when this request stands in the audit. */
  get recorded(): boolean {
    return this.#recorded;
  }

  get role(): Role {
    const { caller } = this.#asking;
    return caller.as === 'post' ? caller.role : 'resident';
  }

  /** What no relation could allow need not be looked for. @throws NotPermitted */
  async anyAtAll(what: string): Promise<void> {
    const { operation, caller } = this.#asking;
    const mine: readonly Role[] = caller.as === 'post' ? [caller.role] : citizenRoles;
    if (mine.some((role) => relationsAskedFor(operation, role).size > 0)) return;
    await this.#deny({ what, relations: new Set() }, this.role, this.#refusal(this.role));
  }

  /**
   * @param linked the cases of a dispute
   * @throws NotPermitted, ConflictOfInterest, AuditUnavailable
   */
  async toLog(state: State, linked: readonly CaseState[] = []): Promise<Granted> {
    const subject = await this.standing(state, linked);
    return this.to(subject);
  }

  /** How the caller stands to a case or dispute. @throws ConflictOfInterest, where a party acts for a post */
  async standing(state: State, linked: readonly CaseState[] = []): Promise<Subject> {
    const { caller } = this.#asking;
    const subject = { what: state.id, log: state.id, phase: phaseOf(state, linked) };
    if (caller.as === 'citizen') return { ...subject, ...(await this.#asCitizen(state, linked)) };
    await this.#noParty(state);
    const { city } = this.#guarding;
    const { operation, now } = this.#asking;
    const relations = standingOf(city, caller.post, caller.person, now, state, linked);
    const onDuty = relationsAskedFor(operation, caller.role).has('on-duty') && relations.has('own-area');
    if (onDuty && (await this.#checks.onDuty(this.#guarding, caller.person, caller.post.id, now)))
      relations.add('on-duty');
    return { ...subject, relations };
  }

  async #noParty(state: State): Promise<void> {
    const { caller } = this.#asking;
    // Without an identity claim nobody can tell: the identity provider decides what it says.
    if (caller.parties.length === 0) return;
    const { table, warm = new Map() } = this.#guarding;
    const folders = await foldersIn({ table, warm }, state);
    if (!this.#checks.conflict(caller, await partiesOf(table, folders))) return;
    const refusal = new ConflictOfInterest(`whoever is a party to ${state.id} does not act in it`);
    await this.#deny({ what: state.id, log: state.id, relations: new Set() }, this.role, refusal);
  }

  async #asCitizen(state: State, linked: readonly CaseState[]): Promise<Pick<Subject, 'relations' | 'role'>> {
    const matters = await ownMattersOf(this.#guarding.table, this.#asking.caller.parties);
    const mine = matters.filter((matter) => this.#checks.about(matter, state));
    // Whoever is reported cannot look behind that by a report of their own: first they are told of the case about them. But
    // whoever asked for help first is not shut out by a report against them.
    const about = linked.filter((about) => mine.some((one) => isReported(one) && answersTo(about, one.case)));
    const mayKnow = askedFirst(state.reports, mine) || about.every((one) => this.told(one, []));
    const helped = state.subject !== 'case' && mayKnow && mine.some(isHelped);
    if (helped) return { role: 'affected-person', relations: new Set(['party', 'self']) };
    if (!mine.some(isReported)) return { role: 'resident', relations: new Set() };
    return { role: 'person-concerned', relations: new Set(this.told(state, about) ? ['told', 'self'] : []) };
  }

  /** The person concerned was told of it. */
  told(state: State, linked: readonly CaseState[]): boolean {
    return this.#checks.told(state, linked);
  }

  /** @throws NotPermitted, AuditUnavailable */
  async to(subject: Subject): Promise<Granted> {
    const { operation } = this.#asking;
    const role = subject.role ?? this.role;
    const { relations, phase } = subject;
    const fields = this.#checks.matrix({ operation, role, relations, ...(phase ? { phase } : {}) });
    if (!fields) return this.#deny(subject, role, this.#refusal(role));
    const logged = await this.#write(subject, role, 'shown', [...fields].sort());
    return { fields: this.#checks.fields(fields), role, relations, logged };
  }

  /** A list of an area or post: its lines are each asked for again, by phase. @throws NotPermitted, AuditUnavailable */
  async toList(what: string, relations: ReadonlySet<Relation>): Promise<Granted> {
    const { operation } = this.#asking;
    const { role } = this;
    const subject = { what, relations };
    const fields = this.#checks.list({ operation, role, relations });
    if (!fields) return this.#deny(subject, role, this.#refusal(role));
    const logged = await this.#write(subject, role, 'shown', [...fields].sort());
    return { fields: this.#checks.fields(fields), role, relations, logged };
  }

  /** One line of a list. */
  line(state: State): ReadonlySet<Field> | undefined {
    const { caller, now } = this.#asking;
    if (caller.as !== 'post') return undefined;
    const operation = lineOperation(state, this.#asking.operation);
    const relations = standingOf(this.#guarding.city, caller.post, caller.person, now, state);
    const fields = this.#checks.matrix({ operation, role: caller.role, relations, phase: phaseOf(state) });
    return fields && this.#checks.fields(fields);
  }

  /** What a citizen asks for and is not there is refused like what is not theirs: no id can be tried out. */
  disclosed(error: unknown): unknown {
    const isHidden = error instanceof Unknown && this.#asking.caller.as === 'citizen';
    return isHidden ? this.#refusal(this.role) : error;
  }

  #refusal(role: Role): HejieError {
    const { operation } = this.#asking;
    // A citizen is not told what they would be: whether something is kept about them is not for guessing.
    const who = this.#asking.caller.as === 'citizen' ? 'a citizen' : role;
    return new NotPermitted(`${who} may not do this here and now: ${operation} (docs/who-may.md)`);
  }

  async #deny(subject: Subject, role: Role, refusal: HejieError): Promise<never> {
    await this.#write(subject, role, 'denied', [], refusal.type);
    throw refusal;
  }

  /** A command that goes through stands in the history; everything else stands here, and breaking the glass in both. */
  async #write(
    { what, log, relations }: Subject,
    role: Role,
    outcome: 'shown' | 'denied',
    fields: readonly string[],
    why?: string,
  ): Promise<'before' | 'afterwards'> {
    const { kind, operation } = this.#asking;
    const breaksGlass = operation === 'break-glass' && outcome === 'shown';
    if (kind === 'command' && outcome === 'shown' && !breaksGlass) return 'before';
    const access = {
      ...(await this.#accessOf(what, role)),
      outcome,
      fields,
      ...(breaksGlass || relations.has('break-glass') ? { breakGlass: true as const } : {}),
      ...(why === undefined ? {} : { why }),
    };
    const chain = chainOf(access, kind === 'search' ? undefined : log);
    this.#recorded = true;
    try {
      await recordAccess(this.#guarding.audit, chain, access);
      return 'before';
    } catch (error) {
      const excepted = operation === 'read-danger-note' && outcome === 'shown' && relations.has('on-duty');
      const unwritten = error instanceof AuditUnavailable || error instanceof RecordBroken;
      if (!(excepted && unwritten)) throw error;
      recordAfterwards(this.#guarding.audit, chain, access);
      return 'afterwards';
    }
  }

  async #accessOf(what: string, role: Role) {
    const { caller, operation, kind, now, correlationId, requestId } = this.#asking;
    const post = caller.as === 'post' ? caller.post.id : null;
    const { person, purpose } = caller;
    return {
      ...{ at: now, person, post, role, purpose, operation, kind, what, correlationId, requestId },
      ...((await this.#isOffShift()) ? { offShift: true as const } : {}),
    };
  }

  async #isOffShift(): Promise<boolean> {
    const { caller, now, kind } = this.#asking;
    const { city } = this.#guarding;
    if (caller.as === 'citizen' || kind === 'command' || intoOfficeHours(city, now) === now) return false;
    return !(await this.#checks.onDuty(this.#guarding, caller.person, caller.post.id, now));
  }
}

/** Of a referral or round no list shows a line to whoever may not read it. */
function lineOperation({ subject }: State, listing: GuardedOperation): GuardedOperation {
  if (subject === 'referral') return 'read-referral';
  return subject === 'round' ? 'read-round' : listing;
}
