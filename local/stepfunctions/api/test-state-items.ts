import { StateFailure } from '../engine/failure.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';

/** What a Map's ItemReader says of its data, its expressions evaluated. */
export interface Reader {
  readonly InputType?: unknown;
  readonly MaxItems?: unknown;
  /** A JSON pointer to the items in a JSON document. */
  readonly ItemsPointer?: unknown;
  readonly CSVHeaderLocation?: unknown;
  readonly CSVHeaders?: unknown;
  readonly CSVDelimiter?: unknown;
}

const unreadable = (cause: string): StateFailure => new StateFailure('States.ItemReaderFailed', cause);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(
      `The data of the ItemReader is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const delimiters: Readonly<Record<string, string>> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };

/** Rows of CSV: a field in quotes may hold delimiters, line ends and doubled quotes. */
export function csvRows(text: string, delimiter = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endField = () => {
    row.push(field);
    field = '';
  };
  const endRow = () => {
    endField();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[i + 1] === '"') {
        field += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === delimiter) endField();
    else if (char === '\n') endRow();
    else if (char !== '\r') field += char;
  }
  endRow();
  return rows;
}

function csvItems(text: string, { CSVHeaderLocation, CSVHeaders, CSVDelimiter }: Reader): JsonObject[] {
  const rows = csvRows(text, delimiters[String(CSVDelimiter ?? 'COMMA')]);
  const first = CSVHeaderLocation === 'GIVEN' && Array.isArray(CSVHeaders) ? undefined : rows.shift();
  const headers = first ?? (Array.isArray(CSVHeaders) ? CSVHeaders.map(String) : []);
  return rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? ''])));
}

/** What a JSON pointer leads to; undefined where it leads nowhere. */
function pointed(document: unknown, pointer: string): unknown {
  let at = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) at = at[Number(key)];
    else at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function allItems(text: string, reader: Reader): unknown {
  switch (reader.InputType) {
    case 'CSV':
      return csvItems(text, reader);
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parsed);
    default: {
      const document = parsed(text);
      if (typeof reader.ItemsPointer === 'string') return pointed(document, reader.ItemsPointer);
      // Without an InputType: what S3's ListObjectsV2 answers.
      return isObject(document) && Array.isArray(document.Contents) ? document.Contents : document;
    }
  }
}

/** The items that an ItemReader would make of the data. @throws StateFailure `States.ItemReaderFailed` */
export function itemsIn(text: string, reader: Reader): readonly unknown[] {
  const items = allItems(text, reader);
  if (!Array.isArray(items)) throw unreadable('Attempting to map over non-iterable node.');
  const { MaxItems: most } = reader;
  return typeof most === 'number' && most > 0 ? items.slice(0, most) : items;
}

/** A Map's ItemBatcher, its expressions evaluated. */
export interface Batcher {
  readonly MaxItemsPerBatch?: unknown;
  readonly MaxInputBytesPerBatch?: unknown;
  readonly BatchInput?: unknown;
}

/** The inputs of the iterations, each with a batch of the items. */
export function batchesOf(items: readonly unknown[], batcher: Batcher): JsonObject[] {
  const { MaxItemsPerBatch, MaxInputBytesPerBatch, BatchInput } = batcher;
  const most = typeof MaxItemsPerBatch === 'number' && MaxItemsPerBatch > 0 ? MaxItemsPerBatch : items.length;
  const bytes =
    typeof MaxInputBytesPerBatch === 'number' && MaxInputBytesPerBatch > 0
      ? MaxInputBytesPerBatch
      : Number.POSITIVE_INFINITY;
  const input = (batch: readonly unknown[]): JsonObject => ({
    ...(BatchInput === undefined ? {} : { BatchInput }),
    Items: batch,
  });
  const empty = Buffer.byteLength(textOf(input([])));
  const batches: unknown[][] = [];
  let room = 0;
  for (const item of items) {
    const size = Buffer.byteLength(textOf(item)) + 1;
    let last = batches.at(-1);
    if (last === undefined || last.length >= most || size > room) {
      last = [];
      batches.push(last);
      room = bytes - empty;
    }
    last.push(item);
    room -= size;
  }
  return batches.map(input);
}
