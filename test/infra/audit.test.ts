import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';

const statement = z.looseObject({
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const role = z.object({
  Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) })).default([]),
});
const template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })),
});

const { Resources } = template.parse(
  JSON.parse(readFileSync(join(inject('assembly'), 'hejie-taizhou.template.json'), 'utf8')),
);
const grants = Object.entries(Resources)
  .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
  .flatMap(([id, { Properties }]) =>
    role
      .parse(Properties)
      .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .map(({ Action, Resource, Condition = {} }) => {
        const keys = z
          .array(z.string())
          .optional()
          .parse(Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']);
        return { id, actions: [Action].flat(), on: JSON.stringify(Resource), keys };
      }),
  );

describe('who may do what with the log of accesses', () => {
  const onTable = grants.filter(
    ({ actions, on }) => actions.some((action) => action.startsWith('dynamodb:')) && on.includes('"Table"'),
  );
  const reaching = onTable.filter(({ keys }) => keys?.some((key) => 'L#'.startsWith(key.slice(0, 2))));

  it('nobody may change a record or take one away', () => {
    expect(reaching.map(({ id }) => id)).toContain('ReadCaseRole');
    const may = new Set(reaching.flatMap(({ actions }) => actions));
    expect([...may].sort()).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']);
  });

  it('whoever reaches the table without naming partitions only looks into indexes, or for keys', () => {
    const free = onTable.filter(({ keys, on }) => keys === undefined && !on.includes('/index/'));
    expect(free.map(({ id, actions }) => `${id} ${actions.join()}`)).toEqual(['Auditor dynamodb:Scan']);
  });

  it('whoever writes accesses may put them into the queue, and only the keeper takes them out', () => {
    const writing = reaching.filter(({ actions }) => actions.includes('dynamodb:PutItem')).map(({ id }) => id);
    const may = (action: string) =>
      grants.filter(({ actions, on }) => actions.includes(action) && on.includes('AuditSpool')).map(({ id }) => id);
    expect(may('sqs:SendMessage').sort()).toEqual([...new Set(writing)].sort());
    expect(may('sqs:ReceiveMessage')).toEqual(['KeepAuditRole']);
    expect(may('sqs:DeleteMessage')).toEqual(['KeepAuditRole']);
  });
});
