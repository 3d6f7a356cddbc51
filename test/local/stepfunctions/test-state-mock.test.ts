import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../local/stepfunctions/json.ts';
import { ask, broke, DEBUG, inner, invoke, map, QueryLanguage, refusal } from './test-state-ask.ts';

describe('a Map', () => {
  const result = ['a', 'b', 'c', 'd'];
  const input = [1, 2, 3, 4];
  const mapped = (state: JsonObject, more: JsonObject = {}) =>
    ask({ definition: { ...map, ...state }, input, mock: { result }, ...DEBUG, ...more });

  test('selects and batches its items, none of which is run', async () => {
    const ItemSelector = { n: '{% $states.context.Map.Item.Value %}', at: '{% $states.context.Map.Item.Index %}' };
    const ItemBatcher = { MaxItemsPerBatch: 3, BatchInput: { all: '{% $count($states.input) %}' } };
    const answer = await mapped({ ItemSelector, ItemBatcher, MaxConcurrency: 2, Output: '{% $states.result[0] %}' });
    const selected = input.map((n, at) => ({ n, at }));
    expect(answer).toEqual({
      ...{ status: 'SUCCEEDED', output: 'a' },
      inspectionData: {
        ...{ input, maxConcurrency: 2, afterItemSelector: selected },
        afterItemBatcher: [
          { BatchInput: { all: 4 }, Items: selected.slice(0, 3) },
          { BatchInput: { all: 4 }, Items: selected.slice(3) },
        ],
      },
    });
  });

  test('batches no more bytes than it may, but an item at least', async () => {
    const ItemBatcher = { MaxInputBytesPerBatch: 30 };
    const items = ['x'.repeat(40), 'y'.repeat(6), 'z'.repeat(4), 'w'];
    const { inspectionData } = await mapped({ ItemBatcher }, { input: items });
    expect(inspectionData).toMatchObject({
      afterItemBatcher: [{ Items: [items[0]] }, { Items: [items[1], items[2]] }, { Items: [items[3]] }],
    });
  });

  test.each([
    [
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      'id,name\r\n1,"Lu, Wei"\r\n2,"""Bo"""\r\n',
      [
        { id: '1', name: 'Lu, Wei' },
        { id: '2', name: '"Bo"' },
      ],
    ],
    [
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['k', 'v'], CSVDelimiter: 'TAB' },
      '1\t2',
      [{ k: '1', v: '2' }],
    ],
    [{ InputType: 'JSONL' }, '1\n{"a":2}\n\n', [1, { a: 2 }]],
    [{ InputType: 'JSON', MaxItems: 2 }, '[1,2,3]', [1, 2]],
    [{ InputType: 'JSON', ItemsPointer: '/deep/a~1b' }, '{"deep":{"a/b":[5]}}', [5]],
    [undefined, '{"Contents":[{"Key":"k"}]}', [{ Key: 'k' }]],
  ])('reads %j', async (ReaderConfig, mapItemReaderData, items) => {
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:getObject',
      Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
      ...(ReaderConfig && { ReaderConfig }),
    };
    const { Items: _, ...reading } = map;
    const { inspectionData } = await ask({
      definition: { ...reading, ItemReader, ItemSelector: '{% $states.context.Map.Item.Value %}' },
      input: { key: 'k' },
      stateConfiguration: { mapItemReaderData },
      mock: { result: [] },
      ...DEBUG,
    });
    expect(inspectionData).toMatchObject({ afterItemSelector: items });
  });

  test('fails where its items are none', async () => {
    expect(await mapped({}, { input: 'none' })).toMatchObject({
      ...{ status: 'FAILED', error: 'States.QueryEvaluationError', inspectionData: { input: 'none' } },
    });
    const ItemReader = { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' } };
    const { Items: _, ...reading } = map;
    const fields = { definition: { ...reading, ItemReader }, mock: { result: [] } };
    expect(await ask({ ...fields, stateConfiguration: { mapItemReaderData: '5' } })).toMatchObject({
      ...{ status: 'FAILED', error: 'States.ItemReaderFailed' },
    });
  });

  test.each([
    [{}, 0, true],
    [{}, 1, false],
    [{ ToleratedFailureCount: 2 }, 2, true],
    [{ ToleratedFailureCount: 2 }, 3, false],
    [{ ToleratedFailurePercentage: '{% 50 %}' }, 2, true],
    [{ ToleratedFailurePercentage: 50 }, 3, false],
    [{ ToleratedFailureCount: 3, ToleratedFailurePercentage: 25 }, 2, false],
  ])('that tolerates %j does with %i failures: %s', async (tolerated, mapIterationFailureCount, does) => {
    const answer = await mapped(tolerated, { stateConfiguration: { mapIterationFailureCount } });
    if (does) expect(answer).toMatchObject({ status: 'SUCCEEDED', output: result });
    else expect(answer).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  test('cannot have more failures than items, nor an error from outside it', async () => {
    const fields = { definition: map, input, mock: { result } };
    expect(await refusal({ ...fields, stateConfiguration: { mapIterationFailureCount: 5 } })).toMatch(
      /^ValidationException: MapIterationFailureCount/,
    );
    expect(await refusal({ ...fields, mock: broke, stateConfiguration: { errorCausedByState: 'Elsewhere' } })).toBe(
      'ValidationException: State not found in definition',
    );
  });

  test('with a ResultWriter gives an object', async () => {
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b', Prefix: 'p' } };
    const definition = { ...map, ResultWriter };
    expect(await refusal({ definition, input, mock: { result } })).toBe(
      'ValidationException: Mocked result must be a JSON object.',
    );
    const mock = { result: { MapRunArn: 'm' } };
    expect(await ask({ definition, input, mock })).toEqual({ status: 'SUCCEEDED', output: mock.result });
  });
});

describe('what a mock may be', () => {
  const parallel = {
    QueryLanguage,
    Type: 'Parallel',
    Branches: [inner, { StartAt: 'Too', States: { Too: inner.States.Do } }],
    End: true,
  };

  test.each<[string, JsonObject, string]>([
    [
      'both',
      { definition: invoke, mock: { result: {}, ...broke } },
      'A test mock should have only one of the following fields: [result, errorOutput].',
    ],
    [
      'with secrets',
      { definition: invoke, mock: broke, revealSecrets: true },
      'TestState does not support RevealSecrets when a mock is specified.',
    ],
    [
      'of a Wait',
      { definition: { QueryLanguage, Type: 'Wait', Seconds: 1, End: true }, mock: broke },
      "State type 'Wait' is not supported when a mock is specified",
    ],
    ['an object of a Map', { definition: map, mock: { result: {} } }, 'Mocked result must be an array.'],
    ['an object of a Parallel', { definition: parallel, mock: { result: {} } }, 'Mocked result must be an array.'],
    [
      'too short',
      { definition: parallel, mock: { result: [1] } },
      'Mocked result must contain the same number of items as number of Parallel branches.',
    ],
    [
      'missing beside a context',
      { definition: invoke, context: {} },
      'TestState does not support Context when a mock is not specified.',
    ],
    [
      'missing beside a count',
      { definition: map, stateConfiguration: { mapIterationFailureCount: 0 } },
      'TestState does not support MapIterationFailureCount when a mock is not specified.',
    ],
  ])('%s is refused', async (_, fields, why) => {
    expect(await refusal(fields)).toBe(`ValidationException: ${why}`);
  });

  test('no JSON is refused, and an error without a name', async () => {
    expect(await refusal({ definition: invoke, mock: { resultText: '{' } })).toMatch(/^ValidationException: Mocked/);
    const mock = { errorOutput: { cause: 'unknown' } };
    expect(await refusal({ definition: invoke, mock })).toMatch(/^ValidationException: /);
  });

  test('a Map or a Parallel without one is refused', async () => {
    for (const definition of [map, parallel]) {
      expect(await refusal({ definition })).toMatch(
        /^InvalidDefinition: TestState API does not support Map or Parallel/,
      );
    }
  });

  const task = (action: string, Arguments: JsonObject) => ({
    ...invoke,
    Resource: `arn:aws:states:::${action}`,
    Arguments,
  });
  const put = task('dynamodb:putItem', { TableName: 't', Item: {} });
  const events = task('events:putEvents', { Entries: [] });
  const begin = task('states:startExecution', { StateMachineArn: 'm' });

  test.each<[JsonObject, unknown, string | undefined]>([
    [put, { Attributes: { a: { M: { b: { L: [{ S: 'c' }] } } } }, anything: 1 }, undefined],
    [put, { Attributes: { a: { M: { b: { L: [{ S: 1 }] } } } } }, "Field 'S' must be a string"],
    [put, { Attributes: { a: { BOOL: 'yes' } } }, "Field 'BOOL' must be a boolean"],
    [put, { ConsumedCapacity: 5 }, "Field 'ConsumedCapacity' must be an object"],
    [events, { Entries: {} }, "Field 'Entries' must be an array"],
    [events, { FailedEntryCount: '0' }, "Field 'FailedEntryCount' must be a number"],
    [events, { Entries: [{ EventId: 'x'.repeat(65) }] }, "Field 'EventId' exceeds the maximum length"],
    [
      task('aws-sdk:kms:encrypt', {}),
      { CiphertextBlob: '' },
      "Field 'CiphertextBlob' is smaller than the minimum length",
    ],
    [
      task('aws-sdk:kms:encrypt', {}),
      { EncryptionAlgorithm: 'ROT13' },
      "Field 'EncryptionAlgorithm' is not an expected value",
    ],
    [
      task('aws-sdk:lambda:getFunction', {}),
      { Configuration: { MemorySize: 64 } },
      "Field 'MemorySize' is less than the minimum value",
    ],
    [invoke, { Payload: [1], StatusCode: 200 }, undefined],
    [invoke, 'not even an object', undefined],
    [task('aws-sdk:sts:getCallerIdentity', {}), { Account: 1 }, undefined],
    [task('sqs:sendMessage.waitForTaskToken', { QueueUrl: 'q', MessageBody: 'b' }), { MessageId: 1 }, undefined],
  ])('the service of %j answering %j: %s', async (definition, result, fault) => {
    const fields = { definition, mock: { result, fieldValidationMode: 'PRESENT' } };
    if (fault === undefined) expect(await ask(fields)).toMatchObject({ status: 'SUCCEEDED', output: result });
    else expect(await refusal(fields)).toBe(`ValidationException: Mock result schema validation error: ${fault}`);
    const unasked = await ask({ definition, mock: { result, fieldValidationMode: 'NONE' } });
    expect(unasked).toMatchObject({ status: 'SUCCEEDED', output: result });
  });

  test('what a service always answers may be missing unless the mode is strict', async () => {
    const mock = { result: { ExecutionArn: 'e' } };
    expect(await refusal({ definition: begin, mock })).toContain("Field 'StartDate' is required");
    const present = { ...mock, fieldValidationMode: 'PRESENT' };
    expect(await ask({ definition: begin, mock: present })).toMatchObject({ status: 'SUCCEEDED' });
  });
});
