/** Conditions and updates of DynamoDB, as far as the record uses them. */
export interface Expression {
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}
type Item = Readonly<Record<string, unknown>>;

const named = ({ ExpressionAttributeNames: names }: Expression, name: string): string => names?.[name] ?? name;

/** Whether the condition holds on an item; undefined where nothing lies there. */
export function holdsOn(item: Item | undefined, expression: Expression): boolean {
  const tokens = expression.ConditionExpression?.match(/[()]|<=|<|=|[#:]?\w+/g) ?? [];
  let place = 0;
  const is = (word: string) => tokens[place]?.toLowerCase() === word && ++place > 0;
  const value = (token: string): unknown =>
    token.startsWith(':') ? expression.ExpressionAttributeValues?.[token] : item?.[named(expression, token)];
  const either = (): boolean => {
    let holds = both();
    while (is('or')) holds = both() || holds;
    return holds;
  };
  const both = (): boolean => {
    let holds = single();
    while (is('and')) holds = single() && holds;
    return holds;
  };
  const single = (): boolean => {
    if (is('(')) {
      const holds = either();
      if (!is(')')) throw new SyntaxError(`a ")" is missing: ${expression.ConditionExpression}`);
      return holds;
    }
    if (is('attribute_not_exists')) {
      const name = tokens[place + 1] ?? '';
      place += 3;
      return value(name) === undefined;
    }
    const [left = '', operator = '', right = ''] = tokens.slice(place, place + 3);
    place += 3;
    const [a, b] = [value(left), value(right)];
    if (operator === '=') return a === b;
    if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) return false;
    return operator === '<' ? a < (b as typeof a) : a <= (b as typeof a);
  };
  const holds = tokens.length === 0 || either();
  if (place !== tokens.length) throw new SyntaxError(`not understood: ${expression.ConditionExpression}`);
  return holds;
}

/** The item after the update. */
export function written(item: Item | undefined, expression: Expression): Item {
  const [sets = '', removes = ''] = (expression.UpdateExpression ?? '').split(/ remove /i);
  const changed = [...sets.matchAll(/([#\w]+) = (:\w+)/g)].map(([, name = '', value = '']): [string, unknown] => [
    named(expression, name),
    expression.ExpressionAttributeValues?.[value],
  ]);
  const gone = new Set((removes.match(/[#\w]+/g) ?? []).map((name) => named(expression, name)));
  const all = { ...item, ...Object.fromEntries(changed) };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !gone.has(name)));
}
