import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkDefinition } from '../../local/stepfunctions/language/check.ts';
import { stages } from '../../shared/domain/stages.ts';
import * as errors from '../../shared/errors.ts';

const folder = join(import.meta.dirname, '../../statemachines');

const rule = z.object({
  ErrorEquals: z.array(z.string()),
  Next: z.string().optional(),
  MaxAttempts: z.number().optional(),
});
interface State {
  Type: string;
  Comment?: string | undefined;
  Resource?: string | undefined;
  TimeoutSeconds?: unknown;
  Next?: string | undefined;
  End?: boolean | undefined;
  Retry?: z.infer<typeof rule>[] | undefined;
  Catch?: z.infer<typeof rule>[] | undefined;
  Choices?: { Next: string; Condition: string }[] | undefined;
  Default?: string | undefined;
  ItemProcessor?: { StartAt: string; States: Record<string, State> } | undefined;
}
const state: z.ZodType<State> = z.lazy(() =>
  z.object({
    Type: z.string(),
    Comment: z.string().optional(),
    Resource: z.string().optional(),
    TimeoutSeconds: z.unknown().optional(),
    Next: z.string().optional(),
    End: z.boolean().optional(),
    Retry: z.array(rule).optional(),
    Catch: z.array(rule).optional(),
    Choices: z.array(z.object({ Next: z.string(), Condition: z.string() })).optional(),
    Default: z.string().optional(),
    ItemProcessor: z.object({ StartAt: z.string(), States: z.record(z.string(), state) }).optional(),
  }),
);
const definition = z.object({
  StartAt: z.string(),
  QueryLanguage: z.literal('JSONata'),
  States: z.record(z.string(), state),
});

const machines = readdirSync(folder)
  .filter((file) => file.endsWith('.asl.json'))
  .map((file) => ({ file, ...definition.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))) }));

const inside = (states: Record<string, State>): [string, State][] =>
  Object.entries(states).flatMap(([name, s]) => [
    [name, s] as [string, State],
    ...(s.ItemProcessor ? inside(s.ItemProcessor.States) : []),
  ]);

/** Names that AWS gives; every other one must be an error of ours. */
const theirs = /^(States|Lambda|DynamoDb|StepFunctions|SNS|Sandbox)\./;
const ours = new Set(Object.values(errors).flatMap((value) => (typeof value === 'function' ? [value.name] : [])));

describe.each(machines)('$file', ({ file, States }) => {
  const all = inside(States);

  it('has at most 15 top-level states, each with a sentence for an administrator', () => {
    expect(Object.keys(States).length).toBeLessThanOrEqual(15);
    for (const [name, { Comment }] of all) {
      expect(name, name).toMatch(/^[A-Z][A-Za-z ?-]+$/);
      expect(Comment, name).toMatch(/\p{Script=Han}/u);
    }
  });

  const text = readFileSync(join(folder, file), 'utf8').replace(/\$\{Partition\}/g, 'aws-cn');

  it('gives the engine nothing to refuse or to warn of', () => {
    const { diagnostics } = checkDefinition(text, { errorNames: [...ours] });
    expect(diagnostics).toEqual([]);
  });

  it('is what the published schema of the language allows', () => {
    expect(validate(JSON.parse(text)).errors).toEqual([]);
  });

  it('retries and catches in every Task, and bounds every wait', () => {
    for (const [name, s] of all.filter(([, { Type }]) => Type === 'Task')) {
      expect(s.Retry?.length, name).toBeGreaterThan(0);
      expect(s.Catch?.at(-1)?.ErrorEquals, name).toEqual(['States.ALL']);
      expect(s.TimeoutSeconds, name).toBeDefined();
    }
  });

  it('parks on throttling only: a late duplicate would store a dead token', () => {
    for (const [name, s] of all.filter(([, { Resource }]) => Resource?.endsWith('.waitForTaskToken'))) {
      for (const { ErrorEquals } of s.Retry ?? []) {
        for (const error of ErrorEquals) expect(error, name).toMatch(/Throttling|ThroughputExceeded|LimitExceeded/);
      }
    }
  });

  it('names only errors that exist', () => {
    const named = all.flatMap(([, s]) => [...(s.Retry ?? []), ...(s.Catch ?? [])].flatMap((r) => r.ErrorEquals));
    for (const error of named) expect(theirs.test(error) || ours.has(error), error).toBe(true);
  });

  it('is explained beside it: why, timing, if it runs twice, if it fails', () => {
    const text = readFileSync(join(folder, file.replace('.asl.json', '.md')), 'utf8');
    for (const heading of ['**Why.**', '**Timing.**', '**If it runs twice.**', '**If it fails.**']) {
      expect(text).toContain(heading);
    }
  });
});

it('the lifecycle knows every stage of the domain', () => {
  const choices = machines.find(({ file }) => file.startsWith('lifecycle'))?.States['What comes next?']?.Choices ?? [];
  const known = choices.map(({ Condition }) => /'([a-z-]+)'/.exec(Condition)?.[1]);
  expect(known).toEqual([...stages, 'superseded', 'closed']);
});
