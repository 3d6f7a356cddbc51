import { globSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { documentText, generated, notCurrent, write } from '../../scripts/contract.ts';
import { problemsOf } from '../../shared/api/answers.ts';
import { operations } from '../../shared/api/index.ts';
import type { Operation } from '../../shared/api/operation.ts';
import { problems, problemTypes } from '../../shared/api/problems.ts';
import { linted } from '../support/linter.ts';

const house = join(import.meta.dirname, '../..');
const all: [string, Operation][] = Object.entries(operations);
const document = JSON.parse(documentText(operations));

describe('what is written from the contract', () => {
  it('is current; else: npm run contract', () => {
    expect(notCurrent(generated)).toEqual([]);
  });

  it('is named when it is missing or was edited, and written by the command', () => {
    const root = mkdtempSync(join(tmpdir(), 'contract-'));
    const file = { file: 'docs/one.md', content: () => 'one\n' };
    expect(notCurrent([file], root)).toEqual(['docs/one.md']);
    write([file], root);
    expect(notCurrent([file], root)).toEqual([]);
    expect(notCurrent([{ ...file, content: () => 'two\n' }], root)).toEqual(['docs/one.md']);
  });
});

describe('the document', () => {
  it('passes the linter without an error or a warning', async () => {
    expect(await linted(documentText(operations))).toEqual([]);
  });

  it('does not pass with an example that its schema refuses', async () => {
    const broken = documentText(operations).replace('"status": 429,', '"status": "429",');
    expect(await linted(broken)).toContainEqual(expect.stringMatching(/^no-invalid-media-type-examples /));
  });
});

describe.each(all)('%s', (id, one) => {
  const said = document.paths[one.path][one.method.toLowerCase()];

  it('has its name, summary in both languages, chapter and security', () => {
    expect(said.operationId).toBe(id);
    expect(one.summary.zh).toMatch(/\p{Script=Han}/u);
    expect(one.summary.en).toMatch(/^[A-Z]/);
    expect(said.summary).toBe(`${one.summary.zh} / ${one.summary.en}`);
    expect(said.tags).toHaveLength(1);
    expect(said.security).toEqual(one.kind === 'public' ? [] : [{ token: [] }]);
  });

  it('shows examples that its schemas accept', () => {
    const parts: [string, z.ZodType | undefined, unknown][] = [
      ['params', one.params, one.examples.params],
      ['query', one.query, one.examples.query ?? {}],
      ['body', one.body, one.examples.body],
      ['reply', one.reply, one.examples.reply],
    ];
    for (const [part, schema, example] of parts) {
      if (schema) expect(schema.safeParse(example).error, part).toBeUndefined();
      else expect(example ?? {}, part).toEqual({});
    }
  });

  it('declares every problem that it may answer', () => {
    const statuses = problemsOf(one).map((type) => String(problems[type].status));
    const refusals = Object.keys(said.responses).filter((status) => Number(status) >= 400);
    expect(refusals).toEqual([...new Set(statuses)].sort());
    expect(said.responses).toHaveProperty(String(one.status));
  });
});

it('docs/problems.md has every type with its status', () => {
  const text = readFileSync(join(house, 'docs/problems.md'), 'utf8');
  for (const type of problemTypes) expect(text).toContain(`| \`${type}\` | ${problems[type].status} |`);
});

it('no function carries the generator: only scripts and tests import it', () => {
  const files = globSync('{functions,shared,local}/**/*.ts', { cwd: house });
  const importing = files.filter((file) =>
    /'zod-openapi'|\/document\.ts'/.test(readFileSync(join(house, file), 'utf8')),
  );
  expect(importing).toEqual([join('shared', 'api', 'document.ts')]);
});
