import { describe, expect, it } from 'vitest';
import { unsupported } from '../../../local/stepfunctions/language/check.ts';
import { isServed, parseResource } from '../../../local/stepfunctions/language/resource.ts';
import { check, done, end, jsonata, jsonpath, lambda, task, tell, warnings } from './checking.ts';

describe('a resource', () => {
  it('is taken apart', () => {
    expect(parseResource('arn:aws-cn:states:::states:startExecution.sync:2')).toEqual({
      arn: 'arn:aws-cn:states:::states:startExecution.sync:2',
      kind: 'service',
      type: 'states',
      action: 'startExecution.sync:2',
      service: 'states',
      call: 'startExecution',
      pattern: 'sync:2',
    });
    expect(parseResource('arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken')).toMatchObject({
      type: 'aws-sdk:dynamodb',
      action: 'updateItem.waitForTaskToken',
      call: 'updateItem',
    });
    expect(parseResource('arn:aws:lambda:us-east-1:111111111111:function:f:live')).toMatchObject({ kind: 'function' });
  });

  it('is run here, known to AWS, or neither', () => {
    const kind = (arn: string) => {
      const resource = parseResource(arn);
      return resource && isServed(resource);
    };
    const here = [
      'lambda:invoke',
      'sqs:sendMessage.waitForTaskToken',
      'dynamodb:getItem',
      'aws-sdk:sfn:sendTaskSuccess',
    ];
    const elsewhere = ['glue:startJobRun.sync', 'ecs:runTask', 'http:invoke'];
    const nowhere = [
      'dynamodb:getItem.waitForTaskToken',
      'aws-sdk:s3:getObject.sync',
      'constructor:name',
      'sqs:toString',
    ];
    for (const name of here) expect(kind(`arn:aws:states:::${name}`)).toBe(true);
    for (const name of elsewhere) expect(kind(`arn:aws:states:::${name}`)).toBe(false);
    for (const name of nowhere) expect(kind(`arn:aws:states:::${name}`)).toBeUndefined();
  });
});

describe('what this engine cannot run yet', () => {
  it('is named, and AWS’s checks do not mind it', () => {
    const glue = { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun.sync', Arguments: { JobName: 'j' } };
    const activity = { Type: 'Task', Resource: 'arn:aws:states:us-east-1:111111111111:activity:a', Next: 'C' };
    const processor = {
      ...{ StartAt: 'D', States: { D: { Type: 'Pass', ...end } } },
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    };
    const reader = { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' } };
    const map = { Type: 'Map', ItemProcessor: processor, ItemReader: reader, ...end };
    const { machine, diagnostics } = check(jsonata({ A: { ...glue, Next: 'B' }, B: activity, C: map }));
    expect(diagnostics).toEqual([]);
    expect(machine && unsupported(machine, { type: 'STANDARD' }).map(tell)).toEqual([
      "UNSUPPORTED: The integration 'glue:startJobRun.sync' is not supported by this engine at /States/A",
      'UNSUPPORTED: An activity is not supported by this engine at /States/B',
      'UNSUPPORTED: A distributed Map is not supported by this engine at /States/C',
      'UNSUPPORTED: ItemReader is not supported by this engine at /States/C',
    ]);
    const old = check(jsonpath({ A: done }));
    expect(old.machine && unsupported(old.machine, { type: 'EXPRESS' }).map(tell)).toEqual([
      'UNSUPPORTED: An Express state machine is not supported by this engine at /',
      'UNSUPPORTED: A JSONPath state is not supported by this engine at /States/A',
    ]);
  });
});

describe('what is likely a mistake', () => {
  const callback = { ...task, Resource: `${lambda}.waitForTaskToken`, Next: 'Z' };

  it('is warned of and not refused: a callback that may never come', () => {
    expect(warnings(jsonata({ A: callback, Z: done }))).toEqual([
      'CALLBACK_WITHOUT_TIMEOUT: A callback without TimeoutSeconds or HeartbeatSeconds is waited for as long as the execution may run. at /States/A',
    ]);
    expect(warnings(jsonata({ A: { ...callback, TimeoutSeconds: 60 }, Z: done }))).toEqual([]);
    expect(check(jsonata({ A: callback, Z: done })).machine).toBeDefined();
  });

  it('an error that nothing raises, where all errors are known', () => {
    const errors = ['Mine', 'Lambda.TooManyRequestsException', 'Unknown', 'States.Timeout', 'Given', 'States.Typo'];
    const worker = { ...task, Catch: [{ ErrorEquals: errors, Next: 'F' }], Next: 'Z' };
    const machine = (error: string) => jsonata({ A: worker, F: { Type: 'Fail', Error: error }, Z: done });
    const typo = "UNKNOWN_ERROR_NAME: No error is named 'States.Typo'. at /States/A/Catch[0]/ErrorEquals[5]";
    expect(warnings(machine('Mine'), { errorNames: ['Given'] })).toEqual([
      "UNKNOWN_ERROR_NAME: No error is named 'Unknown'. at /States/A/Catch[0]/ErrorEquals[2]",
      typo,
    ]);
    expect(warnings(machine('Mine'))).toEqual([typo]);
    expect(warnings(machine('{% $states.input.error %}'), { errorNames: [] })).toEqual([typo]);
  });

  it('states that only lead to each other, and a delay that never grows', () => {
    const island = { B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Pass', Next: 'B' } };
    expect(warnings(jsonata({ A: done, ...island })).map((text) => text.slice(0, 15))).toEqual([
      'UNREACHED_STATE',
      'UNREACHED_STATE',
    ]);
    const retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxDelaySeconds: 5 }];
    expect(warnings(jsonata({ A: { ...task, Retry: retry, ...end } }))[0]).toMatch(/^DELAY_NEVER_GROWS/);
  });
});
