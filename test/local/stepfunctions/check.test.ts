import { describe, expect, it } from 'vitest';
import {
  type CheckOptions,
  checkDefinition,
  invalidDefinitionMessage,
} from '../../../local/stepfunctions/language/check.ts';
import { check, done, end, type Json, jsonata, jsonpath, lambda, pass, task, tell, told } from './checking.ts';

/** What AWS would say, each without the usual code. */
const refusals = (definition: unknown, options?: CheckOptions) =>
  told(definition, 'ERROR', options).map((text) => text.replace(/^SCHEMA_VALIDATION_FAILED: /, ''));

/** Refusals of one JSONata state. */
const inState = (state: Json, options?: CheckOptions) => refusals(jsonata({ A: state, Z: done }), options);
const reaching = (state: Json) => inState({ ...state, Next: 'Z' });

describe('a text', () => {
  const refused = (text: string) => checkDefinition(text).diagnostics;

  it('that is no JSON is told with the place where reading stopped, as AWS tells it', () => {
    const location = '[Source: (String)"not a definition"; line: 1, column: 4]';
    const what = "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object";
    expect(refused('not a definition')).toEqual([
      {
        severity: 'ERROR',
        code: 'INVALID_JSON_DESCRIPTION',
        message: `${what} or token 'null', 'true' or 'false')\n at ${location}`,
        location,
      },
    ]);
  });

  it.each([
    ['{\n  "StartAt": "A"\n  "States": {}}', `Unexpected character ('"' (code 34)): was expecting comma`, 3, 4],
    ['{StartAt: 1}', "Unexpected character ('S' (code 83)): was expecting double-quote to start field name", 1, 3],
    ['{"a": [1,]}', "Unexpected character (']' (code 93)): expected a value", 1, 11],
    ['{"a": 01}', 'Invalid numeric value: Leading zeroes not allowed', 1, 9],
    ['{"a": "\\x"}', "Unrecognized character escape 'x' (code 120)", 1, 10],
    ['{"a": [1}', "Unexpected close marker '}': expected ']'", 1, 10],
    ['{"a": 1', 'Unexpected end-of-input: expected close marker for Object', 1, 8],
    ['{} x', "Unexpected character ('x' (code 120))", 1, 5],
  ])('%j is wrong where it is wrong', (text, message, line, column) => {
    const [fault] = refused(text);
    expect(fault?.message.startsWith(message)).toBe(true);
    expect(fault?.location?.endsWith(`; line: ${line}, column: ${column}]`)).toBe(true);
  });

  it('of which only blanks are left is no definition', () => {
    expect(refused(' \n ').map(({ code }) => code)).toEqual(['MISSING_DESCRIPTION']);
  });

  it('is refused above 1 MB', () => {
    const machine = (length: number) => jsonata({ A: { Type: 'Pass', Output: 'x'.repeat(length), ...end } });
    expect(check(machine(1_048_000)).machine).toBeDefined();
    expect(refusals(machine(1_049_000))).toEqual(['The definition is larger than 1048576 bytes. at /']);
  });

  it('may say a thing twice, and the last counts; but no state is there twice', () => {
    const twice = '{"StartAt":"A","StartAt":"B","States":{"B":{"Type":"Succeed"}}}';
    expect(checkDefinition(twice).diagnostics.map(tell)).toEqual([
      "DUPLICATE_FIELD: The field 'StartAt' is there twice: its last value counts. at /",
    ]);
    const states = '{"StartAt":"A","States":{"A":{"Type":"Succeed"},"A":{"Type":"Succeed"}}}';
    expect(refused(states).map(tell)).toEqual(['DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A']);
  });
});

describe('a machine', () => {
  it('needs states and a start', () => {
    expect(refusals({})).toEqual(['These fields are required: [States, StartAt] at /']);
    expect(refusals({ Comment: 'no states', StartAt: 'A' })).toEqual(['These fields are required: [States] at /']);
    expect(refusals({ StartAt: 'A', States: {} })).toContain('Value cannot be empty at /States');
    expect(refusals([])).toEqual(['Expected value of type [OBJECT] at /']);
  });

  it('has no fields of its own making, and values of the right kind', () => {
    expect(refusals(jsonata({ A: done }, { comment: '', Version: '2.0', TimeoutSeconds: '1' }))).toEqual([
      "Field 'comment' is not supported at /",
      'Value should be one of the following: [1.0] at /Version',
      'Expected value of type Integer at /TimeoutSeconds',
    ]);
  });

  it('starts and goes on where there are states, and ends somewhere', () => {
    expect(told(jsonpath({ A: { Type: 'Pass', Next: 'B' }, C: { Type: 'Pass', ...end } }), 'ERROR')).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
      'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C',
    ]);
    expect(told({ StartAt: 'B', States: { A: { Type: 'Pass', Next: 'C' }, C: done } }, 'ERROR')).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt",
      'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
    ]);
    const loop = jsonpath({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } });
    expect(check(loop).diagnostics).toEqual([
      { severity: 'ERROR', code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' },
    ]);
    expect(invalidDefinitionMessage(check(loop).diagnostics)).toBe(
      "Invalid State Machine Definition: 'MISSING_END_STATE: Workflow has no terminal state at null'",
    );
  });

  it('tells of every way that leads nowhere', () => {
    const choice = { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'X' }], Default: 'Y' };
    const worker = { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'W' }], Next: 'C' };
    expect(told(jsonata({ A: worker, C: choice, Z: { Type: 'Pass', ...end } }), 'ERROR')).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: W at /States/A/Catch[0]/Next",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/C/Choices[0]/Next",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Y at /States/C/Default",
      'MISSING_TRANSITION_TARGET: State "Z" is not reachable. at /States/Z',
    ]);
  });

  it('names no two states alike, however far apart they are', () => {
    const inner = { StartAt: 'A', States: { A: { Type: 'Pass', ...end } } };
    const outer = { A: { Type: 'Parallel', Branches: [inner], ...end } };
    expect(told(jsonata(outer), 'ERROR')).toEqual([
      'DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A',
    ]);
  });

  it('has names of 80 characters at most', () => {
    const [long, longer] = ['和'.repeat(80), '和'.repeat(81)];
    expect(refusals(jsonata({ [long]: done }))).toEqual([]);
    expect(told(jsonata({ [longer]: done }), 'ERROR')[0]).toMatch(/^INVALID_STATE_NAME: .* 80-character limit/);
  });

  it('is not deeper than anybody writes', () => {
    const codes = (levels: number) => {
      const deep = '['.repeat(levels) + ']'.repeat(levels);
      const text = JSON.stringify(jsonata({ A: { Type: 'Pass', Output: 'deep', ...end } })).replace('"deep"', deep);
      return checkDefinition(text).diagnostics.map(({ code }) => code);
    };
    expect(codes(200)).toEqual([]);
    expect(codes(100_000)).toEqual(['TOO_DEEPLY_NESTED']);
  });
});

describe('query languages', () => {
  const mixed = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";

  it('go from JSONPath to JSONata, not back; of such a state only that is told', () => {
    const back = { ...pass, QueryLanguage: 'JSONPath', Output: '{% 1 %}' };
    expect(refusals(jsonata({ A: back }))).toEqual([`${mixed} at /States/A`]);
    expect(refusals(jsonpath({ A: { ...pass, QueryLanguage: 'JSONata', Output: '{% 1 %}' } }))).toEqual([]);
  });

  it('have fields that the other does not have', () => {
    const only = (field: string, language: string, other: string) =>
      `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${other}' QueryLanguage at /States/A`;
    for (const field of ['InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'Result']) {
      expect(inState({ ...pass, [field]: '$' })).toContain(only(field, 'JSONata', 'JSONPath'));
    }
    expect(inState({ Type: 'Wait', SecondsPath: '$.s', ...end })).toContain(only('SecondsPath', 'JSONata', 'JSONPath'));
    const items = { Type: 'Map', Items: [], ItemProcessor: jsonpath({ B: pass }), ...end };
    expect(refusals(jsonpath({ A: items }))).toEqual([only('Items', 'JSONPath', 'JSONata')]);
    expect(refusals(jsonpath({ A: { ...pass, Output: 1 } }))).toEqual([only('Output', 'JSONPath', 'JSONata')]);
  });

  it('of a state inside a Map are the machine’s, not the Map’s', () => {
    const inner = { StartAt: 'B', States: { B: { ...pass, Output: 1 } } };
    const map = { Type: 'Map', QueryLanguage: 'JSONata', ItemProcessor: inner, ...end };
    expect(refusals(jsonpath({ A: map }))[0]).toMatch(/field 'Output' .* at \/States\/A\/ItemProcessor\/States\/B$/);
    expect(refusals(jsonata({ A: map }))).toEqual([]);
    const own = { ...inner, QueryLanguage: 'JSONata' };
    expect(refusals(jsonata({ A: { ...map, ItemProcessor: own } }))).toEqual([
      "Field 'QueryLanguage' is not supported at /States/A/ItemProcessor",
    ]);
  });

  it('are two; what is neither counts as JSONata', () => {
    expect(refusals(jsonpath({ A: { ...pass, QueryLanguage: 'jsonata', InputPath: '$' } }))).toEqual([
      "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
      'Value should be one of the following: [JSONPath, JSONata] at /States/A/QueryLanguage',
    ]);
  });
});

describe('a state', () => {
  it('has a type that AWS knows', () => {
    const known = '[Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]';
    expect(inState({ Type: 'TypeThatDoesNotExist', ...end })).toContain(
      `The field 'Type' should have one of these values: ${known} at /States/A/Type`,
    );
    expect(inState(end)).toContain('These fields are required: [Type] at /States/A');
  });

  it('leads on or ends, one of the two', () => {
    expect(inState({ Type: 'Pass', Next: 'Z', ...end })).toEqual([
      'There should only be one of the following fields: [Next, End] at /States/A',
    ]);
    expect(inState({ Type: 'Pass', End: false })[0]).toBe(
      'This object should have only one of the following fields: [Next, End] at /States/A',
    );
  });

  it.each([
    ['Pass', { Arguments: {} }],
    ['Pass', { Catch: [] }],
    ['Wait', { Retry: [], Seconds: 1 }],
    ['Map', { TimeoutSeconds: 1, ItemProcessor: jsonata({ B: done }, { QueryLanguage: undefined }) }],
    ['Task', { Seconds: 1, ...task }],
  ])('of type %s does not take every field: %j', (type, fields) => {
    const [name] = Object.keys(fields);
    expect(reaching({ ...fields, Type: type })).toEqual([`Field '${name}' is not supported at /States/A`]);
  });

  it('that succeeds or fails leads nowhere and assigns nothing', () => {
    const wrong = (field: string) => `Field '${field}' is not supported at /States/A`;
    expect(refusals(jsonata({ A: { Type: 'Succeed', Assign: {}, End: true } }))).toEqual([
      wrong('Assign'),
      wrong('End'),
    ]);
    expect(refusals(jsonata({ A: { Type: 'Fail', Output: 1 } }))).toEqual([wrong('Output')]);
  });

  it('waits until one time, which is a time', () => {
    const wait = (fields: Json) => refusals(jsonpath({ A: { Type: 'Wait', ...fields, ...end } }));
    const fields = 'of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/A';
    expect(wait({})).toEqual([`This object should have only one ${fields}`]);
    expect(wait({ Seconds: 1, Timestamp: '2016-12-05T21:29:29Z' })).toEqual([`There should only be one ${fields}`]);
    expect(wait({ Seconds: 1e9 })).toEqual(['Maximum value is 99999999 at /States/A/Seconds']);
    const none = 'String does not match RFC3339 timestamp at /States/A/Timestamp';
    const times = ['2016-12-05T25:29:29Z', '2016-12-05 21:29:29Z', '2016-12-05T21:29:29', '2016-02-30T00:00:00Z'];
    for (const time of [...times, "{% '2016-03-14T01:59:00Z' %}"]) expect(wait({ Timestamp: time })).toEqual([none]);
    for (const time of ['2016-02-29T00:00:00Z', '2016-12-05T21:29:29.123+08:00']) {
      expect(wait({ Timestamp: time })).toEqual([]);
    }
  });

  it('chooses among at least one rule, each of which leads on', () => {
    const choose = (choices: unknown[]) => inState({ Type: 'Choice', Choices: choices, Default: 'Z' });
    expect(choose([])).toEqual(['Value cannot be empty at /States/A/Choices']);
    expect(choose([{ Condition: '{% true %}' }])).toEqual([
      'These fields are required: [Next] at /States/A/Choices[0]',
    ]);
    expect(choose([{ Condition: 'true', Next: 'Z' }])).toEqual([
      'JSONata string must start with {% and end with %} at /States/A/Choices[0]/Condition',
    ]);
    expect(refusals(jsonata({ A: { Type: 'Choice', Default: 'Z' }, Z: done }))).toEqual([
      'These fields are required: [Choices] at /States/A',
    ]);
    const rule = { And: [{ Variable: 'x', StringEquals: 1 }, { Not: { IsNull: true, Next: 'Z' } }], Next: 'Z' };
    expect(refusals(jsonpath({ A: { Type: 'Choice', Choices: [rule] }, Z: done }))).toEqual([
      "Value is not a Reference Path: Reference path didn't start with '$' at /States/A/Choices[0]/And[0]/Variable",
      'Expected value of type [STRING] at /States/A/Choices[0]/And[0]/StringEquals',
      "Field 'Next' is not supported at /States/A/Choices[0]/And[1]/Not",
      'The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/A/Choices[0]/And[1]/Not',
    ]);
  });

  it('fails with an error that is written or looked up', () => {
    expect(refusals(jsonpath({ A: { Type: 'Fail', Error: 'E', ErrorPath: '$.e' } }))).toEqual([
      'There should only be one of the following fields: [Error, ErrorPath] at /States/A',
    ]);
    expect(refusals(jsonata({ A: { Type: 'Fail', Cause: 1 } }))).toEqual([
      'Expected value of type [STRING] at /States/A/Cause',
    ]);
  });

  it('has branches, or one processor of its items', () => {
    expect(inState({ Type: 'Parallel', Branches: [], ...end })).toContain(
      'Value cannot be empty at /States/A/Branches',
    );
    expect(inState({ Type: 'Parallel', Branches: [{}], ...end })).toContain(
      'These fields are required: [States, StartAt] at /States/A/Branches[0]',
    );
    const wrong = { MaxConcurrency: -1, ToleratedFailurePercentage: 101, ToleratedFailureCount: 0.5 };
    expect(inState({ Type: 'Map', ...wrong, ...end }).slice(0, 4)).toEqual([
      'This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/A',
      'Minimum value is 0 at /States/A/MaxConcurrency',
      'Maximum value is 100.0 at /States/A/ToleratedFailurePercentage',
      'Expected value of type Integer at /States/A/ToleratedFailureCount',
    ]);
  });
});

describe('a task', () => {
  it('calls what AWS knows, and says with what', () => {
    expect(inState({ ...task, Resource: 'create', ...end })).toContain(
      'Value is not a valid resource ARN at /States/A/Resource',
    );
    expect(inState({ ...task, Resource: `${lambda}.sync`, ...end })[0]).toBe(
      `The resource provided ${lambda}.sync is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/A/Resource`,
    );
    expect(reaching({ Type: 'Task', Resource: lambda })).toEqual([
      `Arguments field is required for resource ARN: ${lambda} at /States/A/Resource`,
    ]);
    expect(reaching({ ...task, Arguments: {} })).toEqual([
      "The field 'FunctionName' is required but was missing at /States/A/Arguments",
    ]);
    expect(reaching({ ...task, Arguments: '{% $states.input %}', Credentials: {} })).toEqual([
      "The field 'RoleArn' is required but was missing at /States/A/Credentials",
    ]);
  });

  it('is not waited for in an Express machine', () => {
    const express = (resource: string) => inState({ ...task, Resource: resource, Next: 'Z' }, { type: 'EXPRESS' });
    const cannot = (what: string) => [`Express state machine does not support ${what} at /States/A/Resource`];
    expect(express('arn:aws:states:us-east-1:111111111111:activity:work')).toEqual(cannot('Activity ARN'));
    expect(express('arn:aws:states:::ecs:runTask.sync')).toContain(cannot("'.sync' service integration")[0]);
    // The space is AWS's.
    expect(express(`${lambda}.waitForTaskToken`)).toEqual(cannot("'.waitForTaskToken' service integration "));
    expect(express(lambda)).toEqual([]);
  });

  it('is retried and caught within bounds', () => {
    const retry = { ErrorEquals: [], MaxAttempts: -1, BackoffRate: 0.5, JitterStrategy: 'HALF', MaxDelaySeconds: 0 };
    expect(reaching({ ...task, Retry: [{ ...retry, IntervalSeconds: '{% 1 %}' }] })).toEqual([
      'Value cannot be empty at /States/A/Retry[0]/ErrorEquals',
      'Minimum value is 0 at /States/A/Retry[0]/MaxAttempts',
      'Minimum value is 1.0 at /States/A/Retry[0]/BackoffRate',
      'Value should be one of the following: [NONE, FULL] at /States/A/Retry[0]/JitterStrategy',
      'Minimum value is 1 at /States/A/Retry[0]/MaxDelaySeconds',
      'Expected value of type Integer at /States/A/Retry[0]/IntervalSeconds',
    ]);
    expect(reaching({ ...task, TimeoutSeconds: 0, HeartbeatSeconds: 1.5 })).toContain(
      'Minimum value is 1 at /States/A/TimeoutSeconds',
    );
    expect(reaching({ ...task, TimeoutSeconds: 5, HeartbeatSeconds: 5 })).toEqual([
      'HeartbeatSeconds must be smaller than TimeoutSeconds at /States/A/HeartbeatSeconds',
    ]);
  });

  it('has States.ALL alone and last', () => {
    const all = 'States.ALL must appear alone and at end of list';
    const errors = (...lists: string[][]) => lists.map((ErrorEquals) => ({ ErrorEquals, Next: 'Z' }));
    const caught = (...lists: string[][]) => reaching({ ...task, Catch: errors(...lists) });
    expect(caught(['States.ALL'], ['Mine'])).toEqual([`${all} at /States/A/Catch[0]/ErrorEquals[0]`]);
    expect(caught(['Mine', 'States.ALL'])).toEqual([`${all} at /States/A/Catch[0]/ErrorEquals[1]`]);
    expect(caught(['Mine'], ['States.ALL'])).toEqual([]);
  });
});
