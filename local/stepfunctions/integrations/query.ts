/** AWS's query protocol, which SNS speaks: a form goes out, XML comes back. */
import { isObject } from '../json.ts';

/** As a state writes the names of members and of operations. */
export const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** The maps of SNS's model, with what their keys and values are called in the form. Every other object is a structure. */
const maps: Readonly<Record<string, readonly [key: string, value: string]>> = {
  MessageAttributes: ['Name', 'Value'],
  Attributes: ['key', 'value'],
  attributes: ['key', 'value'],
};

function* flattened(path: string, name: string, value: unknown): Generator<[string, string]> {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* flattened(`${path}.member.${i + 1}`, '', item);
  } else if (isObject(value)) {
    const map = Object.hasOwn(maps, name) ? maps[name] : undefined;
    for (const [i, [key, member]] of Object.entries(value).entries()) {
      if (map) {
        yield [`${path}.entry.${i + 1}.${map[0]}`, key];
        yield* flattened(`${path}.entry.${i + 1}.${map[1]}`, '', member);
      } else yield* flattened(path === '' ? key : `${path}.${key}`, key, member);
    }
  } else yield [path, String(value)];
}

/** The form of a call: `Action=Publish&Version=2010-03-31&TopicArn=…`. */
export const queryBodyOf = (action: string, version: string, input: unknown): string =>
  new URLSearchParams([['Action', action], ['Version', version], ...flattened('', '', input)]).toString();

// ---- XML ----------------------------------------------------------------------------------------------------------------

interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });

/** The elements of a document under one root without a name. Attributes and namespaces say nothing in these answers. */
function elementsIn(xml: string): Element {
  const root: Element = { name: '', children: [], text: '' };
  const open = [root];
  for (const [, closing, name, single, text] of xml.matchAll(/<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g)) {
    const current = open.at(-1) ?? root;
    if (text !== undefined) current.text += text;
    else if (closing === '/') open.pop();
    else if (name !== undefined) {
      const element: Element = { name, children: [], text: '' };
      current.children.push(element);
      if (single !== '/') open.push(element);
    }
  }
  return root;
}

const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((one) => one.name === name);

function valueIn({ children, text }: Element): unknown {
  const [first] = children;
  if (!first) return unescaped(text);
  if (first.name === 'member') return children.map(valueIn);
  if (first.name === 'entry') {
    return Object.fromEntries(
      children.map(({ children: [key, value] }) => [unescaped(key?.text ?? ''), value ? valueIn(value) : '']),
    );
  }
  return Object.fromEntries(children.map((one) => [capital(one.name), valueIn(one)]));
}

/** The members of a result, with capital letters as a state sees them; every value is a text. */
export function queryResultIn(xml: string, action: string): unknown {
  const result = child(child(elementsIn(xml), `${action}Response`), `${action}Result`);
  return result && result.children.length > 0 ? valueIn(result) : {};
}

export function queryErrorIn(xml: string): { readonly code?: string; readonly message?: string } {
  const error = child(child(elementsIn(xml), 'ErrorResponse'), 'Error');
  const code = child(error, 'Code')?.text;
  const message = child(error, 'Message')?.text;
  return {
    ...(code === undefined ? {} : { code: unescaped(code) }),
    ...(message === undefined ? {} : { message: unescaped(message) }),
  };
}
