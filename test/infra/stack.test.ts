import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { needs } from '../../infra/functions.ts';
import { gatewayProblems } from '../../infra/gateway-responses.ts';
import { pascal } from '../../infra/naming.ts';
import { NoSuchCity, synthesize } from '../../infra/synthesize.ts';
import { operationIds, operations } from '../../shared/api/index.ts';
import { problemSchema, problems, problemTypes, problemUrn } from '../../shared/api/problems.ts';
import { CityInvalid } from '../../shared/config/city.ts';
import { cityFile } from '../support/city.ts';

const house = join(import.meta.dirname, '../..');
const sources = {
  functions: join(house, 'functions'),
  definitions: join(house, 'statemachines'),
  gate: () => ({ today: '2026-01-05' }),
};

const statement = z.object({
  Sid: z.string().optional(),
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z
    .object({ 'ForAllValues:StringLike': z.object({ 'dynamodb:LeadingKeys': z.array(z.string()) }).optional() })
    .optional(),
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
  it('is synthesized for one machine as on the day of its own assessment, in whatever year; what is deployed, as of today', () => {
    const { Outputs } = JSON.parse(readFileSync(join(inject('assembly'), 'hejie-taizhou.template.json'), 'utf8'));
    expect(Outputs.CityCode).toEqual({ Value: '331000' });
    expect(readFileSync(join(house, 'infra/rehearsal.ts'), 'utf8')).toContain('today: impactAssessment.signed');
    expect(JSON.parse(readFileSync(join(house, 'cdk.json'), 'utf8')).app).toBe('node infra/app.ts');
    expect(readFileSync(join(house, 'infra/app.ts'), 'utf8')).not.toContain('signed');
  });

  it('keeps what holds the record when it is taken down, under names that never change', () => {
    for (const id of ['Table', 'Erasures', 'TableKey', 'PersonKey', 'AffectedKey', 'LookupKey', 'Lifecycle', 'Task']) {
      expect(Resources[id]?.DeletionPolicy, id).toBe('Retain');
    }
  });

  it('gives every function a role of its own', () => {
    const used = ofType('AWS::Lambda::Function').map(([, { Properties }]) => JSON.stringify(Properties.Role));
    expect(used).toHaveLength(Object.keys(needs).length);
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

  /** Beginnings of the partition keys that a role reaches, but for the item that says whose the table is. */
  const keysOf = ({ statements }: (typeof roles)[number]) =>
    new Set(
      statements
        .flatMap(({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [])
        .filter((key) => key !== 'TABLE'),
    );
  const ofFunctions = Object.entries(needs).map(([name, { table, ...more }]) => {
    const role = roles.find(({ id }) => id === `${pascal(name)}Role`);
    if (!role) throw new Error(`${name} has no role`);
    return {
      name,
      role,
      own: table.flatMap(({ keys }): readonly string[] => keys),
      audits: 'audits' in more,
      drives: 'drives' in more,
    };
  });
  const reaching = (key: string) =>
    ofFunctions
      .filter(({ role }) => keysOf(role).has(key))
      .map(({ name }) => name)
      .sort();

  it('lets each function reach the partitions that its needs name, and no other', () => {
    const ofAccesses = ['O#*', 'U#*', 'W#*', 'L#*', 'LD#*', 'LN#*'];
    for (const { name, role, own, audits, drives } of ofFunctions) {
      // Whoever commits counts what came of it.
      const named = new Set([...own, ...(audits ? ofAccesses : []), ...(drives ? ['Y#*', 'M#*'] : [])]);
      expect([...keysOf(role)].sort(), name).toEqual([...named].sort());
      // Without partitions a statement would reach them all: only indexes and the erasure list have none to name.
      for (const { Sid, Action, Condition } of role.statements) {
        if (!String(Action).includes('dynamodb:') || Sid === 'Indexes' || Sid === 'ListErasures') continue;
        expect(Condition?.['ForAllValues:StringLike'], `${name} ${Sid}`).toBeDefined();
      }
    }
  });

  it('keeps reports to those who take them in or erase, and pointers to those who look up whoever asks too', () => {
    expect(reaching('R#*')).toEqual(['change-case', 'forget-expired', 'receive-report', 'reconcile']);
    const pointers = [
      'change-case',
      'forget-expired',
      'list-cases',
      'list-tasks',
      'read-affected',
      'read-audit',
      'read-case',
      'receive-report',
      'reconcile',
    ];
    expect(reaching('P#*')).toEqual(pointers);
  });

  it('lets the gate, the intake, the reconciler, whoever compares reasons or corrects own data make keyed hashes, and nobody else', () => {
    const making = roles.filter(({ statements }) =>
      statements.some(({ Action }) => [Action].flat().includes('kms:GenerateMac')),
    );
    expect(making.map(({ id }) => id).sort()).toEqual([
      'ActOnTaskRole',
      'AuthoriseCallerRole',
      'ChangeCaseRole',
      'ReceiveReportRole',
      'ReconcileRole',
    ]);
  });

  it('demands a token on every route but those that are marked public', () => {
    const methods = ofType('AWS::ApiGateway::Method').map(([, { Properties }]) => Properties);
    expect(methods).toHaveLength(operationIds.length);
    const open = methods.filter(({ AuthorizationType }) => AuthorizationType === 'NONE');
    expect(open).toHaveLength(operationIds.filter((id) => operations[id].kind === 'public').length);
    for (const method of methods.filter((one) => !open.includes(one))) {
      expect(method).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authoriser' } });
    }
  });

  it('lets the gate make keyed hashes and do nothing else', () => {
    const gate = roles.find(({ id }) => id === 'AuthoriseCallerRole');
    expect(gate?.statements.flatMap(({ Action }) => Action)).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'kms:GenerateMac',
    ]);
    expect(Resources.AuthoriseCaller?.Properties.Environment).toEqual({
      Variables: { LOOKUP_KEY: { 'Fn::GetAtt': ['LookupKey', 'Arn'] } },
    });
  });

  it('grants nobody the API by a signature', () => {
    expect(roles.flatMap(({ statements }) => statements.flatMap(({ Action }) => Action)).join()).not.toContain(
      'execute-api',
    );
  });

  it('words what the gateway refuses as problems of the contract, each under the status that it has', () => {
    const responses = ofType('AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) =>
      z
        .object({
          ResponseType: z.string(),
          StatusCode: z.string(),
          ResponseParameters: z.record(z.string(), z.string()),
          ResponseTemplates: z.object({ 'application/json': z.string() }),
        })
        .parse(Properties),
    );
    expect(responses.map(({ ResponseType }) => ResponseType).sort()).toEqual(
      gatewayProblems.flatMap(({ types }) => types.map(({ responseType }) => responseType)).sort(),
    );
    for (const { StatusCode, ResponseParameters, ResponseTemplates, ResponseType } of responses) {
      const { type, status } = problemSchema.parse(JSON.parse(ResponseTemplates['application/json']));
      expect(String(status), ResponseType).toBe(StatusCode);
      const declared = problemTypes.find((one) => problemUrn(one) === type);
      expect(declared && problems[declared].status, `${ResponseType}: ${type}`).toBe(status);
      expect(ResponseParameters).toMatchObject({
        'gatewayresponse.header.content-type': "'application/problem+json'",
        'gatewayresponse.header.hejie-correlation-id': 'context.requestId',
      });
    }
  });

  it('knows of no issuer but the city’s own provider: the development issuer cannot be deployed', () => {
    const texts = readdirSync(inject('assembly'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(json|mjs)$/.test(path) && !path.startsWith('bundles'))
      .map((path) => ({ path, text: readFileSync(join(inject('assembly'), path), 'utf8') }));
    expect(texts.filter(({ path }) => path.endsWith('.mjs')).length).toBeGreaterThanOrEqual(Object.keys(needs).length);
    for (const { path, text } of texts) {
      expect(text, path).not.toMatch(/\/identity\/|identity\/(token|rotate|jwks)|signing_keys|generateKeyPair/);
    }
  });

  it('has a budget of 1000 KB a bundle', () => {
    const manifest = JSON.parse(readFileSync(join(inject('assembly'), 'hejie-taizhou.assets.json'), 'utf8'));
    const folders: string[] = Object.values(manifest.files).map(
      (file) => (file as { source: { path: string } }).source.path,
    );
    const code = folders.filter((path) => path.startsWith('asset.'));
    expect(code).toHaveLength(Object.keys(needs).length);
    for (const path of code) {
      const text = readFileSync(join(inject('assembly'), path, 'index.mjs'), 'utf8');
      // One `import { z } from 'zod'` in place of `import * as z` brings all its languages, 300 KB, into a bundle.
      expect(text.length, path).toBeLessThan(1_000_000);
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

  it('that names an identity provider which anybody could be is refused', () => {
    for (const issuer of ['http://sign-in.example', 'https://localhost', 'https://127.0.0.1:8080', 'https://[::1]/']) {
      const cities = folderWith({ lakeside: { ...cityFile, identity: { ...cityFile.identity, issuer } } });
      expect(() => synthesize(app(), { ...sources, cities }), issuer).toThrow(/identity\.issuer/);
    }
  });

  it('that does not exist is named, with those that do', () => {
    const cities = folderWith({ lakeside: cityFile });
    expect(() => synthesize(app(), { ...sources, cities, city: 'atlantis' })).toThrow(NoSuchCity);
    expect(() => synthesize(app(), { ...sources, cities, city: 'atlantis' })).toThrow(/atlantis.*lakeside/);
  });
});
