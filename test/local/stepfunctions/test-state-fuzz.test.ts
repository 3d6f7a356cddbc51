import fc, { type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { checkRequest } from '../../../local/stepfunctions/api/requests.ts';
import { testState } from '../../../local/stepfunctions/api/test-state.ts';
import { csvRows } from '../../../local/stepfunctions/api/test-state-items.ts';
import { StepFunctionsError } from '../../../local/stepfunctions/errors.ts';
import type { JsonObject } from '../../../local/stepfunctions/json.ts';
import { distributed, inner, nobody, QueryLanguage, start } from './test-state-ask.ts';

const rarely = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const mostly = <T, U>(usual: T, arbitrary: Arbitrary<U>): Arbitrary<T | U> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary });

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('{% $states %}', '{% $x := 1 %}', '{% $nobody %}', '{% ( %}', '{% $states.context.Map %}'),
);
const way = fc.constantFrom('N', 'StateName', '');
const leaving = { Output: rarely(odd), Assign: rarely(fc.dictionary(fc.constantFrom('a', 'b'), odd)) };
const leading = { ...leaving, End: mostly(true, fc.constant(undefined)), Next: rarely(way) };
const recovering = {
  Retry: fc.constantFrom(undefined, [{ ErrorEquals: ['States.ALL'] }]),
  Catch: fc.option(
    way.map((Next) => [{ ErrorEquals: ['States.ALL'], Next, Output: '{% $states %}' }]),
    { nil: undefined },
  ),
};

/** States, most of which AWS would take. */
const states: Readonly<Record<string, Record<string, Arbitrary<unknown>>>> = {
  Pass: leading,
  Succeed: { Output: rarely(odd) },
  Fail: { Error: rarely(odd), Cause: rarely(odd) },
  Wait: { ...leading, Seconds: mostly(600, odd) },
  Choice: {
    ...leaving,
    Choices: way.map((Next) => [{ Condition: '{% $states.input = 1 %}', Next }]),
    Default: rarely(way),
  },
  Task: {
    ...leading,
    ...recovering,
    Resource: mostly('arn:aws:states:::lambda:invoke', fc.constantFrom('arn:aws:states:::sqs:sendMessage', 'x')),
    Arguments: mostly({ FunctionName: 'f' }, odd),
    TimeoutSeconds: rarely(odd),
  },
  Map: {
    ...leading,
    ...recovering,
    Items: mostly([1, 2], odd),
    ItemSelector: rarely(odd),
    ItemBatcher: rarely(fc.oneof(fc.constant({ MaxItemsPerBatch: 1 }), odd)),
    ItemProcessor: fc.constant(distributed),
    ToleratedFailureCount: rarely(fc.oneof(fc.nat(3), odd)),
  },
  Parallel: { ...leading, ...recovering, Arguments: rarely(odd), Branches: fc.constant([inner]) },
  Nap: leading,
};
const definition = fc
  .constantFrom(...Object.keys(states))
  .chain((Type) =>
    fc.record<JsonObject>({ Type: fc.constant(Type), QueryLanguage: mostly(QueryLanguage, odd), ...states[Type] }),
  )
  .map((state) => JSON.stringify(state));

const json = odd.map((value) => JSON.stringify(value));
const request = fc.record({
  definition: fc.oneof({ weight: 9, arbitrary: definition }, { weight: 1, arbitrary: fc.oneof(fc.string(), json) }),
  input: rarely(fc.oneof(json, fc.string())),
  variables: rarely(fc.oneof(fc.constant('{"x":1}'), json)),
  stateName: rarely(fc.constantFrom('N', '__proto__')),
  inspectionLevel: fc.constantFrom('INFO', 'DEBUG', 'TRACE'),
  mock: fc.oneof(
    fc.constant(undefined),
    fc.oneof(fc.constantFrom('[]', '[1]', '{}'), json).map((result) => ({ result })),
    fc.record({ errorOutput: fc.record({ error: fc.string(), cause: fc.string() }, { requiredKeys: [] }) }),
    fc.record({ result: json, fieldValidationMode: fc.constantFrom('PRESENT', 'NONE') }),
  ),
  context: rarely(fc.oneof(fc.constant('{}'), json, fc.string())),
  stateConfiguration: rarely(
    fc.record(
      {
        retrierRetryCount: fc.nat(4),
        errorCausedByState: fc.constantFrom('Do', 'N'),
        mapIterationFailureCount: fc.nat(2),
        mapItemReaderData: fc.string(),
      },
      { requiredKeys: [] },
    ),
  ),
});

const gone = () => Promise.reject(Object.assign(new Error('gone'), { name: 'ResourceNotFoundException' }));
const integrations = { ...nobody, invokeLambda: gone };
const from = { integrations, now: () => start, partition: 'aws', region: 'us-east-1', account: '111111111111' };

test('whatever it is asked, it answers with a status or refuses with an error of AWS', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(request, async (fields) => {
      try {
        const answer = await testState(from, checkRequest('TestState', JSON.parse(JSON.stringify(fields))));
        seen.add(String(answer.status));
        const ended = answer.status === 'SUCCEEDED' || answer.status === 'CAUGHT_ERROR';
        expect('output' in answer).toBe(ended);
        expect('inspectionData' in answer).toBe(fields.inspectionLevel !== 'INFO');
      } catch (error) {
        if (!(error instanceof StepFunctionsError)) throw error;
        seen.add(error.name);
      }
    }),
    { numRuns: 2_000 },
  );
  const statuses = ['CAUGHT_ERROR', 'FAILED', 'RETRIABLE', 'SUCCEEDED'];
  const refusals = ['InvalidDefinition', 'InvalidExecutionInput', 'ValidationException'];
  expect([...seen].sort()).toEqual([...statuses, ...refusals].sort());
});

test('CSV is read as it was written', () => {
  const field = fc.stringMatching(/^[a-c",\n ]*$/);
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 3 }), { minLength: 1 });
  fc.assert(
    fc.property(rows, (table) => {
      const text = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      expect(csvRows(text)).toEqual(table);
    }),
  );
});
