import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../../local/stepfunctions/json.ts';
import { checkDefinition, invalidDefinitionMessage, unsupported } from '../../../local/stepfunctions/language/check.ts';
import { scanJson } from '../../../local/stepfunctions/language/check-json.ts';
import { flow, type Json, pass, task } from './checking.ts';

const codes = /^[A-Z]+(_[A-Z]+)*$/;

/** Checks a text and that what comes out has its form; @returns whether the text was taken */
function wellFormed(text: string, type?: 'STANDARD' | 'EXPRESS'): boolean {
  const { diagnostics, machine } = checkDefinition(text, { errorNames: [], ...(type === undefined ? {} : { type }) });
  for (const { severity, code, message, location = '/' } of diagnostics) {
    expect(severity === 'ERROR' || severity === 'WARNING').toBe(true);
    expect(code).toMatch(codes);
    expect(message).not.toBe('');
    expect(location).toMatch(/^[/[]/);
  }
  const refused = diagnostics.some(({ severity }) => severity === 'ERROR');
  expect(machine === undefined).toBe(refused);
  expect(invalidDefinitionMessage(diagnostics).endsWith(": ''")).toBe(!refused);
  if (machine !== undefined) expect(Array.isArray(unsupported(machine))).toBe(true);
  return !refused;
}

const inside = (name: string) => flow({ [name]: pass });

/** Definitions with every type of state, in both query languages. */
const whole = [
  {
    QueryLanguage: 'JSONata',
    StartAt: 'Task',
    TimeoutSeconds: 60,
    States: {
      Task: {
        ...task,
        TimeoutSeconds: '{% $states.input.seconds %}',
        Assign: { v: '{% $states.result %}' },
        Retry: [{ ErrorEquals: ['A', 'B'], BackoffRate: 1.5, JitterStrategy: 'FULL' }, { ErrorEquals: ['States.ALL'] }],
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Fail' }],
        Next: 'Choice',
      },
      Choice: { Type: 'Choice', Choices: [{ Condition: '{% $v > 1 %}', Next: 'Map' }], Default: 'Wait' },
      Map: { Type: 'Map', Items: '{% [1..3] %}', ItemProcessor: inside('I'), MaxConcurrency: 2, Next: 'Parallel' },
      Parallel: { Type: 'Parallel', Branches: [inside('B1'), inside('B2')], Arguments: { a: [1] }, Next: 'Wait' },
      Wait: { Type: 'Wait', Timestamp: '2030-01-01T00:00:00Z', Next: 'Done' },
      Fail: { Type: 'Fail', Error: 'A', Cause: "{% 'because ' & $v %}" },
      Done: { Type: 'Succeed' },
    },
  },
  {
    StartAt: 'Pass',
    States: {
      Pass: { Type: 'Pass', Parameters: { 'a.$': '$.a', b: 1 }, ResultPath: '$.r', Next: 'Choice' },
      Choice: {
        Type: 'Choice',
        Choices: [
          { Or: [{ Variable: '$.x', IsNull: true }, { Not: { Variable: '$.y', StringEquals: 'z' } }], Next: 'Map' },
        ],
        Default: 'Wait',
      },
      Map: { Type: 'Map', ItemsPath: '$.items', Iterator: inside('I'), End: true },
      Wait: { Type: 'Wait', SecondsPath: '$.s', End: true },
    },
  },
];

const fields = [
  ...['Type', 'Next', 'End', 'Output', 'Assign', 'Choices', 'Catch', 'Retry', 'States', 'StartAt', 'Branches'],
  ...[
    'ItemProcessor',
    'Iterator',
    'ProcessorConfig',
    'QueryLanguage',
    'Resource',
    'Arguments',
    '__proto__',
    'toString',
  ],
];
const pieces: readonly unknown[] = [
  ...[
    'Map',
    'Parallel',
    'Choice',
    'JSONPath',
    'JSONata',
    'DISTRIBUTED',
    '{% ( %}',
    '{% $a.b[$$] %}',
    '',
    'constructor',
  ],
  ...[null, true, -1, 1e300, [], {}, [[]], [{}], { States: {} }, { StartAt: 'a', States: { a: { Type: 'Pass' } } }],
];
const value = fc.oneof(fc.constantFrom(...pieces), fc.jsonValue({ maxDepth: 3 }));
const change = fc.record({
  at: fc.nat(200),
  how: fc.constantFrom('set', 'remove', 'add'),
  field: fc.constantFrom(...fields),
  value,
});

/** Every object and list of some JSON. */
function parts(json: unknown): object[] {
  if (typeof json !== 'object' || json === null) return [];
  return [json, ...Object.values(json).flatMap(parts)];
}

function apply(
  json: unknown,
  { at, how, field, value }: { at: number; how: string; field: string; value: unknown },
): void {
  const all = parts(json);
  const part = all[at % all.length];
  const keys = Object.keys(part ?? {});
  const key = how === 'add' ? field : keys[at % keys.length];
  if (part === undefined || key === undefined) return;
  if (how === 'remove') Reflect.deleteProperty(part, key);
  else
    Object.defineProperty(part, key, {
      value: structuredClone(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

describe('whatever is given as a definition', () => {
  it('is taken or refused, and nothing breaks', () => {
    for (const definition of whole) expect(wellFormed(JSON.stringify(definition))).toBe(true);
    fc.assert(fc.property(fc.json(), (text) => void wellFormed(text)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void wellFormed(text)));
  });

  it('that once was a good one, too', () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...whole), changes, fc.constantFrom('STANDARD', 'EXPRESS'), (good, list, type) => {
        const changed: unknown = structuredClone(good);
        for (const one of list) apply(changed, one);
        wellFormed(JSON.stringify(changed), type);
      }),
      { numRuns: 1500 },
    );
  });

  it('may be as deep and as long as it likes', () => {
    const nested = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
    for (const text of [nested('[', ']'), nested('{"a":', '}'), '['.repeat(500_000), '"'.repeat(500_000)]) {
      expect(wellFormed(text)).toBe(false);
    }
    const rules = (levels: number) =>
      `${'{"Not":'.repeat(levels)}{"Variable":"$.x","IsNull":true}${'}'.repeat(levels)}`;
    const choice = (levels: number) =>
      `{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[${rules(levels).replace('{', '{"Next":"D",')}]},"D":{"Type":"Succeed"}}}`;
    expect(wellFormed(choice(240))).toBe(true);
    expect(wellFormed(choice(1_000))).toBe(false);
  });

  it('is checked within a second or two when it is as large as AWS allows', () => {
    const states: Record<string, unknown> = {};
    for (let i = 0; i < 4_000; i += 1) {
      states[`S${i}`] = { ...task, Output: `{% $states.input.items[price > ${i}] %}`, Next: `S${i + 1}` };
    }
    states.S4000 = { Type: 'Pass', Output: 'x'.repeat(200_000), End: true };
    const text = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'S0', States: states });
    expect(text.length).toBeGreaterThan(700_000);
    const start = performance.now();
    expect(wellFormed(text)).toBe(true);
    // Far above what it takes, for machines that are busy.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('reading JSON', () => {
  const parses = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  };

  it('finds a fault exactly where there is one', () => {
    const bits = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'u00e9',
      '1',
      '0',
      '-',
      '.',
      'e',
      '+',
      ' ',
      '\n',
      'true',
      '"a"',
      'null',
      'x',
    ];
    const soup = fc.array(fc.constantFrom(...bits), { maxLength: 12 }).map((list) => list.join(''));
    const almost = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom(...bits, ''))
      .map(([text, at, bit]) => text.slice(0, at % (text.length + 1)) + bit + text.slice((at % (text.length + 1)) + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json(), almost, soup), (text) => {
        expect(scanJson(text).json).toBe(parses(text));
      }),
      { numRuns: 5000 },
    );
  });
});

/** What AWS said of definitions. */
const folder = fileURLToPath(new URL('../../asl-conformance', import.meta.url));

function recorded(pattern: string): Json[] {
  const files = globSync(pattern, { cwd: folder }).map((file): unknown =>
    JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')),
  );
  return files.filter(isObject);
}

const typeOf = ({ workflowType }: Json) => (workflowType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD');

describe('what AWS was asked', () => {
  it.each(recorded('scenarios/*.json'))('is taken here if it ran: $id', (scenario) => {
    expect(wellFormed(JSON.stringify(scenario.definition), typeOf(scenario))).toBe(true);
  });

  it.each(recorded('definitions/*.json'))('is refused here in the same words: $id', (asked) => {
    const { definition, definitionText, expected, kind } = asked;
    // The record has a placeholder where an ARN was.
    const activity = 'arn:aws:states:us-east-1:111111111111:activity:work';
    const text = String(definitionText ?? JSON.stringify(definition)).replace('activity_arn', activity);
    const { diagnostics } = checkDefinition(text, { type: typeOf(asked) });
    if (kind === 'validateDefinition') expect(expected).toMatchObject({ diagnostics });
    else expect(expected).toMatchObject({ message: invalidDefinitionMessage(diagnostics) });
  });

  it('is taken here: a definition that sets and reads variables on either side of a Parallel', () => {
    const lambda = { ...task, Assign: { seen: '{% $states.input %}' }, End: true };
    const caught = { ErrorEquals: ['States.ALL'], Assign: { seen: '{% $states.input %}' }, Next: 'Fallback' };
    const states = {
      P: { Type: 'Parallel', Branches: [{ StartAt: 'L', States: { L: lambda } }], Catch: [caught], Next: 'Finish' },
      Fallback: { Type: 'Pass', Output: '{% $seen %}', End: true },
      Finish: { Type: 'Succeed' },
    };
    expect(wellFormed(JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'P', States: states }))).toBe(true);
  });
});
