/** DynamoDB's typed values as plain ones. */
import { type JsonObject, listOf, objectOf } from './json.ts';

function plainOf(typed: unknown): unknown {
  const [[type, value] = ['', undefined]] = Object.entries(objectOf(typed));
  switch (type) {
    case 'N':
      return Number(value);
    case 'NULL':
      return null;
    case 'M':
      return itemOf(objectOf(value));
    case 'L':
      return listOf(value).map(plainOf);
    case 'B':
      return Buffer.from(String(value), 'base64');
    default:
      return value;
  }
}

export const itemOf = (item: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(item).map(([name, typed]) => [name, plainOf(typed)]));
