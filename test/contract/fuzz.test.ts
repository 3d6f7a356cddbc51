import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ApiAnswer } from '../../local/cloud/index.ts';
import { CityOnOneMachine, fact, grid, posts } from '../support/city-on-one-machine.ts';
import { type Documented, documented, listedProblems, openIn, type Parameter, valuesOf } from './document.ts';

/** People of the seeded reports: what must not come to whoever has no right to it. */
const people = {
  xue: { name: '欧阳雪峰', idNumber: '999999198503120018', phone: '13905760011', address: '橘乡大道甲壹号' },
  lan: { name: '慕容兰芝', idNumber: '999999199007070028', phone: '13905760022', address: '橘乡大道乙贰号' },
  bai: { name: '司徒白石', idNumber: '999999197811230038', phone: '13905760033', address: '山亭街丙叁号' },
  tong: { name: '诸葛童童', idNumber: '999999201506010046', phone: '13905760044', address: '山亭街丁肆号' },
  gao: { name: '皇甫高远', idNumber: '999999196602140058', phone: '13905760055', address: '恒街弄戊伍号' },
} as const;
const secrets = Object.values(people).flatMap((one) => Object.values(one));
const secretsIn = (body: unknown): string[] => {
  const said = typeof body === 'string' ? body : JSON.stringify(body);
  return secrets.filter((secret) => said.includes(secret));
};
/** All that a person in role can be shown through: a name nowhere else, whoever asks. */
const showsPeople = new Set(['read-case', 'read-dispute', 'read-referral', 'read-affected', 'read-danger-note']);

/** One post of each kind of role where the seeded things are. */
const inside = [
  '331003001001001.grid-officer',
  posts.mediator,
  '331003001001.village-women',
  posts.township,
  posts.police,
  '331003001.township-justice',
  '331003001.township-health',
  posts.county,
  posts.countyPolice,
  '331003.county-women',
  '331003.county-civil-affairs',
];
/** Posts of other counties, and those that see no identity anywhere. */
const outside = [
  '331002.county-centre',
  '331002.county-police',
  '331002.county-women',
  '331004.county-health',
  posts.reviewer,
  posts.administrator,
  posts.auditor,
];
const refusedPurposes = ['investigation', 'employment', 'credit', 'school', 'travel', '', 'marketing'];

type Headers = Readonly<Record<string, string>>;
/** Somebody who sends a request, and what must come of it whatever the request is. */
interface Sender {
  readonly who: string;
  readonly headers: Headers;
  readonly status?: 401 | 403;
  /** May see people, where the matrix says so. */
  readonly insider?: true;
}

const seeds = { phases: new Set<string>(), ids: new Set<string>() };
let city: CityOnOneMachine;
let senders: Sender[] = [];
let asked = 0;

const day = 86_400_000;

async function answerTask(id: string, kind: string, body: object): Promise<void> {
  const found = (await city.case(id)).tasks.find(({ no }) => no.startsWith(`${kind}-`));
  if (!found) throw new Error(`no ${kind} in ${id}`);
  const done = await city.act(found.taskId, 'answer', found.owner, body);
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
}

async function remember(id: string): Promise<void> {
  const one = await city.case(id);
  seeds.phases.add(String(one.phase));
  seeds.ids.add(id);
  for (const { taskId } of one.tasks ?? []) seeds.ids.add(taskId);
}

/** Cases before a level, at red and closed; a dispute without a case; each with people of its own. */
async function seed(): Promise<void> {
  const sent = [
    await city.report({ people: [{ role: 'respondent', ...people.xue }] }),
    await city.report({
      disputeType: 'intimate_partner',
      people: [
        { role: 'respondent', ...people.bai },
        { role: 'affected', ...people.lan },
        { role: 'child', ...people.tong },
      ],
    }),
    await city.report({ people: [{ role: 'respondent', ...people.gao }] }),
    await city.report({ facts: [fact('wants_mediation')], people: [{ role: 'complainant', ...people.gao }] }),
  ];
  const asking = { channel: 'grid', disputeType: 'none', facts: [], help: ['counselling'] };
  const helped = {
    role: 'complainant',
    ...people.gao,
    contact: { channel: 'sms', reach: people.gao.phone, never: [] },
  };
  const { referral } = await city.report({ ...asking, people: [helped] }, posts.mediator);
  const round = await city.cloud.request({
    method: 'POST',
    path: '/v1/rounds',
    headers: { ...(await city.headers(posts.township)), 'idempotency-key': 'round' },
    body: { area: grid, day: new Date(city.cloud.now() + day).toISOString().slice(0, 10), places: ['桔乡市场东门'] },
  });
  const { id: roundId } = round.body as { id: string };
  for (const id of [referral, `${referral}.offer-help-1`, roundId]) seeds.ids.add(id);
  seeds.ids.add(await agreedOn());
  const [before, red, closed, mild] = sent;
  if (!before || !red || !closed || !mild) throw new Error('not all seeds are there');
  await answerTask(red.case, 'verify', { outcome: 'verified' });
  const [event] = (await city.case(red.case)).events as { id: string }[];
  const reason = '周一当事人持刀威胁邻居，情况属实，两个部门今天必须同时到场。';
  await answerTask(red.case, 'decide', { outcome: 'confirm', reason, changes: reason, events: [event?.id] });
  await answerTask(closed.case, 'verify', { outcome: 'unfounded' });
  for (const one of [before, red, closed]) await remember(one.case);
  for (const { dispute } of sent) seeds.ids.add(dispute);
  seeds.ids.add(`${mild.dispute}.settle-1`);
  const duty = {
    post: posts.county,
    person: `${posts.county}#1`,
    channel: 'voice',
    from: new Date(city.cloud.now() + day).toISOString(),
    to: new Date(city.cloud.now() + 1.5 * day).toISOString(),
  };
  const { body } = await city.cloud.request({
    method: 'POST',
    path: '/v1/roster',
    headers: { ...(await city.headers(posts.county)), 'idempotency-key': 'duty' },
    body: duty,
  });
  seeds.ids.add(String((body as { id: string }).id));
  // The receipt that went to whoever asked for help; nobody was called yet.
  for (const { topicArn, message } of city.cloud.outbox(0)) {
    if (topicArn === city.cloud.outputs.CitizensTopicArn) seeds.ids.add(JSON.parse(message).handle);
  }
  seeds.ids.add('k7m2p9xw');
  // What might be shared of each case, and a month of which there is a report.
  for (const id of [...seeds.ids].filter((one) => /^C-[0-9a-z]{12}$/.test(one))) seeds.ids.add(`${id}.share-1`);
  seeds.ids.add('2026-01');
  for (const post of [...inside, ...outside]) seeds.ids.add(post);
  for (const other of ['2026-01-05', `${posts.county}#1`, 'page.js', 'swagger-ui.css']) seeds.ids.add(other);
}

/** Settled on the spot: what was agreed on has a number of its own. */
async function agreedOn(): Promise<string> {
  const people = [{ role: 'complainant', name: '丁一', phone: '13800000091' }];
  const settled = { channel: 'grid', facts: [], people, settlement: { agreement: '各退一步，互不追究。' } };
  const { dispute } = await city.report(settled, posts.mediator);
  const { body } = await city.get(`/v1/disputes/${dispute}`, posts.county);
  const { agreements } = body.dispute as { agreements: { id: string }[] };
  return agreements[0]?.id ?? '';
}

const bearer = (token: string, more: Headers = {}): Headers => ({ authorization: `Bearer ${token}`, ...more });

async function everySender(): Promise<Sender[]> {
  const { cloud } = city;
  const holder = `${posts.county}#1`;
  const good = await cloud.issue({ person: holder, purpose: 'handling' });
  const expired = await cloud.issue({ person: holder, purpose: 'handling', expiresIn: -3600 });
  const [head = '', claims = ''] = good.split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  const post = { 'hejie-post': posts.county };
  const unsigned = [
    { who: 'nobody', headers: post },
    { who: 'an empty token', headers: { ...post, authorization: 'Bearer ' } },
    { who: 'what is no token', headers: bearer('abc.def.ghi', post) },
    { who: 'a token cut off', headers: bearer(good.slice(0, -12), post) },
    { who: 'a token of nobody’s key', headers: bearer(`${none}.${claims}.`, post) },
    { who: 'a token with other claims', headers: bearer(`${head}.${none}.${good.split('.')[2]}`, post) },
    { who: 'a password', headers: { ...post, authorization: 'Basic Zm91bmRlcjpmb3VuZGVy' } },
    { who: 'an expired token', headers: bearer(expired, post) },
  ].map((one) => ({ ...one, status: 401 as const }));
  const purposes = await Promise.all(
    refusedPurposes.map(async (purpose) => ({
      who: `a token for '${purpose}'`,
      headers: bearer(await cloud.issue({ person: holder, purpose }), post),
      status: 403 as const,
    })),
  );
  const stranger = await cloud.issue({ person: 'somebody-else', purpose: 'handling' });
  const strangers = [
    { who: 'who does not hold the post', headers: bearer(stranger, post), status: 403 as const },
    { who: 'who holds no post', headers: bearer(stranger), status: 403 as const },
    { who: 'whose post is none', headers: bearer(good, { 'hejie-post': '999999.nothing' }) },
    {
      who: 'a citizen',
      headers: bearer(await cloud.issue({ person: 'citizen', purpose: 'own-affairs', phone: '13800009999' })),
    },
  ];
  const holders: Sender[] = [];
  for (const one of outside) holders.push({ who: one, headers: await city.headers(one) });
  for (const one of inside) holders.push({ who: one, headers: await city.headers(one), insider: true });
  return [...unsigned, ...purposes, ...strangers, ...holders];
}

interface Sent {
  readonly operation: Documented;
  readonly sender: Sender;
  readonly path: string;
  readonly headers: Headers;
  readonly body?: unknown;
}

/** Whatever is asked, the answer is one that the document declares, and tells nobody what is not theirs. */
function check({ operation, sender }: Sent, answer: ApiAnswer, correlationId: string): void {
  const { status, headers, body } = answer;
  expect(status, 'never a fault of ours').toBeLessThan(500);
  if (!operation.isPublic && sender.status !== undefined) expect(status, sender.who).toBe(sender.status);
  const declared = operation.replies.get(status);
  expect(declared, `${status} is declared: ${JSON.stringify(body)}`).toBeDefined();
  if (!declared) return;
  expect(headers['content-type']?.split(';')[0]).toBe(declared.media);
  expect(declared.fits(body), `${JSON.stringify(declared.fits.errors)} of ${JSON.stringify(body)}`).toBe(true);
  const isProblem = declared.media === 'application/problem+json';
  if (isProblem) {
    const { type, instance } = body as { type: string; instance: string };
    expect(listedProblems).toContain(type);
    expect(declared.types, `declared for ${status}`).toContain(type);
    expect(instance).toBe(headers['hejie-correlation-id']);
  }
  // What the gateway itself refuses has the gateway's own.
  if (status !== 401) expect(headers['hejie-correlation-id']).toBe(correlationId);
  expect(headers['hejie-correlation-id']).toMatch(/^[\w-]{8,}/);
  if (isProblem || !sender.insider || !showsPeople.has(operation.id)) expect(secretsIn(body)).toEqual([]);
}

async function send(sent: Sent): Promise<ApiAnswer> {
  asked += 1;
  const correlationId = `fuzz-${String(asked).padStart(6, '0')}`;
  const { operation, sender, path, headers, body } = sent;
  const answer = await city.cloud.request({
    method: operation.method,
    path,
    headers: { ...headers, 'hejie-correlation-id': correlationId },
    ...(body === undefined ? {} : { body }),
  });
  try {
    check(sent, answer, correlationId);
  } catch (cause) {
    const what = `${operation.id} by ${sender.who}: ${operation.method} ${path}`;
    throw new Error(`${what} ${JSON.stringify({ headers, body })?.slice(0, 600)} → ${answer.status}`, { cause });
  }
  return answer;
}

/** Seeded things that this parameter could mean. */
const meant = ({ fits }: Parameter): string[] => [...seeds.ids].filter((id) => fits(id));

const pathOf = ({ path }: Documented, value: (name: string) => string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(value(name)));

const queryOf = (query: Readonly<Record<string, string>>): string => {
  const said = new URLSearchParams(query).toString();
  return said === '' ? '' : `?${said}`;
};

/** A request as a careful client sends it: examples of the document, and the first seeded thing that fits. */
function careful(operation: Documented, sender: Sender, seeded = 0): Sent {
  const { parameters, body } = operation;
  const named = (name: string) => parameters.find((one) => one.in === 'path' && one.name === name);
  const query = parameters.filter((one) => one.in === 'query' && one.required);
  const changes = parameters.some((one) => one.name === 'If-Match' && one.required);
  const match = changes ? { 'if-match': '"1"' } : {};
  const value = (one: Parameter | undefined) =>
    (one ? meant(one)[seeded % Math.max(1, meant(one).length)] : undefined) ?? String(one?.example);
  const path = pathOf(operation, (name) => value(named(name)));
  return {
    operation,
    sender,
    path: `${path}${queryOf(Object.fromEntries(query.map((one) => [one.name, String(one.example)])))}`,
    headers: { ...sender.headers, 'idempotency-key': `careful-${asked}`, ...match },
    ...(body ? { body: body.example } : {}),
  };
}

const huge = 'й'.repeat(40_000);
/** Bodies that fit no operation: no JSON, another type, too much, too deep. */
const hopeless = [
  ...['{', '[{}]', '42', '"text"', 'true', 'null', '{"a":1}{"b":2}', '<xml/>', '{"undeclared":1}'],
  `{"__proto__":{"reason":"${'x'.repeat(30)}"},"constructor":1}`,
  '['.repeat(30_000),
  `{"note":"${'x'.repeat(70_000)}"}`,
];
/** A body that does not fit: no JSON, another type, too much, too deep, something more or something else. */
function broken(fitting: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const within = (change: (body: object, key: string) => unknown) =>
    fc.tuple(fitting, fc.nat()).map(([body, n]) => {
      const one = typeof body === 'object' && body !== null ? body : {};
      const keys = Object.keys(one);
      return change(one, keys[n % Math.max(1, keys.length)] ?? 'nothing');
    });
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(null, '', huge, -1, 1e308, [], {}, '\u0000', '\ud800', '𠮷👨‍👩‍👧', "'; drop table --"),
  );
  return fc.oneof(
    fc.constantFrom('', '\ufeff{}', ...hopeless),
    fc.jsonValue(),
    within((body, key) => ({ ...body, [key]: undefined })),
    fc.tuple(fitting, odd, fc.nat()).map(([body, value, n]) => {
      const keys = Object.keys(Object(body));
      return { ...Object(body), [keys[n % Math.max(1, keys.length)] ?? 'nothing']: value };
    }),
    within((body) => ({ ...body, extra: 'undeclared' })),
    within((body) => [body]),
  );
}

const segment = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    fc.constantFrom('C-000000000000', 'D-zzzzzzzzzzzz', '%', ' ', "'", 'a'.repeat(3_000), 'C-000000000000.verify-1'),
  )
  // These are no names in a path.
  .filter((text) => text !== '.' && text !== '..');

function pathsOf(operation: Documented): fc.Arbitrary<string> {
  const named = operation.parameters.filter((one) => one.in === 'path');
  const values = named.map((one) => {
    const known = meant(one);
    const fitting = valuesOf(one.schema)
      .map(String)
      .filter((text) => text !== '');
    return fc
      .oneof(
        ...(known.length > 0 ? [{ weight: 6, arbitrary: fc.constantFrom(...known) }] : []),
        { weight: 1, arbitrary: fitting },
        { weight: 1, arbitrary: segment },
      )
      .map((value) => [one.name, value] as const);
  });
  return fc.tuple(...values).map((pairs) => {
    const by = new Map(pairs);
    return pathOf(operation, (name) => by.get(name) ?? '');
  });
}

function queriesOf(operation: Documented): fc.Arbitrary<string> {
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const odd = fc.oneof(
    fc.constantFrom('', '0', '-1', '1000', '1.5', 'NaN', '1e2', 'null', '9'.repeat(900), '%00', '331003', '331002'),
    fc.constantFrom(cursor(7), cursor(-1), cursor({ i: 99 }), cursor({ i: 0, last: {} }), cursor(null), cursor('x')),
    fc.constantFrom(cursor({ i: 0, last: { pk: 'C#C-1', sk: '0', place: 'H#331003001001001#0', since: '' } })),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  const parts = operation.parameters
    .filter((one) => one.in === 'query')
    .map((one) => {
      const value = fc.oneof({ weight: 3, arbitrary: valuesOf(one.schema).map(String) }, { weight: 1, arbitrary: odd });
      return [one.name, one.required ? value : fc.option(value, { nil: undefined })] as const;
    });
  const extra = fc.option(fc.constantFrom('__proto__', 'name', 'score', 'sort'), { nil: undefined, freq: 8 });
  return fc.tuple(fc.record(Object.fromEntries(parts)), extra).map(([query, more]) => {
    const said = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined);
    return queryOf(Object.fromEntries(more === undefined ? said : [...said, [more, '1']]));
  });
}

const oddHeaders: fc.Arbitrary<Headers> = fc.record(
  {
    'idempotency-key': fc.oneof(
      { weight: 4, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: fc.constantFrom('', 'a b', '键', 'k'.repeat(101), 'same', "k'--") },
    ),
    'if-match': fc.constantFrom('"1"', '"2"', '"3"', 'W/"4"', '*', '', '"x"', '"1", "2"', 'ж'),
    'content-type': fc.constantFrom('application/json', 'application/json', 'text/plain', 'multipart/form-data'),
    accept: fc.constantFrom('*/*', 'application/xml'),
  },
  { requiredKeys: ['content-type'] },
);

/** Any operation by anybody, about anything. */
function anyRequest(): fc.Arbitrary<Sent> {
  const perOperation = documented.map((operation) => {
    const { body } = operation;
    const fitting = body ? fc.oneof(fc.constant(body.example), valuesOf(body.schema)) : fc.constant(undefined);
    const bodies = body ? fc.oneof(fitting, broken(fitting)) : fc.oneof(fitting, fc.constant('{}'));
    return fc
      .tuple(fc.constantFrom(...senders), pathsOf(operation), queriesOf(operation), oddHeaders, bodies)
      .map(([sender, path, query, headers, given]): Sent => {
        const all = { ...headers, ...sender.headers };
        return { operation, sender, path: `${path}${query}`, headers: all, body: given };
      });
  });
  return fc.oneof(...perOperation);
}

describe('the contract, tried from outside', () => {
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    await seed();
    senders = await everySender();
  });
  afterAll(async () => {
    await city.cloud.settled();
    await city.cloud.close();
  });

  it('is tried on cases before a level, at a level and closed', () => {
    expect([...seeds.phases].sort()).toEqual(['before', 'closed', 'level']);
    for (const { id, parameters } of documented) {
      for (const one of parameters.filter(({ in: where }) => where === 'path')) expect(meant(one), id).not.toEqual([]);
    }
  });

  it('declares every answer as closed: nothing undeclared can be in it', () => {
    const open = documented.flatMap(({ id, replies }) =>
      [...replies].flatMap(([status, { schema }]) => openIn(schema, `${id} ${status}`)),
    );
    // The contract itself is a document of another standard.
    expect(open.filter((at) => !at.startsWith('read-contract '))).toEqual([]);
  });

  it('is shown to those who work there: the seeds are there to be found', async () => {
    const read = documented.find(({ id }) => id === 'read-dispute');
    const sender = senders.find(({ who }) => who === posts.police);
    if (!read || !sender) throw new Error('nobody to read it');
    const shown: string[] = [];
    for (let i = 0; i < 4; i++) shown.push(...secretsIn((await send(careful(read, sender, i))).body));
    expect(shown).toContain(people.xue.name);
  });

  it('answers 401 without a token that holds, 403 for another purpose or another’s post, whatever is asked', async () => {
    const refused = senders.filter(({ status }) => status !== undefined);
    for (const [i, operation] of documented.entries()) {
      // Each operation by every second of them: all senders, and all kinds, are seen by each kind of operation.
      for (const sender of refused.filter((_, k) => (k + i) % 2 === 0)) await send(careful(operation, sender, i));
    }
  });

  it('shows nothing of a county to posts of another, nor of people to those who oversee or administer', async () => {
    const reads = documented.filter(({ id }) => showsPeople.has(id) || id.endsWith('history'));
    const others = outside.filter((post) => /^33100[24]\./.test(post));
    for (const operation of reads) {
      for (const sender of senders.filter(({ who }) => others.includes(who))) {
        for (let i = 0; i < 2; i++) {
          const { status } = await send(careful(operation, sender, i));
          if (!operation.path.includes('{postId}'))
            expect([403, 404], `${operation.id} ${sender.who}`).toContain(status);
        }
      }
    }
  });

  it('refuses what fits no operation as such, to all whose role could send it', async () => {
    const holders = senders.filter(({ who }) => [...inside, ...outside].includes(who));
    for (const operation of documented.filter(({ body }) => body !== undefined)) {
      let reached = 0;
      for (const [i, body] of hopeless.entries()) {
        // Each body by every third of them.
        for (const sender of holders.filter((_, k) => k % 3 === i % 3)) {
          const { status } = await send({ ...careful(operation, sender), body });
          expect([403, 413, 422], `${operation.id} ${sender.who} ${body.slice(0, 30)}`).toContain(status);
          if (status !== 403) reached += 1;
        }
      }
      expect(reached, operation.id).toBeGreaterThan(0);
    }
  });

  it('whatever is sent by whomever: declared, never a fault of ours, and nobody’s name where it does not belong', async () => {
    const seen = new Map<number, number>();
    const tried = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyRequest(), async (sent) => {
        const { status } = await send(sent);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        tried.add(sent.operation.id);
      }),
      { seed: 2026, numRuns: 700, endOnFailure: true },
    );
    expect(tried.size).toBe(documented.length);
    // The draw reaches all the ways in which a request can end.
    for (const status of [200, 401, 403, 404, 422]) expect([...seen.keys()], String(status)).toContain(status);
  });
});
