/** Prints the types of a client from an OpenAPI document, in the shape that openapi-fetch asks for (docs/decisions/0012). */

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: boolean | Schema;
  readonly prefixItems?: readonly Schema[];
  readonly description?: string;
}

interface Parameter {
  readonly $ref?: string;
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly description?: string;
}

interface Content {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** As much of a document as is printed. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
    readonly responses?: Readonly<Record<string, Content>>;
  };
}

/** Keywords that are printed, and those that a type of TypeScript cannot say. Any other stops the printing. */
const printed =
  '$ref type const enum anyOf oneOf allOf not properties required additionalProperties propertyNames items prefixItems';
const unsaid =
  'description title default example examples format pattern deprecated discriminator readOnly writeOnly uniqueItems ' +
  'minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems minProperties ' +
  'maxProperties contentEncoding contentMediaType';
const keywords = new Set(`${printed} ${unsaid}`.split(' '));

const quoted = (text: string): string => JSON.stringify(text);
const comment = (text: string | undefined): string =>
  text ? `/** ${text.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n` : '';
const union = (types: readonly string[]): string => [...new Set(types)].join(' | ') || 'never';
const field = (name: string, type: string, required: boolean, about?: string): string =>
  `${comment(about)}${quoted(name)}${required ? '' : '?'}: ${type};\n`;

function typeOf(schema: Schema): string {
  const strange = Object.keys(schema).find((keyword) => !keywords.has(keyword));
  if (strange !== undefined) throw new RangeError(`the printer of types does not know ${strange}`);
  const { $ref, enum: values, anyOf, oneOf, allOf, not, type } = schema;
  if ($ref) return `components["schemas"][${quoted($ref.split('/').at(-1) ?? '')}]`;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (values) return union(values.map((value) => JSON.stringify(value)));
  const some = anyOf ?? oneOf;
  if (some) return `(${union(some.map(typeOf))})`;
  if (allOf) return allOf.map(typeOf).join(' & ');
  if (not) return 'never';
  if (type === undefined) return 'unknown';
  return union([type].flat().map((one) => single(one, schema)));
}

function single(type: string, schema: Schema): string {
  switch (type) {
    case 'integer':
      return 'number';
    case 'array':
      return arrayOf(schema);
    case 'object':
      return objectOf(schema);
    default:
      return type;
  }
}

function arrayOf({ items, prefixItems }: Schema): string {
  const rest = typeof items === 'object' ? typeOf(items) : 'unknown';
  if (!prefixItems) return `(${rest})[]`;
  return `[${[...prefixItems.map(typeOf), ...(items === false ? [] : [`...(${rest})[]`])].join(', ')}]`;
}

function objectOf({
  properties = {},
  required = [],
  additionalProperties: more = true,
  propertyNames,
}: Schema): string {
  const fields = Object.entries(properties).map(([name, one]) =>
    field(name, typeOf(one), required.includes(name), one.description),
  );
  const rest = typeof more === 'object' ? typeOf(more) : 'unknown';
  const names = propertyNames ? typeOf(propertyNames) : 'string';
  if (names !== 'string') {
    const record = `Record<${names}, ${rest}>`;
    return required.length > 0 ? record : `Partial<${record}>`;
  }
  if (fields.length === 0) return `Record<string, ${more === false ? 'never' : rest}>`;
  const named = `{\n${fields.join('')}}`;
  return more === false ? named : `${named} & Record<string, ${rest}>`;
}

export function printTypes({ paths, components }: Contract): string {
  const found = <T extends { readonly $ref?: string }>(one: T, among: Readonly<Record<string, T>> = {}): T =>
    (one.$ref === undefined ? one : among[one.$ref.split('/').at(-1) ?? '']) ?? one;

  const parametersOf = (all: readonly Parameter[]): string =>
    ['path', 'query', 'header']
      .map((place) => {
        const here = all.filter((one) => one.in === place);
        const fields = here.map((one) => field(one.name, typeOf(one.schema), one.required === true, one.description));
        const needed = here.some(({ required }) => required);
        return fields.length > 0 ? `${place}${needed ? '' : '?'}: {\n${fields.join('')}};\n` : '';
      })
      .join('');

  const contentOf = ({ content = {} }: Content): string =>
    `{ content: { ${Object.entries(content).map(([media, { schema }]) => `${quoted(media)}: ${typeOf(schema)}`)} } }`;

  const operationOf = ({ operationId, summary, parameters = [], requestBody, responses }: Operation): string => {
    const given = parametersOf(parameters.map((one) => found(one, components.parameters)));
    const body = requestBody ? `requestBody: ${contentOf(requestBody)};\n` : '';
    const replies = Object.entries(responses).map(
      ([status, one]) => `${status}: ${contentOf(found(one, components.responses))};\n`,
    );
    const type = `{\nparameters: {\n${given}};\n${body}responses: {\n${replies.join('')}};\n}`;
    return field(operationId, type, true, summary);
  };

  const items = Object.entries(paths);
  const routes = items.map(([path, item]) => {
    const methods = Object.entries(item).map(([method, one]) => `${method}: operations[${quoted(one.operationId)}];\n`);
    return `${quoted(path)}: {\n${methods.join('')}};\n`;
  });
  const all = items.flatMap(([, item]) => Object.values(item).map(operationOf));
  const schemas = Object.entries(components.schemas ?? {}).map(([name, one]) =>
    field(name, typeOf(one), true, one.description),
  );
  return [
    '/** Written by `npm run contract` from docs/openapi.json; whoever edits it edits in vain. */',
    `export interface paths {\n${routes.join('')}}`,
    `export interface operations {\n${all.join('')}}`,
    `export interface components {\nschemas: {\n${schemas.join('')}};\n}`,
  ].join('\n\n');
}
