import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { main } from '../../local/audit.ts';
import { CityOnOneMachine, personOf, posts } from '../support/city-on-one-machine.ts';
import { day, hour, ofId, shown, toRed } from '../support/story.ts';

const elsewhere = '331002.county-centre';
const gridOfficer = '331003001001001.grid-officer';

describe('who looked', () => {
  let city: CityOnOneMachine;
  let sent: { dispute: string; case: string };
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, day);
    sent = await toRed(city);
    // Everybody is named before anybody is counted.
    for (const post of [...Object.values(posts), elsewhere, gridOfficer]) await city.as(post);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const recorded = async (): Promise<number> => {
    let records = 0;
    for await (const { pk } of city.cloud.scan()) if (String(pk).startsWith('L#')) records += 1;
    return records;
  };
  const verify = async () => {
    const said: string[] = [];
    const code = await main(['verify', '--endpoint', city.cloud.url], (line) => said.push(line), city.cloud.now());
    return { code, said };
  };
  const alerts = () =>
    city.cloud
      .outbox(0)
      .filter(({ topicArn }) => topicArn === city.cloud.outputs.OversightTopicArn)
      .map(({ message }) => JSON.parse(message))
      .filter(({ kind }) => kind === 'bulk-reading' || kind === 'off-shift-reading')
      .map(({ kind, person, count }) => ({ kind, person, count }));

  it('Monday: a hundred reads, thirty of them denied, are a hundred records', async () => {
    const before = await recorded();
    const county = await city.as(posts.county);
    const police = await city.as(posts.police);
    const reviewer = await city.as(posts.reviewer);
    const dispute = ofId(sent.dispute);
    const one = ofId(sent.case);
    const granted = [
      () => county.GET('/cases/{id}', one),
      () => police.GET('/cases/{id}', one),
      () => reviewer.GET('/cases/{id}/history', one),
      () => county.GET('/disputes/{id}', dispute),
      () => county.GET('/cases'),
      () => police.GET('/me/tasks'),
      () => reviewer.GET('/statistics'),
    ];
    const stranger = city.people.client({ person: 'stranger' }, 'handling', posts.county);
    const forCredit = city.people.client({ person: personOf(posts.county) }, 'credit', posts.county);
    const citizen = city.people.citizen({ person: 'citizen', phone: '13800009999' });
    const other = await city.as(elsewhere);
    const grid = await city.as(gridOfficer);
    const denied = [
      () => other.GET('/cases/{id}', one),
      () => other.GET('/disputes/{id}', dispute),
      () => grid.GET('/statistics'),
      () => stranger.GET('/cases/{id}', one),
      () => forCredit.GET('/cases/{id}', one),
      () => citizen.GET('/cases/{id}', one),
    ];
    const statuses: number[] = [];
    for (let round = 0; round < 10; round++) {
      for (const read of granted) statuses.push((await read()).response.status);
      // Half of those who are refused in one round, the other half in the next.
      for (const read of denied.filter((_, i) => i % 2 === round % 2)) statuses.push((await read()).response.status);
    }
    expect(statuses).toHaveLength(100);
    expect(statuses.filter((status) => status === 403)).toHaveLength(30);
    expect(statuses.filter((status) => status === 200)).toHaveLength(70);
    expect((await recorded()) - before).toBe(100);
  });

  it('they may come at once: ten readers of one case are ten records, and the chain holds', async () => {
    const before = await recorded();
    const readers = await Promise.all([city.as(posts.county), city.as(posts.township)]);
    await Promise.all(Array.from({ length: 10 }, (_, i) => readers[i % 2]?.GET('/cases/{id}', ofId(sent.case))));
    expect((await recorded()) - before).toBe(10);
    expect(await verify()).toMatchObject({ code: 0, said: [expect.stringMatching(/^完整 intact/)] });
  });

  it('the independent reviewer sees who looked, who was denied and why not; the county does not', async () => {
    const reviewer = await city.as(posts.reviewer);
    const params = { path: { id: sent.case }, query: { limit: 100 } };
    const { accesses } = shown(await reviewer.GET('/cases/{id}/audit', { params }));
    const by = (person: string) => accesses.filter((access) => access.person === person);
    expect(by(personOf(posts.police))).toContainEqual(
      expect.objectContaining({ post: posts.police, role: 'community-police', outcome: 'shown' }),
    );
    expect(by(personOf(elsewhere)).map(({ outcome }) => outcome)).toContain('denied');
    expect(accesses.every(({ outcome, fields }) => outcome === 'shown' || fields.length === 0)).toBe(true);
    const path = { person: personOf(elsewhere), date: '2026-01-05' };
    // Nobody but those who oversee.
    const county = await city.as(posts.county);
    expect((await county.GET('/cases/{id}/audit', ofId(sent.case))).response.status).toBe(403);
    expect((await county.GET('/audit/{person}/{date}', { params: { path } })).response.status).toBe(403);
  });

  it('whoever reads in bulk, and whoever reads at night, is told of once', async () => {
    const curious = await city.as(posts.countyPolice);
    for (let i = 0; i < 60; i++) await curious.GET('/cases/{id}', ofId(sent.case));
    await city.pass(14 * hour);
    await (await city.as(posts.mediator)).GET('/cases/{id}', ofId(sent.case));
    await city.pass(1.5 * day);
    expect(alerts().filter(({ person }) => person === personOf(posts.countyPolice))).toEqual([
      { kind: 'bulk-reading', person: personOf(posts.countyPolice), count: 60 },
    ]);
    expect(alerts().filter(({ person }) => person === personOf(posts.mediator))).toEqual([
      { kind: 'off-shift-reading', person: personOf(posts.mediator), count: 1 },
    ]);
  });

  it('one byte of one record is changed by whoever has the table: the record is named', async () => {
    const credentials = {
      accessKeyId: 'LOCAL:hejie-taizhou-ReadCaseRole:hejie-taizhou-read-case',
      secretAccessKey: 'local',
    };
    const client = new DynamoDBClient({ endpoint: city.cloud.url, region: 'cn-north-1', credentials });
    const db = DynamoDBDocumentClient.from(client);
    const TableName = city.cloud.outputs.TableName;
    const seventh = new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk and sk = :sk',
      ExpressionAttributeValues: { ':pk': `L#${sent.case}`, ':sk': '0000000007' },
    });
    const [Item] = (await db.send(seventh)).Items ?? [];
    const person = String(Item?.person);
    await db.send(new PutCommand({ TableName, Item: { ...Item, person: `${person.slice(0, -1)}2` } }));
    const { code, said } = await verify();
    expect(code).toBe(1);
    expect(said[0]).toMatch(new RegExp(`^断裂 broken: 链 chain ${sent.case}, 第 7 条 record 7, .*was changed$`));
    expect(said.slice(1).every((line) => line.startsWith('断裂 broken: 2026-01-'))).toBe(true);
  });
});
