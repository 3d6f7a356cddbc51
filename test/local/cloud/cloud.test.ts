import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConditionalCheckFailedException,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { describe, expect, inject, it } from 'vitest';
import { CannotStart, type Cloud, openCloud } from '../../../local/cloud/index.ts';
import { CityOnOneMachine, posts } from '../../support/city-on-one-machine.ts';

const monday = '2026-01-05T09:00:00+08:00';
const operator = { accessKeyId: 'operator', secretAccessKey: 'local' };
const as = (cloud: Cloud, accessKeyId: string) => ({
  endpoint: cloud.url,
  region: 'cn-north-1',
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

/** A copy of the assembly with its template changed. */
function changed(
  change: (resources: Record<string, { Type: string; Properties: Record<string, never> }>) => void,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  cpSync(inject('assembly'), folder, { recursive: true });
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  const template = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  change(template.Resources);
  writeFileSync(join(folder, file), JSON.stringify(template));
  return folder;
}

const withCity = async <T>(assembly: string, run: (city: CityOnOneMachine) => Promise<T>): Promise<T> => {
  const city = await CityOnOneMachine.open(assembly, monday);
  try {
    return await run(city);
  } finally {
    await city.cloud.close();
  }
};

describe('the laptop runs what the cloud runs', () => {
  it('the unmodified SDK lists the machines, executions and histories of the city', async () => {
    await withCity(inject('assembly'), async (city) => {
      await city.report();
      const sfn = new SFNClient({ endpoint: city.cloud.url, region: 'cn-north-1', credentials: operator });
      const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
      expect(stateMachines.map(({ name }) => name).sort()).toEqual(['hejie-taizhou-lifecycle', 'hejie-taizhou-task']);
      const { LifecycleArn: stateMachineArn } = city.cloud.outputs;
      const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
      expect(executions).toHaveLength(2);
      const { executionArn } = executions.find(({ status }) => status === 'RUNNING') ?? {};
      const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
      expect(events[0]?.type).toBe('ExecutionStarted');
      expect(events.map((event) => event.stateEnteredEventDetails?.name)).toContain('Respond to the report');
      // No personal data in inputs and outputs (design §9.10).
      expect(JSON.stringify(events)).not.toMatch(/刘大强|王小花|1380000000/);
    });
  });

  const without = (role: string, sid: string) =>
    changed((resources) => {
      const [policy] = resources[role]?.Properties.Policies ?? [];
      const { Statement } = (policy as unknown as { PolicyDocument: { Statement: { Sid: string }[] } }).PolicyDocument;
      const at = Statement.findIndex(({ Sid }) => Sid === sid);
      expect(at, `${role} has ${sid}`).toBeGreaterThanOrEqual(0);
      Statement.splice(at, 1);
    });

  it.each([
    ['ReceiveReportRole', 'LookUpPersons', 'hejie-taizhou-receive-report', 'kms:GenerateMac'],
    ['ReceiveReportRole', 'Table1', 'hejie-taizhou-receive-report', 'dynamodb:PutItem'],
    ['ReceiveReportRole', 'StartExecutions', 'hejie-taizhou-receive-report', 'states:StartExecution'],
  ])('%s without %s: nothing of it is answered, and the denial is said with function, action and resource', async (role, sid, fn, action) => {
    await withCity(without(role, sid), async (city) => {
      await expect(city.report()).rejects.toThrow(/urn:hejie:problem:internal(?!.*(AccessDenied|arn:))/s);
      const said = readFileSync(join(city.data, 'cloud.log'), 'utf8');
      expect(said).toMatch(new RegExp(`AccessDenied: .*${fn}.*${action} on resource: arn:aws-cn:`));
    });
  });

  it.each([
    ['TaskRole', 'Park', 'dynamodb:UpdateItem', 'TaskArn'],
    ['LifecycleRole', 'Call', 'lambda:InvokeFunction', 'LifecycleArn'],
    ['LookAtTaskRole', 'PublishNotices', 'sns:Publish', 'TaskArn'],
  ])('%s without %s: the execution fails, and the denial is said', async (role, sid, action, machine) => {
    await withCity(without(role, sid), async (city) => {
      const { case: id } = await city.report();
      const said = readFileSync(join(city.data, 'cloud.log'), 'utf8');
      expect(said).toMatch(new RegExp(`AccessDenied: .*${role}.*${action} on resource: arn:aws-cn:`));
      // AWS tells a denied invocation by the name that it also gives to passing faults: it is retried first.
      await city.pass(3 * 60_000);
      const sfn = new SFNClient({ endpoint: city.cloud.url, region: 'cn-north-1', credentials: operator });
      const stateMachineArn = city.cloud.outputs[machine];
      const { executions = [] } = await sfn.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }),
      );
      const failed = machine === 'TaskArn' ? `${id}-1-verify-1` : `${id}-1`;
      expect(executions.map(({ name }) => name)).toContain(failed);
    });
  });

  it('a function reaches only the partitions that its keys condition names', async () => {
    await withCity(inject('assembly'), async ({ cloud }) => {
      const key = 'LOCAL:hejie-taizhou-OpenTasksRole:hejie-taizhou-open-tasks';
      const db = new DynamoDBClient(as(cloud, key));
      const put = (pk: string) =>
        db.send(new PutItemCommand({ TableName: cloud.outputs.TableName, Item: { pk: { S: pk }, sk: { S: 'X' } } }));
      await expect(put('C#C-0')).resolves.toBeDefined();
      await expect(put('P#0')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });
  });

  it('a renamed route is gone', async () => {
    const assembly = changed((resources) => {
      for (const { Type, Properties } of Object.values(resources)) {
        if (Type === 'AWS::ApiGateway::Resource' && Properties.PathPart === 'reports') {
          Object.assign(Properties, { PathPart: 'tellings' });
        }
      }
    });
    await withCity(assembly, async (city) => {
      const headers = await city.headers(posts.police);
      const received = () => city.cloud.counters().invocations['hejie-taizhou-receive-report'] ?? 0;
      const old = await city.cloud.request({ method: 'POST', path: '/v1/reports', headers, body: {} });
      expect(old).toMatchObject({ status: 404, body: { type: 'urn:hejie:problem:no-such-route' } });
      expect(received()).toBe(0);
      await city.cloud.request({ method: 'POST', path: '/v1/tellings', headers, body: {} });
      expect(received()).toBe(1);
    });
  });

  it('an inserted Pass state is in the history', async () => {
    const assembly = changed((resources) => {
      const properties = resources.Lifecycle?.Properties ?? {};
      const definition = JSON.parse(String(properties.DefinitionString));
      definition.States.Breathe = { Type: 'Pass', Comment: '停', Next: definition.StartAt };
      definition.StartAt = 'Breathe';
      Object.assign(properties, { DefinitionString: JSON.stringify(definition) });
    });
    await withCity(assembly, async (city) => {
      const { case: id } = await city.report();
      const sfn = new SFNClient({ endpoint: city.cloud.url, region: 'cn-north-1', credentials: operator });
      const executionArn = `${city.cloud.outputs.LifecycleArn?.replace(':stateMachine:', ':execution:')}:${id}-1`;
      const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
      expect(events[1]).toMatchObject({ type: 'PassStateEntered', stateEnteredEventDetails: { name: 'Breathe' } });
    });
  });

  it('a request without a token, an unknown key and a broken body are refused', async () => {
    await withCity(inject('assembly'), async (city) => {
      const { cloud } = city;
      const unsigned = await fetch(`${cloud.url}/v1/cases`);
      expect(unsigned.status).toBe(401);
      const stranger = new DynamoDBClient(as(cloud, 'stranger'));
      const put = stranger.send(
        new PutItemCommand({ TableName: cloud.outputs.TableName, Item: { pk: { S: 'C#' }, sk: { S: '' } } }),
      );
      await expect(put).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
      const headers = { ...(await city.headers(posts.police)), 'idempotency-key': 'broken-1' };
      const broken = await cloud.request({ method: 'POST', path: '/v1/reports', headers, body: '{"channel":' });
      expect(broken).toMatchObject({
        status: 422,
        body: { type: 'urn:hejie:problem:invalid', faults: [{ path: 'body' }] },
      });
    });
  });
});

describe('what dynalite lacks is put right', () => {
  it('a failed condition returns the item that was there; a time to live can be set', async () => {
    await withCity(inject('assembly'), async ({ cloud }) => {
      const db = new DynamoDBClient(as(cloud, 'LOCAL:hejie-taizhou-OpenTasksRole:hejie-taizhou-open-tasks'));
      const { TableName } = cloud.outputs;
      const Item = { pk: { S: 'C#C-0' }, sk: { S: 'X' }, n: { N: '1' } };
      await db.send(new PutItemCommand({ TableName, Item }));
      const again = new PutItemCommand({
        TableName,
        Item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const failure = await db.send(again).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ConditionalCheckFailedException);
      expect(failure).toMatchObject({ Item });
      // Nobody of this city may: the refusal shows that the operation is known.
      await expect(db.send(new DescribeTimeToLiveCommand({ TableName }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
      await expect(db.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    });
  });
});

describe('a city survives its process', () => {
  it('reopened after a kill it goes on: the record, the waits, the clock, the outbox', async () => {
    const first = await CityOnOneMachine.open(inject('assembly'), monday);
    const { case: id } = await first.report();
    const before = await first.case(id);
    await first.cloud.close(true);
    const second = await CityOnOneMachine.open(inject('assembly'), monday, first.data);
    expect(second.cloud.now()).toBe(Date.parse(monday));
    expect(await second.case(id)).toEqual(before);
    await second.pass(25 * 3_600_000);
    const ladder = second.said().filter(({ kind }) => kind !== 'page');
    expect(ladder.slice(0, 4).map(({ kind }) => kind)).toEqual(['opened', 'reminder', 'warning', 'escalated']);
    expect((await second.case(id)).tasks[0]?.owner).not.toBe(posts.police);
    await second.cloud.close();
  });

  it('a function that ran when the process ended runs again, and no execution fails of it', async () => {
    const first = await CityOnOneMachine.open(inject('assembly'), monday);
    first.report().catch(() => 'nobody answers');
    const looked = () => first.cloud.counters().invocations['hejie-taizhou-look-at-case'] ?? 0;
    while (looked() === 0) await new Promise((turn) => setImmediate(turn));
    await first.cloud.close(true);
    const second = await CityOnOneMachine.open(inject('assembly'), monday, first.data);
    await second.cloud.settled();
    const sfn = new SFNClient({ endpoint: second.cloud.url, region: 'cn-north-1', credentials: operator });
    const stateMachineArn = second.cloud.outputs.LifecycleArn;
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).not.toEqual([]);
    for (const { executionArn, status } of executions) {
      expect(status).not.toBe('FAILED');
      const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
      expect(events.filter(({ type }) => type === 'TaskFailed')).toEqual([]);
      expect(events.filter(({ type }) => type === 'TaskSucceeded')).not.toEqual([]);
    }
    await second.cloud.close();
  });

  it('says in one sentence why a folder or a port cannot be used', async () => {
    await withCity(inject('assembly'), async ({ cloud, data }) => {
      const open = (more: object) =>
        openCloud({ assembly: inject('assembly'), data: mkdtempSync(join(tmpdir(), 'city-')), clock: 'jump', ...more });
      await expect(open({ port: Number(new URL(cloud.url).port) })).rejects.toThrow(/Port \d+ is taken/);
      writeFileSync(join(data, 'in-use'), String(process.ppid));
      await expect(open({ data })).rejects.toThrow(`in use by process ${process.ppid}`);
      writeFileSync(join(data, 'stack'), 'hejie-elsewhere');
      await expect(open({ data })).rejects.toThrow('belongs to hejie-elsewhere');
      await expect(open({ data: '/dev/null/x' })).rejects.toThrow(CannotStart);
    });
  });
});
