import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closedAsNames } from '../../shared/domain/explaining.ts';
import { proceedingNames } from '../../shared/domain/holding.ts';
import { recallCauseNames, receivedByNames, recipientStateNames } from '../../shared/domain/recalling.ts';
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
    words.urgencyNames,
    words.enquiryQuestionNames,
    words.rightNames,
    words.correctionNames,
    receivedByNames,
    recallCauseNames,
    recipientStateNames,
    proceedingNames,
    closedAsNames,
    words.roleNames,
    words.purposeNames,
    words.dutyChannelNames,
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
    expect(testsIn('safeguards.md').flatMap(({ titles }) => titles).length).toBeGreaterThan(20);
  });
});

/** The files of tests that a document names, each with the titles that follow it. */
const testsIn = (name: string) =>
  [
    ...doc(name)
      .replaceAll(/\s+/g, ' ')
      .matchAll(/`(test\/[^`]+\.test\.ts)`((?:,? “[^”]+”)*)/g),
  ].map(([, file = '', titles = '']) => ({
    file,
    titles: [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title),
  }));

describe('the threat model', () => {
  const named = [...testsIn('threat-model.md'), ...testsIn('safeguards.md')];

  it('works through the ten of OWASP, each with what it means here, what holds it, its tests, and what is left', () => {
    const chapters = doc('threat-model.md')
      .split(/^### (?=API\d+ )/m)
      .slice(1);
    expect(chapters.map((one) => one.split(' ')[0])).toEqual(Array.from({ length: 10 }, (_, i) => `API${i + 1}`));
    for (const chapter of chapters) {
      for (const part of ['**Here:**', '**Held by:**', '**Left:**']) expect(chapter).toContain(part);
      expect(chapter).toMatch(/^- \*\*Tests:\*\* `test\/[^`]+\.test\.ts`/m);
    }
  });

  it.each([
    ...new Set(named.map(({ file }) => file)),
  ])('and the safeguards name %s, which is there, with those tests', (file) => {
    expect(existsSync(join(house, file))).toBe(true);
    const tests = readFileSync(join(house, file), 'utf8');
    for (const title of named.filter((one) => one.file === file).flatMap(({ titles }) => titles)) {
      expect(tests).toContain(`it('${title}'`);
    }
  });
});

it('every file that a document names is there', () => {
  const documents = ['../README.md', ...readdirSync(join(house, 'docs')).filter((file) => file.endsWith('.md'))];
  for (const file of documents) {
    const folder = join(house, 'docs', file, '..');
    for (const [, target = ''] of doc(file).matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      expect(existsSync(join(folder, target)), `${file}: ${target}`).toBe(true);
    }
    const paths = doc(file).matchAll(
      /`((?:functions|shared|infra|local|scripts|docs|test)\/[\w./-]+\.(?:ts|md|json))`/g,
    );
    for (const [, path = ''] of paths) expect(existsSync(join(house, path)), `${file}: ${path}`).toBe(true);
  }
});

it('every decision says what was decided and why', () => {
  for (const file of readdirSync(join(house, 'docs/decisions'))) {
    const text = doc(`decisions/${file}`);
    expect(text, file).toContain('**Decided.**');
    expect(text, file).toContain('**Why.**');
  }
});
