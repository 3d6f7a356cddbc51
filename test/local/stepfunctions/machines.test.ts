import { describe, expect, it } from 'vitest';
import {
  end,
  lambda,
  machineArn,
  numbers,
  pages,
  pass,
  refuses,
  roleArn,
  states,
  succeed,
  text,
  told,
  World,
  wait,
} from './world.ts';

const day = 86_400_000;

describe('a state machine', () => {
  const create = (world: World, name: string, more: object = {}) =>
    world.call('CreateStateMachine', { name, definition: text({ A: succeed }), roleArn, ...more });

  it('is created once: the same again is no change, anything else is refused', async () => {
    const world = new World();
    const made = await create(world, 'm');
    expect(made).toEqual({ stateMachineArn: machineArn('m'), creationDate: world.now / 1000 });
    world.now += day;
    expect(await create(world, 'm')).toEqual(made);
    expect(await create(world, 'm', { roleArn: `${roleArn}2`, tags: [{ key: 'a', value: 'b' }] })).toEqual(made);
    const other = create(world, 'm', { definition: text({ A: pass() }) });
    await expect(other).rejects.toMatchObject(refuses('StateMachineAlreadyExists', machineArn('m')));
    expect((await world.call('DescribeStateMachine', made)).roleArn).toBe(roleArn);
  });

  it.each([
    ['a name that AWS would not take', { name: 'a b' }, 'InvalidName'],
    ['a role that is none', { roleArn: 'arn:aws:s3:::x' }, 'InvalidArn'],
    ['no JSON', { definition: '{' }, 'InvalidDefinition'],
    ['an unknown target', { definition: text({ A: { Type: 'Pass', Next: 'B' } }) }, 'InvalidDefinition', 'B'],
    [
      'a broken expression',
      { definition: text({ A: pass({ Output: '{% 1 + %}' }) }) },
      'InvalidDefinition',
      '/States/A/Output',
    ],
    ['a field of another state', { definition: text({ A: pass({ Seconds: 3 }) }) }, 'InvalidDefinition', "'Seconds'"],
    [
      'an integration that is not served',
      {
        definition: text({
          A: { Type: 'Task', Resource: `${states}glue:startJobRun`, Arguments: { JobName: 'j' }, ...end },
        }),
      },
      'InvalidDefinition',
      "'glue:startJobRun'",
    ],
    [
      'a state in JSONPath',
      { definition: text({ A: pass({ QueryLanguage: 'JSONPath' }) }) },
      'InvalidDefinition',
      'JSONPath',
    ],
    ['an Express machine', { type: 'EXPRESS' }, 'InvalidDefinition', 'Express'],
    ['too many tags', { tags: numbers(51).map((n) => ({ key: `k${n}`, value: '' })) }, 'TooManyTags'],
    ['what the model forbids', { type: 'FAST' }, 'ValidationException', "'FAST' at 'type'"],
  ])('is refused for %s', async (_, more, name, says?: string) => {
    const world = new World();
    await expect(create(world, 'm', more)).rejects.toMatchObject(refuses(name, says));
    expect(await world.call('ListStateMachines', {})).toEqual({ stateMachines: [] });
  });

  it('is described, with its definition or without', async () => {
    const world = new World();
    await create(world, 'm');
    const all = await world.call('DescribeStateMachine', { stateMachineArn: machineArn('m') });
    expect(all).toMatchObject({
      stateMachineArn: machineArn('m'),
      name: 'm',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: text({ A: succeed }),
      roleArn,
      creationDate: world.now / 1000,
    });
    const { definition, ...metadata } = all;
    const request = { stateMachineArn: machineArn('m'), includedData: 'METADATA_ONLY' };
    expect(await world.call('DescribeStateMachine', request)).toEqual(metadata);
    const nobody = world.call('DescribeStateMachine', { stateMachineArn: machineArn('nobody') });
    await expect(nobody).rejects.toMatchObject(refuses('StateMachineDoesNotExist', 'nobody'));
  });

  it('that is updated leaves running executions as they are; new ones follow the new definition and role', async () => {
    const world = new World();
    const role2 = 'arn:aws-cn:iam::000000000000:role/second';
    const arn = await world.machine('m', { W: wait(60, { Next: 'L' }), L: lambda('old') });
    const before = await world.call('DescribeStateMachine', { stateMachineArn: arn });
    const first = await world.start(arn, {}, 'first');
    await world.engine.settled();
    world.now += 1000;
    const definition = text({ L: lambda('new') });
    const updated = await world.call('UpdateStateMachine', { stateMachineArn: arn, definition, roleArn: role2 });
    expect(updated).toEqual({ updateDate: world.now / 1000, revisionId: expect.any(String) });
    expect(updated.revisionId).not.toBe(before.revisionId);
    const second = await world.start(arn, {}, 'second');
    await world.pass();
    expect(world.calls).toEqual(['new', 'old']);
    expect(world.roles).toEqual([role2, roleArn]);

    const of = async (execution: string) => {
      const { roleArn: role, definition: shown } = await world.call('DescribeStateMachineForExecution', {
        executionArn: execution,
      });
      return [role, shown];
    };
    expect(await of(first)).toEqual([roleArn, before.definition]);
    expect(await of(second)).toEqual([role2, definition]);
    const [started] = told(await world.history(second), 'ExecutionStarted');
    expect(started?.roleArn).toBe(role2);
    const metadata = { executionArn: first, includedData: 'METADATA_ONLY' };
    expect(await world.call('DescribeStateMachineForExecution', metadata)).not.toHaveProperty('definition');
  });

  it('is updated in part, not to what is wrong, and not with nothing', async () => {
    const world = new World();
    const arn = await world.machine('m', { A: succeed });
    const update = (more: object) => world.call('UpdateStateMachine', { stateMachineArn: arn, ...more });
    const revision = async () => (await world.call('DescribeStateMachine', { stateMachineArn: arn })).revisionId;
    const first = await revision();
    await update({ roleArn: `${roleArn}2` });
    expect(await world.call('DescribeStateMachine', { stateMachineArn: arn })).toMatchObject({
      definition: text({ A: succeed }),
      roleArn: `${roleArn}2`,
    });
    expect(await revision()).not.toBe(first);
    const second = await revision();
    await expect(update({ definition: '{}' })).rejects.toMatchObject(refuses('InvalidDefinition'));
    await expect(update({ roleArn: 'nobody' })).rejects.toMatchObject(refuses('InvalidArn'));
    await expect(update({})).rejects.toMatchObject(refuses('MissingRequiredParameter'));
    expect(await revision()).toBe(second);
    await update({ tracingConfiguration: { enabled: false } });
    const nobody = world.call('UpdateStateMachine', { stateMachineArn: machineArn('nobody'), roleArn });
    await expect(nobody).rejects.toMatchObject(refuses('StateMachineDoesNotExist'));
  });

  it('that is deleted takes its running executions with it; what is over can still be read', async () => {
    const world = new World();
    const arn = await world.machine('m', { W: wait(60) });
    const over = await world.start(arn, {}, 'over');
    await world.pass();
    const running = await world.start(arn, {}, 'running');
    await world.engine.settled();
    expect(await world.call('DeleteStateMachine', { stateMachineArn: arn })).toEqual({});
    expect(await world.ended(running)).toEqual({ status: 'ABORTED' });
    expect((await world.types(running)).at(-1)).toBe('ExecutionAborted');
    expect(await world.ended(over)).toEqual({ status: 'SUCCEEDED', output: {} });
    expect(world.engine.nextTimer()).toBeUndefined();
    expect(await world.call('ListStateMachines', {})).toEqual({ stateMachines: [] });
    const gone = refuses('StateMachineDoesNotExist', arn);
    await expect(world.start(arn, {}, 'more')).rejects.toMatchObject(gone);
    await expect(world.call('DescribeStateMachine', { stateMachineArn: arn })).rejects.toMatchObject(gone);
    await expect(world.call('ListExecutions', { stateMachineArn: arn })).rejects.toMatchObject(gone);
    expect(await world.call('DeleteStateMachine', { stateMachineArn: arn })).toEqual({});
  });

  it('that is deleted at once takes with it what was started the moment before', async () => {
    const world = new World();
    const arn = await world.machine('m', { W: wait(60) });
    const [execution] = await Promise.all([
      world.start(arn),
      world.call('DeleteStateMachine', { stateMachineArn: arn }),
    ]);
    await world.pass();
    expect(await world.ended(execution)).toEqual({ status: 'ABORTED' });
  });

  it('is listed with the others, page by page, each once', async () => {
    const world = new World();
    for (const n of numbers(7)) await create(world, `m${n}`);
    const all = await pages(world, 'ListStateMachines', { maxResults: 3 }, 'stateMachines');
    expect(all.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(all.flat()).toHaveLength(7);
    expect(all.flat()[0]).toEqual({
      stateMachineArn: machineArn('m0'),
      name: 'm0',
      type: 'STANDARD',
      creationDate: world.now / 1000,
    });
    const wrong = world.call('ListStateMachines', { nextToken: 'made up' });
    await expect(wrong).rejects.toMatchObject(refuses('InvalidToken', 'made up'));
  });

  it('has tags, fifty at most', async () => {
    const world = new World();
    const resourceArn = machineArn('m');
    await create(world, 'm', { tags: [{ key: 'city', value: '和解' }] });
    const tags = async () => (await world.call('ListTagsForResource', { resourceArn })).tags;
    const tag = (count: number, from = 0) =>
      world.call('TagResource', {
        resourceArn,
        tags: numbers(count).map((n) => ({ key: `k${n + from}`, value: `${n}` })),
      });
    await world.call('TagResource', { resourceArn, tags: [{ key: 'city', value: 'other' }, { key: 'bare' }] });
    expect(await tags()).toEqual([
      { key: 'city', value: 'other' },
      { key: 'bare', value: '' },
    ]);
    await tag(48);
    expect(await tags()).toHaveLength(50);
    await expect(tag(1, 48)).rejects.toMatchObject(refuses('TooManyTags', resourceArn));
    await tag(48);
    await world.call('UntagResource', { resourceArn, tagKeys: ['city', 'k0', 'nothing'] });
    expect(await tags()).toHaveLength(48);
    const nobody = world.call('ListTagsForResource', { resourceArn: machineArn('nobody') });
    await expect(nobody).rejects.toMatchObject(refuses('ResourceNotFound', 'nobody'));
  });
});

describe('a definition', () => {
  const validate = (definition: string, more: object = {}) =>
    new World().call('ValidateStateMachineDefinition', { definition, ...more });
  const ask = {
    Type: 'Task',
    Resource: `${states}sqs:sendMessage.waitForTaskToken`,
    Arguments: { QueueUrl: 'q', MessageBody: 'b' },
    ...end,
  };

  it('is validated: what is wrong is told, what may be a mistake when it is asked for', async () => {
    expect(await validate(text({ A: succeed }))).toEqual({ result: 'OK', diagnostics: [], truncated: false });
    const wrong = await validate(text({ A: { Type: 'Pass', Next: 'B' } }));
    expect(wrong).toEqual({
      result: 'FAIL',
      truncated: false,
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'MISSING_TRANSITION_TARGET',
          message: "Missing 'Next' target: B",
          location: '/States/A/Next',
        },
        { severity: 'ERROR', code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' },
      ],
    });
    const warned = text({ A: ask });
    expect(await validate(warned)).toMatchObject({ result: 'OK', diagnostics: [] });
    expect(await validate(warned, { severity: 'ERROR' })).toMatchObject({ result: 'OK', diagnostics: [] });
    expect(await validate(warned, { severity: 'WARNING' })).toMatchObject({
      result: 'OK',
      diagnostics: [{ severity: 'WARNING', code: 'CALLBACK_WITHOUT_TIMEOUT', location: '/States/A' }],
    });
  });

  it('is told no more faults of than asked for', async () => {
    const States = Object.fromEntries(numbers(5).map((n) => [`S${n}`, { Type: 'Pass', Next: `missing ${n}` }]));
    const { diagnostics, truncated } = await validate(text(States), { maxResults: 2 });
    expect([diagnostics, truncated]).toEqual([[expect.anything(), expect.anything()], true]);
  });
});
