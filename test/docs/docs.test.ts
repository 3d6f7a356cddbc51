import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../shared/domain/rules.ts';
import { noticeKinds } from '../../shared/domain/state.ts';
import * as words from '../../shared/domain/words.ts';

const house = join(import.meta.dirname, '../..');
const doc = (name: string) => readFileSync(join(house, 'docs', name), 'utf8');

describe('the glossary', () => {
  const glossary = doc('glossary.md');
  const tables = [
    words.levelNames,
    words.channelNames,
    words.disputeTypeNames,
    words.taskKindNames,
    words.measureKindNames,
  ];

  it('has every word of the domain in both languages', () => {
    for (const [word, { zh, en }] of tables.flatMap((table) => Object.entries(table))) {
      expect(glossary).toContain(`| \`${word}\` | ${zh} | ${en} |`);
    }
    for (const word of noticeKinds) expect(glossary).toContain(`| \`${word}\` |`);
  });

  it('and every action that a case allows', () => {
    const state = { subject: 'case', status: 'carrying-out' } as Parameters<typeof allowedActions>[0];
    for (const word of allowedActions(state)) expect(glossary).toContain(`| \`${word}\` |`);
  });
});

describe('the safeguards', () => {
  const rows = doc('safeguards.md')
    .split('\n')
    .filter((line) => /^\| S\d+ /.test(line));

  it('are all there, each with tests that exist or the word missing', () => {
    expect(rows.map((row) => row.split(' ')[1])).toEqual(Array.from({ length: 15 }, (_, i) => `S${i + 1}`));
    for (const row of rows) {
      const tests = [...row.matchAll(/`(test\/[^`]+\.ts)`/g)].map(([, file = '']) => file);
      expect(tests.length > 0 || row.includes('**missing**'), row).toBe(true);
      for (const file of tests) expect(existsSync(join(house, file)), file).toBe(true);
    }
  });
});

it('every decision says what was decided and why', () => {
  for (const file of readdirSync(join(house, 'docs/decisions'))) {
    const text = doc(`decisions/${file}`);
    expect(text, file).toContain('**Decided.**');
    expect(text, file).toContain('**Why.**');
  }
});
