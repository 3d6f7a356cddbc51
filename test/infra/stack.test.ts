import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { NoSuchCity, synthesize } from '../../infra/synthesize.ts';
import { CityInvalid } from '../../shared/config/city.ts';
import { cityFile } from '../support/city.ts';

const house = join(import.meta.dirname, '../..');
const sources = { functions: join(house, 'functions'), definitions: join(house, 'statemachines') };

const statement = z.object({
  Sid: z.string().optional(),
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
});
const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      DeletionPolicy: z.string().optional(),
      Properties: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

const { Resources } = template.parse(
  JSON.parse(readFileSync(join(inject('assembly'), 'hejie-taizhou.template.json'), 'utf8')),
);
const ofType = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);

const roles = ofType('AWS::IAM::Role').map(([id, { Properties }]) => ({
  id,
  statements: z
    .array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) }))
    .parse(Properties.Policies ?? [])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
}));

describe('the stack of a city', () => {
  it('keeps what holds the record when it is taken down, under names that never change', () => {
    for (const id of ['Table', 'TableKey', 'PersonKey', 'LookupKey', 'Lifecycle', 'Task']) {
      expect(Resources[id]?.DeletionPolicy, id).toBe('Retain');
    }
  });

  it('gives every function a role of its own', () => {
    const used = ofType('AWS::Lambda::Function').map(([, { Properties }]) => JSON.stringify(Properties.Role));
    expect(used).toHaveLength(12);
    expect(new Set(used).size).toBe(used.length);
  });

  it('grants no action by wildcard, and no resource but where the action knows none', () => {
    const free = new Set(['ReturnTokens', 'FindMachines', 'DeliverLogs']);
    for (const { id, statements } of roles) {
      for (const { Sid, Action, Resource } of statements) {
        expect([Action].flat().join(), id).not.toContain('*');
        if (!free.has(Sid ?? '')) expect(Resource, `${id} ${Sid}`).not.toBe('*');
      }
    }
  });

  it('lets no function but those of the intake and the reconciler reach reports and pointers', () => {
    const reaching = roles
      .filter(
        ({ statements }) =>
          /"[RP]#\*"/.test(JSON.stringify(statements)) || JSON.stringify(statements).includes('kms:GenerateMac'),
      )
      .map(({ id }) => id)
      .sort();
    expect(reaching).toEqual(['ReceiveReportRole', 'ReconcileRole']);
  });

  it('demands a signature on every route', () => {
    const methods = ofType('AWS::ApiGateway::Method');
    expect(methods.length).toBeGreaterThanOrEqual(8);
    for (const [id, { Properties }] of methods) expect(Properties.AuthorizationType, id).toBe('AWS_IAM');
  });

  it('has a budget of 930 KB a bundle', () => {
    const manifest = JSON.parse(readFileSync(join(inject('assembly'), 'hejie-taizhou.assets.json'), 'utf8'));
    const folders: string[] = Object.values(manifest.files).map(
      (file) => (file as { source: { path: string } }).source.path,
    );
    const code = folders.filter((path) => path.startsWith('asset.'));
    expect(code).toHaveLength(12);
    for (const path of code) {
      const text = readFileSync(join(inject('assembly'), path, 'index.mjs'), 'utf8');
      expect(text.length, path).toBeLessThan(1_100_000);
      // AGPL: a development dependency that reaches no bundle.
      expect(text).not.toContain('iam-simulate');
    }
  });
});

describe('a city file', () => {
  const folderWith = (files: Record<string, unknown>) => {
    const cities = mkdtempSync(join(tmpdir(), 'cities-'));
    for (const [name, file] of Object.entries(files)) writeFileSync(join(cities, `${name}.json`), JSON.stringify(file));
    return cities;
  };
  const app = () => new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk-')), analyticsReporting: false });

  it('that is broken stops the synthesis with all its faults at once', () => {
    const broken = { ...cityFile, code: 'x', handOff: 'soon', hukou: 1 };
    const cities = folderWith({ lakeside: broken });
    expect(() => synthesize(app(), { ...sources, cities })).toThrow(CityInvalid);
    try {
      synthesize(app(), { ...sources, cities });
    } catch (error) {
      const said = String(error instanceof Error && error.message);
      for (const path of ['code', 'handOff', 'hukou', 'lakeside.json']) expect(said).toContain(path);
    }
  });

  it('that does not exist is named, with those that do', () => {
    const cities = folderWith({ lakeside: cityFile });
    expect(() => synthesize(app(), { ...sources, cities, city: 'atlantis' })).toThrow(NoSuchCity);
    expect(() => synthesize(app(), { ...sources, cities, city: 'atlantis' })).toThrow(/atlantis.*lakeside/);
  });
});
