/**
 * What AWS refuses before an operation begins: first a JSON value of the wrong type (`SerializationException`), then whatever
 * the service model forbids (`ValidationException`). Names, ARNs and JSON texts have exceptions of their own: engine/names.ts.
 */
import { StepFunctionsError } from '../errors.ts';
import { isObject } from '../json.ts';
import { operations, type Shape, type StructureShape } from './model.ts';

export type Request = Readonly<Record<string, unknown>>;

/**
 * The request as the operation may rely on it: only members of the model, each of its type and within its limits; a member
 * that is null is left out.
 * @throws StepFunctionsError `UnknownOperationException`, `SerializationException` or `ValidationException`
 */
export function checkRequest(operation: string, input: unknown): Request {
  const shape = operations.get(operation);
  if (!shape) {
    throw new StepFunctionsError('UnknownOperationException', `${operation} is not an operation of AWSStepFunctions`);
  }
  const request = structureIn(asStructure(input), shape);
  const violations = membersOf(request, shape, '');
  if (violations.length > 0) {
    const errors = violations.length === 1 ? 'error' : 'errors';
    throw new StepFunctionsError(
      'ValidationException',
      `${violations.length} validation ${errors} detected: ${violations.join('; ')}`,
    );
  }
  return request;
}

// ---- types ------------------------------------------------------------------------------------------------------------

const serialization = (message: string) => new StepFunctionsError('SerializationException', message);

/** @throws StepFunctionsError `SerializationException` where the value is no JSON object */
export function asStructure(value: unknown): Request {
  if (Array.isArray(value)) throw serialization('Start of list found where not expected');
  // AWS sends no message for a bare null or scalar.
  if (!isObject(value)) throw serialization('The request is not a JSON object');
  return value;
}

function structureIn(value: Request, shape: StructureShape): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  // In the order of the text, as a parser that reads once: the first wrong value is the one that is named.
  for (const [name, member] of Object.entries(value)) {
    const of = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (of && member !== null) known[name] = valueIn(member, of);
  }
  return known;
}

/** The value as its shape has it; a null stays one. @throws StepFunctionsError `SerializationException` */
function valueIn(value: unknown, shape: Shape): unknown {
  if (value === null) return null;
  if (shape.type === 'List') {
    if (isObject(value)) throw serialization('Start of structure or map found where not expected.');
    if (!Array.isArray(value)) throw serialization('Expected list or null');
    return value.map((item) => valueIn(item, shape.member));
  }
  if (Array.isArray(value)) throw serialization('Start of list found where not expected');
  if (shape.type === 'Structure') {
    if (!isObject(value)) throw serialization('Expected null');
    return structureIn(value, shape);
  }
  if (isObject(value)) throw serialization('Start of structure or map found where not expected.');
  if (shape.type === 'String' && typeof value === 'string') return value;
  if (shape.type === 'Boolean' && typeof value === 'boolean') return value;
  if (shape.type === 'Float' && typeof value === 'number') return value;
  if ((shape.type === 'Integer' || shape.type === 'Long') && typeof value === 'number') return Math.trunc(value);
  const token = typeof value === 'boolean' ? `${value}`.toUpperCase() : (typeof value).toUpperCase();
  const article = shape.type === 'Integer' ? 'an' : 'a';
  throw serialization(`${token}_VALUE can not be converted to ${article} ${shape.type}`);
}

// ---- constraints ------------------------------------------------------------------------------------------------------

interface Constraint {
  readonly met: boolean;
  readonly text: string;
}

/** What the shape asks of a value that is there. */
function constraintsOf(value: unknown, shape: Shape): Constraint[] {
  if (shape.type === 'Boolean' || shape.type === 'Structure') return [];
  const { min, max } = shape;
  const [size, what] = typeof value === 'number' ? [value, 'value'] : [lengthOf(value), 'length'];
  const found: Constraint[] = [];
  if (max !== undefined) {
    found.push({ met: size <= max, text: `Member must have ${what} less than or equal to ${max}` });
  }
  if (min !== undefined) {
    found.push({ met: size >= min, text: `Member must have ${what} greater than or equal to ${min}` });
  }
  if (shape.type !== 'String' || typeof value !== 'string') return found;
  const { maxBytes, pattern, values } = shape;
  if (maxBytes !== undefined) {
    const text = `Member must have size less than or equal to ${maxBytes} bytes in UTF-8 encoding`;
    found.push({ met: Buffer.byteLength(value) <= maxBytes, text });
  }
  if (pattern) {
    const text = `Member must satisfy regular expression pattern: ${pattern.text}`;
    found.push({ met: pattern.test.test(value), text });
  }
  if (values) {
    found.push({
      met: values.includes(value),
      text: `Member must satisfy enum value set: [${values.join(', ')}]`,
    });
  }
  return found;
}

const lengthOf = (value: unknown): number => (typeof value === 'string' || Array.isArray(value) ? value.length : 0);

const listed = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(listed).join(', ')}]` : isObject(value) ? JSON.stringify(value) : String(value);

function violation(value: unknown, shape: Shape, path: string, text: string): string {
  const secret = shape.type === 'String' && shape.sensitive;
  const shown = secret ? '' : value === null || value === undefined ? ' null' : ` '${listed(value)}'`;
  return `Value${shown} at '${path}' failed to satisfy constraint: ${text}`;
}

function membersOf(value: Request, shape: StructureShape, path: string): string[] {
  return Object.entries(shape.members).flatMap(([name, member]) => {
    const of = value[name];
    if (of === undefined && !member.required) return [];
    return violationsOf(of, member, `${path}${name}`);
  });
}

function violationsOf(value: unknown, shape: Shape, path: string): string[] {
  if (value === undefined || value === null) return [violation(value, shape, path, 'Member must not be null')];
  const own = constraintsOf(value, shape)
    .filter(({ met }) => !met)
    .map(({ text }) => violation(value, shape, path, text));
  if (shape.type === 'Structure' && isObject(value)) return membersOf(value, shape, `${path}.`);
  if (shape.type !== 'List' || !Array.isArray(value)) return own;
  const { member } = shape;
  if (member.type === 'Structure' || member.type === 'List') {
    return [...own, ...value.flatMap((item, i) => violationsOf(item, member, `${path}.${i + 1}.member`))];
  }
  // Of scalars the whole list is shown, with everything that is asked of each of them.
  if (value.every((item) => item !== null && constraintsOf(item, member).every(({ met }) => met))) return own;
  const asked = [...constraintsOf('', member).map(({ text }) => text), 'Member must not be null'];
  return [...own, violation(value, shape, path, `Member must satisfy constraint: [${asked.join(', ')}]`)];
}
