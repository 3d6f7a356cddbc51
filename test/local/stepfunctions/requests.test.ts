import * as sdk from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operations, type Shape } from '../../../local/stepfunctions/api/model.ts';
import { checkRequest } from '../../../local/stepfunctions/api/requests.ts';
import {
  checkArn,
  checkName,
  checkRoleArn,
  executionInputIn,
  taskOutputIn,
} from '../../../local/stepfunctions/engine/names.ts';
import { StepFunctionsError } from '../../../local/stepfunctions/errors.ts';

const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:notices';
const execution = 'arn:aws:states:us-east-1:123456789012:execution:notices:one';

/** The error that AWS would send: `Code: message`. */
function refusal(check: () => unknown): string {
  try {
    check();
  } catch (error) {
    if (error instanceof StepFunctionsError) return `${error.name}: ${error.message}`;
    throw error;
  }
  return 'no error';
}

const refused = (operation: string, input: unknown) => refusal(() => checkRequest(operation, input));
const failed = (value: string, member: string, constraint: string) =>
  `Value${value} at '${member}' failed to satisfy constraint: ${constraint}`;
const one = (text: string) => `ValidationException: 1 validation error detected: ${text}`;

describe('a request that AWS takes', () => {
  it('comes out with what the model knows, and nothing else', () => {
    const input = { stateMachineArn: machine, name: 'one', input: '{}', invented: 1, constructor: 'x' };
    expect(checkRequest('StartExecution', input)).toEqual({ stateMachineArn: machine, name: 'one', input: '{}' });
  });

  it('may have a null where nothing is needed', () => {
    expect(checkRequest('StartExecution', { stateMachineArn: machine, name: null })).toEqual({
      stateMachineArn: machine,
    });
  });

  it('may need nothing at all', () => {
    expect(checkRequest('ListStateMachines', {})).toEqual({});
  });

  it('has whole numbers of events, whatever was written', () => {
    expect(checkRequest('GetExecutionHistory', { executionArn: execution, maxResults: 9.9 })).toEqual({
      executionArn: execution,
      maxResults: 9,
    });
  });

  it('may be exactly as large as the limits', () => {
    const input = `"${'水'.repeat(87_380)}xx"`;
    expect(Buffer.byteLength(input)).toBe(262_144);
    expect(refused('StartExecution', { stateMachineArn: machine, input })).toBe('no error');
    expect(refused('StartExecution', { stateMachineArn: machine, name: 'n'.repeat(80) })).toBe('no error');
    expect(refused('ListStateMachines', { maxResults: 0 })).toBe('no error');
    expect(refused('ListStateMachines', { maxResults: 1000 })).toBe('no error');
  });
});

describe('a request of the wrong JSON types', () => {
  const start = (members: object) => refused('StartExecution', { stateMachineArn: machine, ...members });

  it('is no request if it is not an object', () => {
    expect(refused('StartExecution', [])).toBe('SerializationException: Start of list found where not expected');
    for (const input of [null, 'x', 1, true, undefined]) {
      expect(refused('StartExecution', input)).toMatch(/^SerializationException: /);
    }
  });

  it('is told which token stands where a text should', () => {
    expect(start({ name: 1 })).toBe('SerializationException: NUMBER_VALUE can not be converted to a String');
    expect(start({ name: true })).toBe('SerializationException: TRUE_VALUE can not be converted to a String');
    expect(start({ name: false })).toBe('SerializationException: FALSE_VALUE can not be converted to a String');
    expect(start({ name: [] })).toBe('SerializationException: Start of list found where not expected');
    expect(start({ input: {} })).toBe('SerializationException: Start of structure or map found where not expected.');
  });

  it('is told the same for numbers, flags, lists and structures', () => {
    const of = (operation: string, members: object) => refused(operation, members);
    expect(of('ListStateMachines', { maxResults: '1' })).toBe(
      'SerializationException: STRING_VALUE can not be converted to an Integer',
    );
    expect(of('GetExecutionHistory', { executionArn: execution, reverseOrder: 0 })).toBe(
      'SerializationException: NUMBER_VALUE can not be converted to a Boolean',
    );
    expect(of('UntagResource', { resourceArn: machine, tagKeys: 'team' })).toBe(
      'SerializationException: Expected list or null',
    );
    expect(of('UntagResource', { resourceArn: machine, tagKeys: [1] })).toBe(
      'SerializationException: NUMBER_VALUE can not be converted to a String',
    );
    expect(of('TagResource', { resourceArn: machine, tags: ['team'] })).toBe('SerializationException: Expected null');
  });

  it('hears of the types first and of the limits only then', () => {
    expect(start({ name: '', input: 1 })).toMatch(/^SerializationException/);
  });
});

describe('a request beyond the limits', () => {
  it('is told what is missing', () => {
    expect(refused('StartExecution', {})).toBe(one(failed(' null', 'stateMachineArn', 'Member must not be null')));
    expect(refused('StartExecution', { stateMachineArn: null })).toBe(
      one(failed(' null', 'stateMachineArn', 'Member must not be null')),
    );
  });

  it('sees its own value again, too short or too long', () => {
    expect(refused('StartExecution', { stateMachineArn: machine, name: '' })).toBe(
      one(failed(" ''", 'name', 'Member must have length greater than or equal to 1')),
    );
    const long = 'n'.repeat(81);
    expect(refused('StartExecution', { stateMachineArn: machine, name: long })).toBe(
      one(failed(` '${long}'`, 'name', 'Member must have length less than or equal to 80')),
    );
  });

  it('does not see what may be secret', () => {
    const wide = `"${'水'.repeat(87_381)}"`;
    expect(refused('StartExecution', { stateMachineArn: machine, input: wide })).toBe(
      one(failed('', 'input', 'Member must have size less than or equal to 262144 bytes in UTF-8 encoding')),
    );
    expect(refused('SendTaskSuccess', { taskToken: 't' })).toBe(one(failed('', 'output', 'Member must not be null')));
    expect(refused('SendTaskFailure', { taskToken: 't', cause: 'c'.repeat(32_769) })).toBe(
      one(failed('', 'cause', 'Member must have length less than or equal to 32768')),
    );
  });

  it('hears of everything at once, in the order of the model', () => {
    expect(refused('CreateStateMachine', { type: 'BATCH', name: '' })).toBe(
      `ValidationException: 4 validation errors detected: ${[
        failed(" ''", 'name', 'Member must have length greater than or equal to 1'),
        failed('', 'definition', 'Member must not be null'),
        failed(' null', 'roleArn', 'Member must not be null'),
        failed(" 'BATCH'", 'type', 'Member must satisfy enum value set: [STANDARD, EXPRESS]'),
      ].join('; ')}`,
    );
  });

  it('is measured in pages of at most a thousand', () => {
    expect(refused('ListStateMachines', { maxResults: 1001 })).toBe(
      one(failed(" '1001'", 'maxResults', 'Member must have value less than or equal to 1000')),
    );
    expect(refused('ListStateMachines', { maxResults: -1 })).toBe(
      one(failed(" '-1'", 'maxResults', 'Member must have value greater than or equal to 0')),
    );
  });

  it('names the place inside lists and structures', () => {
    const tags = [{ key: 'team', value: 'a' }, { key: '' }];
    expect(refused('TagResource', { resourceArn: machine, tags })).toBe(
      one(failed(" ''", 'tags.2.member.key', 'Member must have length greater than or equal to 1')),
    );
    expect(refused('TagResource', { resourceArn: machine, tags: [null] })).toBe(
      one(failed(' null', 'tags.1.member', 'Member must not be null')),
    );
    const create = { name: 'n', definition: '{}', roleArn: 'r', loggingConfiguration: { level: 'LOUD' } };
    expect(refused('CreateStateMachine', create)).toBe(
      one(
        failed(" 'LOUD'", 'loggingConfiguration.level', 'Member must satisfy enum value set: [ALL, ERROR, FATAL, OFF]'),
      ),
    );
  });

  it('sees a whole list of texts again, with all that is asked of each', () => {
    const asked =
      'Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must not be null]';
    expect(refused('UntagResource', { resourceArn: machine, tagKeys: ['team', ''] })).toBe(
      one(failed(" '[team, ]'", 'tagKeys', asked)),
    );
  });

  it('is told the pattern', () => {
    expect(refused('RedriveExecution', { executionArn: execution, clientToken: 'a b' })).toBe(
      one(failed(" 'a b'", 'clientToken', 'Member must satisfy regular expression pattern: [!-~]+')),
    );
  });

  it('of an operation that does not exist is not looked at', () => {
    for (const operation of ['StartMachine', 'startExecution', 'constructor', '__proto__', '']) {
      expect(refused(operation, {})).toMatch(/^UnknownOperationException: /);
    }
  });
});

describe('names', () => {
  it('may be written in any script', () => {
    for (const name of ['notices', "a.b-c_d!(e)=+@'", '和解', 'é', '🂡', 'n'.repeat(80)]) {
      expect(refusal(() => checkName(name))).toBe('no error');
    }
  });

  it('have no white space, brackets, wildcards, special or control characters', () => {
    for (const char of [...' \t\n\u00a0<>{}[]?*"#%\\^|~`$&,;:/\u0000\u001f\u007f\u009f\ufffe\uffff\ud800\u{10ffff}']) {
      expect(refusal(() => checkName(`a${char}b`))).toBe(`InvalidName: Invalid Name: 'a${char}b'`);
    }
  });
});

describe('ARNs', () => {
  it('of the right type are taken, whatever they point to', () => {
    expect(refusal(() => checkArn(machine, 'stateMachine'))).toBe('no error');
    expect(refusal(() => checkArn(execution, 'execution', 'express'))).toBe('no error');
    expect(refusal(() => checkArn(machine.replace('aws', 'aws-cn'), 'stateMachine'))).toBe('no error');
  });

  it('are refused in the words of AWS', () => {
    expect(refusal(() => checkArn('not-an-arn', 'stateMachine'))).toBe(
      "InvalidArn: Invalid Arn: 'Invalid ARN prefix: not-an-arn'",
    );
    expect(refusal(() => checkArn(machine, 'execution'))).toBe(
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: stateMachine'",
    );
    const unresolved = machine.replace('123456789012', '${' + 'AWS::AccountId}');
    expect(refusal(() => checkArn(unresolved, 'stateMachine'))).toBe(
      `InvalidArn: Invalid Arn: 'Resource type can not be empty: ${unresolved}'`,
    );
  });

  it('of roles are asked for as such', () => {
    expect(refusal(() => checkRoleArn('arn:aws:iam::123456789012:role/service-role/x'))).toBe('no error');
    expect(refusal(() => checkRoleArn('arn:aws:iam::aws:policy/AWSBatchFullAccess'))).toBe(
      "InvalidArn: Invalid Role Arn: 'arn:aws:iam::aws:policy/AWSBatchFullAccess'",
    );
  });
});

describe('JSON texts', () => {
  it('are read', () => {
    expect(executionInputIn('{"a":[1,null]}')).toEqual({ a: [1, null] });
    expect(taskOutputIn('"x"')).toBe('x');
  });

  it('that are none are refused, each by its own exception', () => {
    expect(refusal(() => executionInputIn('{'))).toMatch(
      /^InvalidExecutionInput: Invalid State Machine Execution Input: '.+'$/,
    );
    expect(refusal(() => taskOutputIn(''))).toMatch(/^InvalidOutput: Invalid Output: '.+'$/);
  });
});

// ---- whatever comes ---------------------------------------------------------------------------------------------------

/** A value that fits its shape, limits and all. */
function fitting(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'String': {
      if (shape.values) return fc.constantFrom(...shape.values);
      const { min = 0, max = 40 } = shape;
      return fc
        .string({ minLength: min, maxLength: Math.min(max, min + 40) })
        .filter((text) => shape.pattern?.test.test(text) ?? true);
    }
    case 'Integer':
    case 'Long':
      return fc.integer({ min: shape.min ?? 0, max: shape.max ?? 1e6 });
    case 'Float':
      return fc.float({ min: shape.min ?? 0, max: shape.max ?? 1e6, noNaN: true });
    case 'Boolean':
      return fc.boolean();
    case 'List':
      return fc.array(fitting(shape.member), { minLength: shape.min ?? 0, maxLength: shape.max ?? 3 });
    case 'Structure': {
      const members = Object.entries(shape.members);
      return fc.record(Object.fromEntries(members.map(([name, member]) => [name, fitting(member)])), {
        requiredKeys: members.filter(([, { required }]) => required).map(([name]) => name),
      });
    }
  }
}

/** What the SDK sends for each operation: names of the members, those that are required first in the count. */
const sdkInputs: readonly (readonly [operation: string, members: string[], required: string[]])[] = Object.values(
  sdk,
).flatMap((exported: unknown) => {
  if (!Array.isArray(exported) || exported[0] !== 9) return [];
  const [, , operation, , input] = exported;
  const [, , , , members, , required = 0] = typeof input === 'function' ? input() : input;
  return [[String(operation), members, members.slice(0, required)] as const];
});

describe('for every operation', () => {
  it('of the SDK the table has the same members, and needs the same', () => {
    expect(sdkInputs.map(([operation]) => operation).sort()).toEqual([...operations.keys()].sort());
    for (const [operation, members, required] of sdkInputs) {
      const known = Object.entries(operations.get(operation)?.members ?? {});
      expect([operation, known.map(([name]) => name).sort()]).toEqual([operation, [...members].sort()]);
      const needed = known.filter(([, shape]) => shape.required).map(([name]) => name);
      expect([operation, needed.sort()]).toEqual([operation, [...required].sort()]);
    }
  });

  it.each([...operations.keys()])('%s: whatever fits the model is taken as it is', (operation) => {
    const shape = operations.get(operation);
    if (!shape) throw new TypeError(operation);
    fc.assert(
      fc.property(fitting(shape), (input) => {
        expect(checkRequest(operation, input)).toEqual(input);
      }),
      { numRuns: 20 },
    );
  });

  it('any JSON value at all is taken or refused as AWS refuses, and what is taken is taken again', () => {
    const names = [...operations.values()].flatMap(({ members }) => Object.keys(members));
    const input = fc.oneof(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), fc.jsonValue());
    fc.assert(
      fc.property(fc.constantFrom(...operations.keys()), input, (operation, value) => {
        let taken: object;
        try {
          taken = checkRequest(operation, value);
        } catch (error) {
          expect(error).toBeInstanceOf(StepFunctionsError);
          expect(String(error)).toMatch(/^(SerializationException|ValidationException): ./);
          return;
        }
        expect(checkRequest(operation, taken)).toEqual(taken);
      }),
      { numRuns: 500 },
    );
  });
});
