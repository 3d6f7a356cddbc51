/** The items of a city's table, read and never written: from a data folder, running or not, or from a deployed city. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type City, parseCity } from '../shared/config/city.ts';
import { type Item, itemsOf } from '../shared/record/items.ts';
import { openList } from '../shared/record/table.ts';
import { dataFolderOf, fromCaller, house } from './replay/house.ts';
import { BadOptions, defaultCity, type Given, text } from './replay/options.ts';

export interface Reading {
  /** The city's time, epoch ms. */
  readonly now: number;
  /** Name of the stack, hejie-<city>. */
  readonly stack: string;
  partition(pk: string): Promise<Item[]>;
  close(): void;
}

/** Where a command reads: from a data folder, or from the table of a deployed city. */
export type Source = { readonly city: string } & ({ readonly folder: string } | { readonly table: string });

export const sourceOptions = {
  data: { type: 'string' },
  aws: { type: 'boolean' },
  table: { type: 'string' },
  city: { type: 'string' },
} as const;

/** @throws BadOptions where the table of a deployed city is not named */
export function sourceIn(values: Given['values'], usage: string): Source {
  const city = text(values.city) ?? defaultCity;
  const [data, table] = [text(values.data), text(values.table)];
  if (values.aws !== true) {
    if (table !== undefined) throw new BadOptions(`--table goes with --aws. Usage: ${usage}`);
    return { city, folder: data === undefined ? dataFolderOf(city) : fromCaller(data) };
  }
  if (table === undefined || data !== undefined) {
    throw new BadOptions(`--aws needs --table (output TableName of the stack) and no --data. Usage: ${usage}`);
  }
  return { city, table };
}

/** The city file of the checkout. @throws BadOptions */
export function cityOf(stack: string): City {
  const file = join(house, 'infra', 'cities', `${stack.replace(/^hejie-/, '')}.json`);
  try {
    return parseCity(JSON.parse(readFileSync(file, 'utf8')), file);
  } catch (error) {
    throw new BadOptions(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A value as DynamoDB writes it down. */
function plain(value: unknown): unknown {
  const [[type, content] = []] = Object.entries(typeof value === 'object' && value !== null ? value : {});
  switch (type) {
    case 'M':
      return plainItem(content);
    case 'L':
      return Array.isArray(content) ? content.map(plain) : [];
    case 'N':
      return Number(content);
    case 'NULL':
      return null;
    default:
      return content;
  }
}

const plainItem = (item: unknown): Item =>
  Object.fromEntries(
    Object.entries(typeof item === 'object' && item !== null ? item : {}).map(([name, value]) => [name, plain(value)]),
  );

interface Folder extends Pick<Reading, 'now' | 'stack' | 'close'> {
  /** Items of the city's table as DynamoDB writes them down, in the order of their keys, which begin with this. */
  items(beginning: string): Record<string, AttributeValue>[];
}

/** @throws BadOptions where the folder holds no city */
export function openFolder(folder: string): Folder {
  const file = join(folder, 'cloud.sqlite');
  const stackFile = join(folder, 'stack');
  if (!existsSync(file) || !existsSync(stackFile)) {
    throw new BadOptions(
      `数据目录 ${folder} 中没有城市 the folder ${folder} holds no city: npm start makes one, or name another with --data.`,
    );
  }
  const stack = readFileSync(stackFile, 'utf8').trim();
  const db = new DatabaseSync(file, { readOnly: true });
  const fact = (name: string): number | undefined => {
    const value = db.prepare('select value from facts where name = ?').get(name)?.value;
    return value === undefined ? undefined : Number(value);
  };
  const ahead = fact('ahead');
  const within = db.prepare('select item from items where tbl = ? and key >= ? and key < ? order by key');
  return {
    now: ahead === undefined ? (fact('now') ?? Date.now()) : Date.now() + ahead,
    stack,
    items: (beginning) =>
      within.all(`${stack}-Table`, beginning, `${beginning}\u{ffff}`).map(({ item }) => JSON.parse(String(item))),
    close: () => db.close(),
  };
}

/** @throws BadOptions where the folder holds no city */
export function readFolder(folder: string): Reading {
  const { now, stack, items, close } = openFolder(folder);
  const partition = async (pk: string) => items(`[{"S":${JSON.stringify(pk)}},`).map(plainItem);
  return { now, stack, partition, close };
}

/** With the account, region and rights of whoever calls. */
export function readDeployed(table: string, stack: string): Reading {
  const list = openList(table, new DynamoDBClient({}));
  return { now: Date.now(), stack, partition: (pk) => itemsOf(list, pk), close: () => undefined };
}
