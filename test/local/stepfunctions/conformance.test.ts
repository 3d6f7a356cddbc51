import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conform, type Result } from '../../../local/stepfunctions/conformance/conform.ts';
import { filesIn } from '../../../local/stepfunctions/conformance/files.ts';
import type { Grade } from '../../../local/stepfunctions/conformance/history.ts';
import { isObject, type JsonObject } from '../../../local/stepfunctions/conformance/values.ts';

const root = join(import.meta.dirname, '../../..');
const data = join(root, 'test/asl-conformance');
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  code: number | null;
  out: string[];
  err: string;
}

/** `npm run conformance -- ...` */
const conformance = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const run = join(root, 'local/stepfunctions/conformance/run.ts');
    const child = execFile(process.execPath, [run, ...args], (_, stdout, stderr) =>
      resolve({ code: child.exitCode, out: stdout.trim().split('\n'), err: stderr.trim() }),
    );
  });

async function resultsOf(files: readonly string[], limit?: number): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of conform(files, {}, limit)) results.push(result);
  return results;
}

function read(id: string): JsonObject {
  const value: unknown = JSON.parse(readFileSync(join(data, 'scenarios', `${id}.json`), 'utf8'));
  if (!isObject(value)) throw new TypeError(`${id} is no object`);
  return value;
}

function write(name: string, value: unknown): string {
  const file = join(folder, `${name}.json`);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
  return file;
}

// ---- corruptions ----------------------------------------------------------------------------------------------------

type Change = (value: unknown) => unknown;

/** The value with what is at a path (`expected/history/3/id`) changed; a field that becomes undefined is gone. */
function changed(value: unknown, path: string, change: Change): unknown {
  if (path === '') return change(value);
  const [first = '', ...rest] = path.split('/');
  const inner = rest.join('/');
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === first ? changed(item, inner, change) : item));
  if (!isObject(value)) throw new TypeError(`nothing at ${path}`);
  return { ...value, [first]: changed(value[first], inner, change) };
}

const to =
  (value: unknown): Change =>
  (old) => {
    expect(value, 'a corruption must change something').not.toEqual(old);
    return value;
  };

const list =
  (change: (items: unknown[]) => unknown[]): Change =>
  (old) =>
    Array.isArray(old) ? change(old) : [];

const history = 'expected/history';
const headers = `${history}/4/taskSucceededEventDetails/output/SdkHttpMetadata/HttpHeaders`;

/** What is wrong, in which scenario, where, and how; and the last step of the comparison that must not notice. */
const corruptions: readonly [what: string, id: string, path: string, change: Change, reached: Grade | 'nothing'][] = [
  ['the status', 'arguments.base_cases.BASE_LAMBDA_EMPTY', 'expected/status', to('FAILED'), 'nothing'],
  ['a value of the output', 'base_evaluate_expressions.base_map.ITEMS', 'expected/output/1', to(20), 'nothing'],
  ['a number as a text', 'output.base_output_any_non_dict.FLOAT', 'expected/output', String, 'nothing'],
  [
    'the order of the output',
    'base_scenarios.map_state_items_eval_jsonata.mixed',
    'expected/output',
    list((items) => items.toReversed()),
    'nothing',
  ],
  ['null for nothing', 'output.base_output_any_non_dict.NULL', 'expected/output', to(undefined), 'nothing'],
  [
    'the error',
    'assign_reference_variables.undefined_reference.BASE_UNDEFINED_OUTPUT',
    'expected/error',
    to('States.Runtime'),
    'nothing',
  ],
  ['the cause', 'base_scenarios.fail_cause_jsonata', 'expected/cause', to('This failed.'), 'nothing'],
  [
    'one token for two texts',
    'error_output.map_catch_error.MAP_CATCH_ERROR_VARIABLE_SAMPLING',
    'expected/output/1/Cause',
    (cause) => String(cause).replace('<uuid:2>', '<uuid:1>'),
    'nothing',
  ],
  [
    'two tokens for one text, of which the first is taken',
    'error_output.task_catch_error_output.TASK_CATCH_ERROR_OUTPUT',
    `${history}/5/stateExitedEventDetails/output/stateError/Cause`,
    (cause) => String(cause).replace('<uuid:1>', 'no-<uuid:1>'),
    'ids',
  ],
  [
    'the type of an event',
    'array_jsonata.array_partition.run0',
    `${history}/1/type`,
    to('TaskStateEntered'),
    'status and output',
  ],
  [
    'a missing event',
    'array_jsonata.array_range.run0',
    history,
    list((items) => items.slice(0, -1)),
    'status and output',
  ],
  [
    'an event too many',
    'json_manipulation_jsonata.parse.run0',
    history,
    list((items) => [...items, items.at(-1)]),
    'status and output',
  ],
  [
    'two events the other way round',
    'base_query_language.base_query_language_field.JSONATA',
    history,
    list(([first, second, ...more]) => [second, first, ...more]),
    'status and output',
  ],
  ['an id', 'json_manipulation_jsonata.parse.run1', `${history}/2/id`, to(4), 'event types'],
  [
    'a previousEventId',
    'base_evaluate_expressions.base_map_from_input.TOLERATED_FAILURE_COUNT',
    `${history}/2/previousEventId`,
    to(1),
    'event types',
  ],
  [
    'a detail',
    'base_scenarios.map_state_item_selector.MAP_STATE_ITEM_SELECTOR_JSONATA',
    `${history}/4/mapStateStartedEventDetails/length`,
    to(3),
    'ids',
  ],
  [
    'an assigned variable',
    'assign_base.assign_in_choice.CONDITION_FALSE',
    `${history}/2/stateExitedEventDetails/assignedVariables/Assignment`,
    to('Another Assignment'),
    'ids',
  ],
  [
    'a field that is not there',
    'output.output_in_choice.CONDITION_TRUE',
    `${history}/0/executionStartedEventDetails/stateMachineAliasArn`,
    to('arn'),
    'ids',
  ],
  [
    'a field too few',
    'output.base_task_lambda.BASE_TASK_LAMBDA',
    `${history}/4/taskSucceededEventDetails/output/SdkResponseMetadata`,
    to(undefined),
    'ids',
  ],
  [
    'a header too few',
    'base_evaluate_expressions.base_task.TIMEOUT_SECONDS',
    `${headers}/Content-Type`,
    to(undefined),
    'ids',
  ],
];

describe('a wrong expectation', () => {
  it('is found wherever it is: 20 scenarios pass, and fail with one value of each corrupted', async () => {
    for (const [what, id, path, change] of corruptions) {
      const scenario = read(id);
      const corrupt = changed(scenario, path, change);
      expect(corrupt, what).not.toEqual(scenario);
      write(`good/scenarios/${id}`, scenario);
      write(`bad/scenarios/${id}`, corrupt);
    }
    const good = await conformance(join(folder, 'good'));
    expect(good.out).toEqual([
      'JSONata: 20 passed, 0 failed',
      'JSONPath: 0 passed, 0 failed',
      'mixed: 0 passed, 0 failed',
      '20 passed, 0 failed, 0 skipped',
    ]);
    expect(good.code).toBe(0);

    const json = join(folder, 'bad.out');
    const bad = await conformance(join(folder, 'bad'), '--json', json);
    expect(bad.out.at(-1)).toBe('0 passed, 20 failed, 0 skipped');
    expect(bad.code).toBe(1);
    const told: { files: { id: string; reached: string }[] } = JSON.parse(readFileSync(json, 'utf8'));
    const reached = new Map(told.files.map((file) => [file.id, file.reached]));
    for (const [what, id, , , expected] of corruptions) {
      expect(reached.get(id), what).toBe(expected);
      expect(
        bad.out.filter((line) => line.startsWith(`FAILED ${id} `)),
        what,
      ).toHaveLength(1);
    }
  });
});

describe('the runner', () => {
  it('says in one sentence what is wrong with how it was called, and ends with 2', async () => {
    const calls = [[], [data, data], [join(data, 'nowhere')], [data, '--language', 'Python'], [data, '--fast']];
    for (const call of [...calls, [data, '--only', 'no scenario is called that']]) {
      const { code, out, err } = await conformance(...call);
      expect([code, ...out], call.join(' ')).toEqual([2, '']);
      expect(err, call.join(' ')).toMatch(/^[^\n]+$/);
    }
  });

  it('takes a folder of one kind, a part of an id, and a language', async () => {
    const { out } = await conformance(join(data, 'scenarios'), '--only', 'fail_cause', '--language', 'JSONata');
    expect(out.at(-1)).toBe('1 passed, 0 failed, 0 skipped');
  });

  it('skips what it does not know, and says so', async () => {
    const files = [
      write('odd/song', { id: 'song', kind: 'song', queryLanguage: 'JSONata' }),
      write('odd/none', 'none'),
    ];
    writeFileSync(join(folder, 'odd/broken.json'), '{');
    const { out, code } = await conformance(join(folder, 'odd'));
    expect(out.filter((line) => line.startsWith('SKIPPED'))).toHaveLength(files.length + 1);
    expect([out.at(-1), code]).toEqual(['0 passed, 0 failed, 3 skipped', 0]);
  });

  const scenario = (id: string, States: JsonObject, status = 'SUCCEEDED') => ({
    id,
    kind: 'execution',
    queryLanguage: 'JSONata',
    workflowType: 'STANDARD',
    definition: { QueryLanguage: 'JSONata', StartAt: 'A', States },
    input: {},
    expected: { status, output: {} },
  });

  it('counts as failed what is refused, what never ends, and what hangs; and goes on', async () => {
    const endless = '{% ($f := function($x) { $f($x) }; $f(1)) %}';
    const sent = { QueueUrl: 'queue', MessageBody: '{% $states.context.Task.Token %}' };
    const waits = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Arguments: sent };
    const results = await resultsOf(
      [
        write('refused', scenario('refused', { A: { Type: 'Pass', Next: 'Nowhere' } })),
        write('unanswered', scenario('unanswered', { A: { ...waits, End: true } })),
        write('hangs', scenario('hangs', { A: { Type: 'Pass', Output: endless, End: true } })),
        write('fine', scenario('fine', { A: { Type: 'Pass', End: true } })),
      ],
      1500,
    );
    const verdicts = results.map((result) => ('id' in result ? [result.id, result.passed] : result));
    expect(verdicts).toEqual([
      ['refused', false],
      ['unanswered', false],
      ['hangs', false],
      ['fine', true],
    ]);
    expect(results[0]).toMatchObject({ difference: expect.stringContaining('InvalidDefinition') });
  });
});

// ---- the whole set --------------------------------------------------------------------------------------------------

/** JSONata cases that this engine does not pass, each with the reason why that is right or bearable. */
const knownFailures: Readonly<Record<string, string>> = {};

describe('what AWS recorded', () => {
  let results: Result[] = [];
  beforeAll(async () => {
    results = await resultsOf(filesIn(data));
  });

  it('is all understood: no file is skipped', () => {
    expect(results).toHaveLength(320 + 37 + 106 + 16);
    expect(results.filter((result) => 'skipped' in result)).toEqual([]);
  });

  it('every JSONata scenario, TestState call and definition passes', () => {
    const jsonata = results.filter((result) => 'language' in result && result.language === 'JSONata');
    expect(jsonata.length).toBeGreaterThan(120);
    const failures = jsonata.flatMap((result) => ('id' in result && !result.passed ? [result.id] : []));
    expect(failures.toSorted()).toEqual(Object.keys(knownFailures).toSorted());
  });
});
