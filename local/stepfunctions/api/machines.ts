import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Engine } from '../engine/engine.ts';
import { checkArn, checkName, checkRoleArn } from '../engine/names.ts';
import type { EngineOptions } from '../engine/options.ts';
import { StepFunctionsError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { checkDefinition, invalidDefinitionMessage, unsupported } from '../language/check.ts';
import type { DefinitionRecord, MachineRecord } from '../store/store.ts';
import { nextOf, pageOf } from './paging.ts';
import type { Request } from './requests.ts';

const seconds = (at: number): number => at / 1000;

/** What this engine does not do: log, trace, encrypt. It is kept as it was asked for, and told again. */
const usualConfiguration = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
  encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
};

/** One of them at least has to be given. */
const updatable = ['definition', 'roleArn', ...Object.keys(usualConfiguration)];

const configurationIn = (request: Request): JsonObject =>
  Object.fromEntries(
    Object.keys(usualConfiguration).flatMap((name) => (name in request ? [[name, request[name]]] : [])),
  );

/** @throws StepFunctionsError `ValidationException` */
function refuseVersions({ publish, versionDescription }: Request): void {
  if (publish !== true && versionDescription === undefined) return;
  throw new StepFunctionsError('ValidationException', 'Versions of state machines are not served here');
}

const missing = (arn: string): StepFunctionsError =>
  new StepFunctionsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

/** @throws StepFunctionsError `InvalidArn`, `StateMachineDoesNotExist` */
export function machineOf(engine: Engine, given: unknown): MachineRecord {
  const arn = String(given);
  checkArn(arn, 'stateMachine', 'express');
  const machine = engine.store.machine(arn);
  if (machine === undefined) throw missing(arn);
  return machine;
}

function definitionOf(engine: Engine, id: number): DefinitionRecord {
  const definition = engine.store.definition(id);
  if (definition === undefined) throw new TypeError(`The store has no definition ${id}`);
  return definition;
}

const servedBy =
  ({ integrations }: EngineOptions) =>
  (service: string, action: string): boolean =>
    integrations.serves?.(service, action) ?? true;

/** @throws StepFunctionsError `InvalidDefinition` for what AWS refuses, and for what this engine cannot run */
function checked({ options }: Engine, text: string, type: 'STANDARD' | 'EXPRESS'): string {
  const { diagnostics, machine } = checkDefinition(text, { type });
  const faults = diagnostics.filter(({ severity }) => severity === 'ERROR');
  if (machine !== undefined) faults.push(...unsupported(machine, { type, serves: servedBy(options) }));
  if (faults.length > 0) throw new StepFunctionsError('InvalidDefinition', invalidDefinitionMessage(faults));
  return text;
}

const revisionOf = (text: string, role: string, at: number): string => {
  const hash = createHash('sha256').update(`${text} ${role} ${at}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
};

const typeOf = (given: unknown): 'STANDARD' | 'EXPRESS' => (given === 'EXPRESS' ? 'EXPRESS' : 'STANDARD');

function define(engine: Engine, machine: string, text: string, role: string): number {
  const created = engine.now();
  return engine.store.addDefinition({ machine, text, role, created, revision: revisionOf(text, role, created) });
}

const tagList = (tags: Readonly<Record<string, string>>): JsonObject[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

function tagsIn(list: unknown): Record<string, string> {
  const tags = Array.isArray(list) ? list.filter(isObject) : [];
  return Object.fromEntries(tags.map(({ key, value }) => [String(key), String(value ?? '')]));
}

const mostTags = 50;

/** @throws StepFunctionsError `TooManyTags` */
function notTooMany(tags: object, arn: string): void {
  if (Object.keys(tags).length <= mostTags) return;
  throw new StepFunctionsError('TooManyTags', `A resource can have at most ${mostTags} tags: '${arn}'`);
}

function summary({ arn, name, type, created }: MachineRecord): JsonObject {
  return { stateMachineArn: arn, name, type, creationDate: seconds(created) };
}

/** Where a machine stands in the list of all: by its creation. */
const placeOf = ({ created, arn }: MachineRecord): string => `${String(created).padStart(16, '0')} ${arn}`;

export function machineOperations(engine: Engine) {
  const { store, options } = engine;

  function create(request: Request): JsonObject {
    const name = String(request.name);
    const role = String(request.roleArn);
    checkName(name);
    checkRoleArn(role);
    refuseVersions(request);
    const configuration = { ...usualConfiguration, ...configurationIn(request) };
    const type = typeOf(request.type);
    const text = checked(engine, String(request.definition), type);
    const arn = `arn:${options.partition}:states:${options.region}:${options.account}:stateMachine:${name}`;
    const known = store.machine(arn);
    if (known !== undefined) {
      // The role and the tags of a request that repeats another are not looked at.
      const same = isDeepStrictEqual(known.configuration, configuration);
      if (same && definitionOf(engine, known.definition).text === text && known.type === type) {
        return { stateMachineArn: arn, creationDate: seconds(known.created) };
      }
      throw new StepFunctionsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
    const tags = tagsIn(request.tags);
    notTooMany(tags, arn);
    const created = engine.now();
    const definition = define(engine, arn, text, role);
    store.putMachine({ arn, name, type, definition, created, updated: created, configuration, tags });
    return { stateMachineArn: arn, creationDate: seconds(created) };
  }

  /** Running executions keep the definition and the role that they began with. */
  function update(request: Request): JsonObject {
    const machine = machineOf(engine, request.stateMachineArn);
    const { definition: given, roleArn } = request;
    if (updatable.every((name) => request[name] === undefined)) {
      throw new StepFunctionsError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    refuseVersions(request);
    const configuration = { ...machine.configuration, ...configurationIn(request) };
    const old = definitionOf(engine, machine.definition);
    const text = given === undefined ? old.text : checked(engine, String(given), typeOf(machine.type));
    const role = roleArn === undefined ? old.role : String(roleArn);
    checkRoleArn(role);
    const updated = engine.now();
    const same = text === old.text && role === old.role;
    const definition = same ? old.id : define(engine, machine.arn, text, role);
    store.putMachine({ ...machine, definition, updated, configuration });
    return { updateDate: seconds(updated), revisionId: definitionOf(engine, definition).revision };
  }

  /** Its running executions end. */
  function remove(request: Request): JsonObject {
    const arn = String(request.stateMachineArn);
    checkArn(arn, 'stateMachine', 'express');
    engine.flush();
    for (const id of store.running(arn)) {
      const execution = engine.load(id);
      if (execution) engine.stop(execution, {});
    }
    store.removeMachine(arn);
    return {};
  }

  function describe(request: Request): JsonObject {
    const { arn, name, type, definition, created, configuration } = machineOf(engine, request.stateMachineArn);
    const { text, role, revision } = definitionOf(engine, definition);
    return {
      stateMachineArn: arn,
      name,
      status: 'ACTIVE',
      ...(request.includedData === 'METADATA_ONLY' ? {} : { definition: text }),
      roleArn: role,
      type,
      creationDate: seconds(created),
      revisionId: revision,
      ...configuration,
    };
  }

  function list(request: Request): JsonObject {
    const { after = '', limit } = pageOf(request);
    const placed = store.machines().map((machine) => ({ machine, place: placeOf(machine) }));
    const rest = placed.filter(({ place }) => place > after).sort((a, b) => (a.place < b.place ? -1 : 1));
    const shown = rest.slice(0, limit);
    return {
      stateMachines: shown.map(({ machine }) => summary(machine)),
      ...nextOf(shown.at(-1)?.place, rest.length > limit),
    };
  }

  function validate(request: Request): JsonObject {
    const { diagnostics, machine } = checkDefinition(String(request.definition), {
      type: typeOf(request.type),
      ...(options.errorNames === undefined ? {} : { errorNames: options.errorNames }),
    });
    const shown = request.severity === 'WARNING' ? diagnostics : diagnostics.filter((d) => d.severity === 'ERROR');
    const most = Number(request.maxResults ?? 0) || 100;
    return {
      result: machine === undefined ? 'FAIL' : 'OK',
      diagnostics: shown.slice(0, most),
      truncated: shown.length > most,
    };
  }

  // ---- tags -----------------------------------------------------------------------------------------------------------

  function tagged(resource: unknown): MachineRecord {
    const arn = String(resource);
    checkArn(arn, 'stateMachine', 'activity');
    const machine = store.machine(arn);
    if (machine === undefined) throw new StepFunctionsError('ResourceNotFound', `Resource not found: '${arn}'`);
    return machine;
  }

  function tag(request: Request): JsonObject {
    const machine = tagged(request.resourceArn);
    const tags = { ...machine.tags, ...tagsIn(request.tags) };
    notTooMany(tags, machine.arn);
    store.putMachine({ ...machine, tags });
    return {};
  }

  function untag(request: Request): JsonObject {
    const machine = tagged(request.resourceArn);
    const gone = Array.isArray(request.tagKeys) ? request.tagKeys.map(String) : [];
    const tags = Object.fromEntries(Object.entries(machine.tags).filter(([key]) => !gone.includes(key)));
    store.putMachine({ ...machine, tags });
    return {};
  }

  return {
    CreateStateMachine: create,
    UpdateStateMachine: update,
    DeleteStateMachine: remove,
    DescribeStateMachine: describe,
    ListStateMachines: list,
    ValidateStateMachineDefinition: validate,
    TagResource: tag,
    UntagResource: untag,
    ListTagsForResource: (request: Request) => ({ tags: tagList(tagged(request.resourceArn).tags) }),
  };
}
