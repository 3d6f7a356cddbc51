import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { main } from '../../local/audit.ts';
import { type Audit, drainSpool, readChain, recordAccess, warmAudit } from '../../shared/record/audit.ts';
import { access, caseId, day, monday } from '../support/audit.ts';
import { city } from '../support/city.ts';
import { CityOnOneMachine } from '../support/city-on-one-machine.ts';

describe('the log of accesses in a city on one machine', () => {
  let town: CityOnOneMachine;
  beforeAll(async () => {
    town = await CityOnOneMachine.open(inject('assembly'), new Date(monday).toISOString(), undefined, day);
  });
  afterAll(async () => {
    await town.cloud.close();
  });

  const as = (accessKeyId: string) => ({
    endpoint: town.cloud.url,
    region: 'cn-north-1',
    credentials: { accessKeyId, secretAccessKey: 'local' },
  });
  const dbOf = (accessKeyId: string) => DynamoDBDocumentClient.from(new DynamoDBClient(as(accessKeyId)));
  const reader = 'LOCAL:hejie-taizhou-ReadCaseRole:hejie-taizhou-read-case';
  const name = () => town.cloud.outputs.TableName ?? '';
  const key = { pk: `L#${caseId}`, sk: '0000000001' };
  /** The log as the function that reads cases has it: with its rights and no others. */
  const auditOf = (): Audit => ({
    table: { name: name(), db: dbOf(reader) },
    city,
    sqs: new SQSClient({ ...as(reader), useQueueUrlAsEndpoint: false }),
    queueUrl: town.cloud.outputs.AuditSpoolUrl ?? '',
    warm: warmAudit(),
  });
  const verify = async () => {
    const said: string[] = [];
    const code = await main(['verify', '--endpoint', town.cloud.url], (line) => said.push(line), town.cloud.now());
    return { code, said };
  };

  it('a function that reads may add to a chain, and may neither change it nor empty the queue', async () => {
    const audit = auditOf();
    expect(await recordAccess(audit, caseId, access())).toBe('stored');
    const change = { TableName: name(), Key: key, UpdateExpression: 'set person = :p' };
    await expect(
      audit.table.db.send(new UpdateCommand({ ...change, ExpressionAttributeValues: { ':p': 'li' } })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(drainSpool(audit, monday)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('what waits in the queue comes into its chain by the clock, and the heads of the day go to the reviewer', async () => {
    const { sqs, queueUrl: QueueUrl, table } = auditOf();
    const MessageBody = JSON.stringify({ chain: caseId, access: access({ at: monday + 1000 }) });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await town.pass(day);
    await town.pass(day);
    expect(await readChain(table, caseId)).toMatchObject([{ n: 1 }, { n: 2, record: { at: monday + 1000 } }]);
    const told = town.cloud
      .outbox(0)
      .filter(({ topicArn }) => topicArn === town.cloud.outputs.OversightTopicArn)
      .map(({ message }) => JSON.parse(message));
    const heads = told.filter(({ kind }) => kind === 'audit-heads').flatMap((message) => message.heads);
    expect(heads).toContainEqual(expect.objectContaining({ chain: caseId, n: 1 }));
    expect(heads).toContainEqual(expect.objectContaining({ chain: caseId, n: 2 }));
  });

  it('the auditor verifies it, and sees nothing else', async () => {
    expect(await verify()).toMatchObject({ code: 0, said: [expect.stringMatching(/^完整 intact: \d+ 条链 chains/)] });
    const db = dbOf('auditor');
    await expect(
      db.send(
        new QueryCommand({
          TableName: name(),
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `C#${caseId}` },
        }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(db.send(new GetCommand({ TableName: name(), Key: { pk: 'P#0', sk: 'CASE' } }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('one byte changed through the DynamoDB endpoint is found and named', async () => {
    const db = dbOf(reader);
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: name(),
        KeyConditionExpression: 'pk = :pk and sk = :sk',
        ExpressionAttributeValues: { ':pk': key.pk, ':sk': key.sk },
      }),
    );
    await db.send(new PutCommand({ TableName: name(), Item: { ...Items[0], person: 'wanh' } }));
    expect(await verify()).toEqual({
      code: 1,
      said: [
        `断裂 broken: 链 chain ${caseId}, 第 1 条 record 1, 2026-01-05T09:00:00+08:00: 内容被改动 was changed`,
        // Which no longer gives the root that the reviewer was sent of it.
        expect.stringContaining('broken: 2026-01-05: '),
      ],
    });
  });
});
