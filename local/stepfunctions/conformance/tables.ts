/** DynamoDB as far as scenarios go: single items by key. */
import { isDeepStrictEqual } from 'node:util';
import { ServiceError } from './service-error.ts';
import { isObject, type JsonObject } from './values.ts';

const matches = (item: JsonObject, key: JsonObject): boolean =>
  Object.entries(key).every(([name, value]) => isDeepStrictEqual(item[name], value));

function validate(input: JsonObject, fields: readonly string[]): void {
  const faults = fields
    .filter((field) => input[field] === undefined || input[field] === null)
    .map((field) => `Value null at '${field[0]?.toLowerCase()}${field.slice(1)}' failed to satisfy constraint`);
  if (faults.length === 0) return;
  const title = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`;
  const told = faults.map((fault) => `${fault}: Member must not be null`).join('; ');
  throw new ServiceError('ValidationException', `${title}: ${told}`);
}

/** `SET a = :v, #b = :w REMOVE c`. */
function updated(item: JsonObject, input: JsonObject): JsonObject {
  const names = isObject(input.ExpressionAttributeNames) ? input.ExpressionAttributeNames : {};
  const values = isObject(input.ExpressionAttributeValues) ? input.ExpressionAttributeValues : {};
  const result = { ...item };
  const clauses = String(input.UpdateExpression ?? '').matchAll(/\b(set|remove)\s+(.*?)(?=\s+(?:set|remove)\s|$)/gis);
  for (const [, verb = '', list = ''] of clauses) {
    for (const part of list.split(',')) {
      const [path = '', value = ''] = part.split('=').map((side) => side.trim());
      const attribute = String(names[path] ?? path);
      if (verb.toLowerCase() === 'remove') delete result[attribute];
      else if (Object.hasOwn(values, value)) result[attribute] = values[value];
      else throw new ServiceError('ValidationException', `This table cannot do the update ${part.trim()}`);
    }
  }
  return result;
}

/** The key of every table is `id`, unless a request names another. */
export class Tables {
  readonly #tables = new Map<string, JsonObject[]>();
  readonly #exist: boolean;

  constructor(exist: boolean) {
    this.#exist = exist;
  }

  /** @throws ServiceError as DynamoDB's */
  call(action: string, input: JsonObject): JsonObject {
    const field = action === 'putItem' ? 'Item' : 'Key';
    validate(input, ['TableName', field]);
    if (!this.#exist) throw new ServiceError('ResourceNotFoundException', 'Requested resource not found');
    const name = String(input.TableName);
    const given = isObject(input[field]) ? input[field] : {};
    const key = action === 'putItem' ? { id: given.id } : given;
    const items = this.#tables.get(name) ?? [];
    const old = items.find((item) => matches(item, key));
    if (action === 'getItem') return old === undefined ? {} : { Item: old };
    const changed = action === 'putItem' ? given : action === 'updateItem' ? updated(old ?? key, input) : undefined;
    if (changed === undefined && action !== 'deleteItem') {
      throw new ServiceError('UnknownOperationException', `No ${action} in this world`);
    }
    const others = items.filter((item) => item !== old);
    this.#tables.set(name, changed === undefined ? others : [...others, changed]);
    const asked = input.ReturnValues === 'ALL_OLD' ? old : input.ReturnValues === 'ALL_NEW' ? changed : undefined;
    return asked === undefined ? {} : { Attributes: asked };
  }
}
