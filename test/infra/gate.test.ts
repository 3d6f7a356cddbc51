/** The gate (S15): a city that has not settled who answers for it, on what law, and when it ends, is not synthesized. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import type { Gate } from '../../infra/gate.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { CityInvalid } from '../../shared/config/city.ts';
import { cityFile } from '../support/city.ts';

const house = join(import.meta.dirname, '../..');
const { governance } = cityFile;
const assessment = '影响评估 The assessment\n';
const law = '法律依据 The law\n';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const settled = {
  ...governance,
  impactAssessment: { ...governance.impactAssessment, sha256: sha256(assessment) },
  legalBasis: { ...governance.legalBasis, sha256: sha256(law) },
};

/** What is refused, as path, value, allowed. */
function refusals(given: unknown, gate: Gate, more: object = {}): [string, unknown, string][] {
  return refusalsOf(JSON.stringify({ ...cityFile, ...more, governance: given }), gate);
}
function refusalsOf(text: string, gate: Gate): [string, unknown, string][] {
  const cities = mkdtempSync(join(tmpdir(), 'cities-'));
  mkdirSync(join(cities, 'lakeside'));
  writeFileSync(join(cities, settled.impactAssessment.document), assessment);
  writeFileSync(join(cities, settled.legalBasis.document), law);
  writeFileSync(join(cities, 'lakeside.json'), text);
  // Nothing is bundled where the gate refuses: there are no functions in this folder.
  const functions = mkdtempSync(join(tmpdir(), 'no functions '));
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk-')), analyticsReporting: false });
  try {
    synthesize(app, { cities, functions, definitions: join(house, 'statemachines'), gate: () => gate });
  } catch (error) {
    if (error instanceof CityInvalid) return error.faults.map(({ path, value, allowed }) => [path, value, allowed]);
    return [['let in', undefined, '']];
  }
  return [['let in', undefined, '']];
}
const pathsOf = (given: unknown, gate: Gate, more?: object) => refusals(given, gate, more).map(([path]) => path);
const letIn = ['let in'];
const freshly: Gate = { today: '2026-01-05' };

describe('the gate', () => {
  it('lets in a city that has settled all of it', () => {
    expect(pathsOf(settled, freshly)).toEqual(letIn);
    expect(pathsOf(settled, { ...freshly, region: 'cn-north-1' })).toEqual(letIn);
  });

  it('names all that is missing at once, and what else is broken in the file', () => {
    const all = ['impactAssessment', 'legalBasis', 'reviewer', 'sunset', 'data'].map((part) => `governance.${part}`);
    for (const nothing of [undefined, {}]) {
      const found = refusals(nothing, freshly, { handOff: 'soon' });
      expect(found.map(([path]) => path).sort()).toEqual(['handOff', ...all].sort());
      expect(found.every(([path, value]) => path === 'handOff' || value === undefined)).toBe(true);
    }
  });

  it.each([
    'impactAssessment',
    'legalBasis',
    'reviewer',
    'sunset',
    'data',
  ] as const)('refuses a city without %s', (part) => {
    const { [part]: _, ...rest } = settled;
    expect(refusals(rest, freshly)).toEqual([[`governance.${part}`, undefined, 'an object']]);
  });

  it('an assessment counts from the day of its signature for twelve months, and not before', () => {
    const on = (today: string) => pathsOf(settled, { today });
    const late = ['governance.impactAssessment.signed'];
    expect(on('2025-12-14')).toEqual(late);
    expect(on('2025-12-15')).toEqual(letIn);
    expect(on('2026-12-15')).toEqual(letIn);
    expect(on('2026-12-16')).toEqual(late);
    const leapDay = { ...settled, impactAssessment: { ...settled.impactAssessment, signed: '2024-02-29' } };
    const soon = { ...leapDay, sunset: { ...settled.sunset, date: '2025-12-31' } };
    expect(pathsOf(soon, { today: '2025-02-28' })).toEqual(letIn);
    expect(pathsOf(soon, { today: '2025-03-01' })).toEqual(late);
  });

  it('the sunset lies ahead, and no more than three years after the signature', () => {
    const until = (date: string) => ({ ...settled, sunset: { ...settled.sunset, date } });
    const refused = ['governance.sunset.date'];
    expect(pathsOf(until('2026-01-05'), freshly)).toEqual(refused);
    expect(pathsOf(until('2026-01-06'), freshly)).toEqual(letIn);
    expect(pathsOf(until('2028-12-15'), freshly)).toEqual(letIn);
    expect(pathsOf(until('2028-12-16'), freshly)).toEqual(refused);
  });

  it('a document that is not there, or is not what was signed, is named with what would do', () => {
    const changed = { ...settled, legalBasis: { ...settled.legalBasis, sha256: sha256('another law') } };
    const gone = { ...changed, impactAssessment: { ...settled.impactAssessment, document: 'lakeside/gone.md' } };
    expect(refusals(gone, freshly)).toEqual([
      ['governance.impactAssessment.document', 'lakeside/gone.md', expect.stringContaining('a file that is there')],
      ['governance.legalBasis.sha256', sha256('another law'), expect.stringContaining(sha256(law))],
    ]);
    for (const document of ['../secret.md', '/etc/passwd', 'lakeside/../x.md', 'law.md']) {
      const outside = { ...settled, legalBasis: { ...settled.legalBasis, document } };
      expect(pathsOf(outside, freshly), document).toEqual(['governance.legalBasis.document']);
    }
  });

  it('the assessment is not the law that it weighs; who is named has a name', () => {
    const { document, sha256: signed } = settled.impactAssessment;
    expect(pathsOf({ ...settled, legalBasis: { document, sha256: signed } }, freshly)).toEqual([
      'governance.legalBasis.document',
    ]);
    const blank = { ...settled.reviewer, name: { zh: ' ', en: 'Zhou' } };
    expect(refusals({ ...settled, reviewer: blank }, freshly)).toEqual([
      ['governance.reviewer.name.zh', ' ', 'a name'],
    ]);
  });

  it('a file that is no JSON is refused like any other fault', () => {
    expect(refusalsOf('{ "id": "lakeside", ', freshly)).toEqual([
      ['(file)', '{ "id": "lakeside", ', expect.stringMatching(/^JSON: /)],
    ]);
  });

  it('the reviewer is of the body that reviews, and that body handles nothing', () => {
    const of = (body: string) => ({ ...settled, reviewer: { ...settled.reviewer, body } });
    expect(refusals(of('justice'), freshly)).toEqual([['governance.reviewer.body', 'justice', 'review']]);
    const duties = cityFile.duties.map((duty) => (duty.id === 'mediator' ? { ...duty, department: 'review' } : duty));
    expect(pathsOf(settled, freshly, { duties })).toEqual([expect.stringMatching(/^duties\.\d+\.department$/)]);
  });

  it('what a state organ keeps stays in China, and goes where the file says', () => {
    const at = (region: string, stateOrgan = true) => ({ ...settled, data: { region, stateOrgan } });
    const refused = ['governance.data.region'];
    expect(pathsOf(at('cn-northwest-1'), freshly)).toEqual(letIn);
    expect(pathsOf(at('eu-central-1'), freshly)).toEqual(refused);
    expect(pathsOf(at('eu-central-1', false), freshly)).toEqual(letIn);
    expect(pathsOf(at('Beijing'), freshly)).toEqual(refused);
    expect(pathsOf(at('cn-north-1'), { ...freshly, region: 'cn-northwest-1' })).toEqual(refused);
  });
});

describe('the city of the checkout', () => {
  /** As `cdk synth` runs it; without the bundles where it is refused. */
  function asCdkDoes(context: object) {
    const folder = mkdtempSync(join(tmpdir(), 'gate-'));
    const { AWS_REGION: _, AWS_DEFAULT_REGION: __, ...env } = process.env;
    const run = spawnSync(process.execPath, [join(house, 'infra/app.ts')], {
      env: { ...env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context), NODE_NO_WARNINGS: '1' },
      encoding: 'utf8',
    });
    return { status: run.status, said: run.stderr };
  }

  it('is refused by the app that is deployed where it would go abroad: exit code 1, path, value, allowed', () => {
    const { status, said } = asCdkDoes({ region: 'us-east-1' });
    expect(status).toBe(1);
    expect(said).toMatch(/governance\.data\.region: "cn-north-1"; allowed: us-east-1, where the stack goes/);
  });

  it('names documents that say of themselves that they are samples', () => {
    const { governance: own } = JSON.parse(readFileSync(join(house, 'infra/cities/taizhou.json'), 'utf8'));
    for (const { document, sha256: signed } of [own.impactAssessment, own.legalBasis]) {
      const text = readFileSync(join(house, 'infra/cities', document), 'utf8');
      expect(sha256(text), document).toBe(signed);
      expect(text).toContain('示例，不得用于真实部署');
    }
  });
});
