import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, personOf, posts } from '../support/city-on-one-machine.ts';
import { clockTime, Village } from '../support/ordinary.ts';
import {
  answered,
  changes,
  commanded,
  day,
  reason as decisionReason,
  hour,
  ofId,
  shown,
  talkedOver,
  taskOf,
} from '../support/story.ts';

const cityDuty = '331000.city-duty';
const why = '当天我在医院陪护，不在现场，持刀的不是我，有护士可以作证。';
const newFacts = '医院已出具当天的陪护证明，上面写明了入院和离开的时间。';
const note = '经核对医院证明与接警记录，当事人当天不在现场，事件系误认。';
const stands = '经核对接警记录与两名在场人的陈述，事件属实，原决定依据充分。';
const agent = { name: '钱律师', mandate: '2026年1月5日书面委托书' };
const notYours = [403, 'urn:hejie:problem:not-yours'];
const notPermitted = [403, 'urn:hejie:problem:not-permitted'];
const refused = [409, 'urn:hejie:problem:refused'];

/** Each with an identity number of their own. */
const numbers = {
  zhou: '999999198503120018',
  wu: '999999199007070028',
  zheng: '999999197811230038',
  feng: '999999196602140058',
} as const;
type Who = keyof typeof numbers;
/** Where two of them may safely be reached. */
const safe = { zhou: '13905760071', wu: '13905760072' } as const;

describe('somebody says that a decision about them is wrong', () => {
  let city: CityOnOneMachine;
  const ids: Partial<Record<Who, string>> = {};
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const idOf = (who: Who): string => ids[who] ?? '';
  const oneself = (who: Who) => city.people.citizen({ person: who, idNumber: numbers[who] });

  /** A report about somebody, verified and decided; everybody is safe, and nothing tells who spoke. */
  const decided = async (who: Who, level: 'yellow' | 'orange' | 'red') => {
    const { case: id } = await city.report({ people: [{ role: 'respondent', name: '某某', idNumber: numbers[who] }] });
    ids[who] = id;
    await answered(city, id, 'verify', { outcome: 'verified' });
    const events = ((await city.case(id)).events as { id: string }[]).map((event) => event.id);
    const choice = level === 'red' ? { outcome: 'confirm' } : { outcome: 'lower', level };
    await answered(city, id, 'decide', { ...choice, reason: decisionReason, changes, events });
    if (level === 'red') await answered(city, id, 'second', { outcome: 'agree' });
    await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'made' });
    if (level !== 'yellow') await talkedOver(city, id);
    return id;
  };
  const told = async (who: Who, level: 'yellow' | 'orange' | 'red') => {
    const id = await decided(who, level);
    await answered(city, id, 'notify', { outcome: 'told' });
    return id;
  };
  const contest = async (who: Who, body: object = {}, id = idOf(who)) => {
    const params = { path: { id }, header: { 'Idempotency-Key': city.key() } };
    const { data, error, response } = await oneself(who).POST('/cases/{id}/contests', {
      params,
      body: { reason: why, ...body },
    });
    await city.cloud.settled();
    return { status: response.status, type: error?.type, data, error };
  };
  const asked = async (who: Who, id = idOf(who)) =>
    shown(await oneself(who).GET('/matters/{id}/requests', ofId(id))).requests;
  const line = async (who: Who) => {
    const { body } = await city.get('/v1/cases?area=331003&subject=case&limit=100', posts.county);
    return (body.cases as { id: string }[]).find(({ id }) => id === idOf(who));
  };
  const answer = async (who: Who, kind: string, body: object, person?: string) => {
    const { taskId, owner } = await taskOf(city, idOf(who), kind);
    return city.act(taskId, 'answer', owner, body, person ?? personOf(owner));
  };
  const tasks = async (who: Who) => (await city.case(idOf(who))).tasks.map(({ no }) => no);

  describe('Monday: the contest comes in', () => {
    it('not before they were told: until then it is as if nothing were there', async () => {
      const id = await decided('zhou', 'orange');
      expect([(await contest('zhou')).status, (await contest('zhou')).type]).toEqual(notPermitted);
      expect((await oneself('zhou').GET('/matters/{id}/requests', ofId(id))).response.status).toBe(403);
      // Whoever works with it is told what is missing.
      const body = { reason: why, agent };
      const early = await commanded(city, `/v1/cases/${id}/contests`, posts.township, body);
      expect([early.status, early.type]).toEqual(refused);
      await answered(city, id, 'notify', { outcome: 'told' });
    });

    it('told, they say how they may safely be reached, wherever they are named: which report named them stays untold', async () => {
      await told('wu', 'yellow');
      const params = (id: string) => ({ path: { id }, header: { 'Idempotency-Key': city.key() } });
      for (const who of ['zhou', 'wu'] as const) {
        const { matters } = shown(await oneself(who).GET('/me/matters'));
        const dispute = matters[0]?.dispute ?? '';
        const body = { contact: { channel: 'sms' as const, reach: safe[who], never: [] } };
        const said = await oneself(who).PUT('/disputes/{id}/contacts', { params: params(dispute), body });
        expect(shown(said)).toEqual({ dispute, n: expect.any(Number), repeated: false });
        const other = await oneself(who === 'wu' ? 'zhou' : 'wu').PUT('/disputes/{id}/contacts', {
          params: params(dispute),
          body,
        });
        expect(other.response.status).toBe(403);
        const own = shown(await oneself(who).GET('/disputes/{id}', ofId(dispute))).people;
        expect(own).toMatchObject([{ part: 'respondent', contact: { reach: safe[who] } }]);
      }
    });

    it('nobody contests what is another’s, or is not there', async () => {
      for (const id of [idOf('zhou'), 'C-0123456789ab']) {
        const { status, type } = await contest('wu', {}, id);
        expect([status, type]).toEqual(notPermitted);
      }
    });

    it('told, they contest it: received, with a day by which it is answered', async () => {
      const before = await city.case(idOf('zhou'));
      const { status, data } = await contest('zhou');
      expect(status).toBe(201);
      expect(data).toMatchObject({ id: idOf('zhou'), answerBy: new Date(city.cloud.now() + 10 * day).toISOString() });
      const after = await city.case(idOf('zhou'));
      // Protection and the level's clocks go on.
      const { underReview: _, ...level } = after.level as Record<string, unknown>;
      expect(before.level).toMatchObject(level);
      expect(after).toMatchObject({ safetyPlan: true });
      expect(await tasks('zhou')).toEqual(expect.arrayContaining([...before.tasks.map(({ no }) => no), 'contest-1']));
    });

    it('it is shown as under review: in the case, on the board, and to them', async () => {
      const since = new Date(city.cloud.now()).toISOString();
      const level = { colour: 'orange', underReview: since };
      expect(await city.case(idOf('zhou'))).toMatchObject({ level });
      expect(await line('zhou')).toMatchObject({ level: null, underReview: true });
      const found = await city.get('/v1/cases?area=331003&level=orange&limit=100', posts.county);
      expect(JSON.stringify(found.body)).not.toContain(idOf('zhou'));
      const own = shown(await oneself('zhou').GET('/cases/{id}', ofId(idOf('zhou'))));
      expect(own.case).toMatchObject({ level });
      expect(await asked('zhou')).toMatchObject([{ about: 'contest', outcome: null, words: [why], reason: null }]);
      const { matters } = shown(await oneself('zhou').GET('/me/matters'));
      expect(matters).toMatchObject([{ case: idOf('zhou'), requests: [{ about: 'contest', outcome: null }] }]);
    });

    it('a reviewer has it, who is to take it up within two working days and sees nobody’s name', async () => {
      const task = (await taskOf(city, idOf('zhou'), 'contest')) as unknown as { owner: string; acknowledgeBy: string };
      expect(task.owner).toBe(posts.reviewer);
      expect(task.acknowledgeBy).toBe('2026-01-07T09:30:00.000Z');
      const { body } = await city.get(`/v1/matters/${idOf('zhou')}/requests`, posts.reviewer);
      expect(body.requests).toMatchObject([{ words: [why] }]);
      const read = await city.get(`/v1/cases/${idOf('zhou')}`, posts.reviewer);
      expect(read.body.people).toBeUndefined();
    });

    it('what they wrote is for whoever reviews it, and for nobody who works with it', async () => {
      for (const post of [posts.township, posts.county, posts.police]) {
        const { status } = await city.get(`/v1/matters/${idOf('zhou')}/requests`, post);
        expect(status).toBe(403);
        const history = await city.get(`/v1/cases/${idOf('zhou')}/history?limit=100`, post);
        expect(JSON.stringify(history.body)).not.toContain(why);
      }
      const { body } = await city.get(`/v1/cases/${idOf('zhou')}/history?limit=100`, posts.township);
      expect(body.actions).toContainEqual(expect.objectContaining({ kind: 'contested', post: null }));
    });

    it('a second contest of the same decision is refused without new facts; these join the first and win no time', async () => {
      const again = await contest('zhou');
      expect([again.status, again.type]).toEqual(refused);
      expect(again.error?.allowed?.[0]).toContain('newFacts');
      await city.pass(hour);
      const { status, data } = await contest('zhou', { newFacts });
      expect(status).toBe(201);
      expect(data?.answerBy).toBe(new Date(city.cloud.now() - hour + 10 * day).toISOString());
      expect((await tasks('zhou')).filter((no) => no.startsWith('contest-'))).toEqual(['contest-1']);
      expect((await asked('zhou'))[0]?.words).toEqual([why, `${why}\n新情况 New facts: ${newFacts}`]);
    });

    it('an agent contests through a post that names the mandate; the agent’s name lies sealed', async () => {
      const path = `/v1/cases/${idOf('wu')}/contests`;
      const without = await commanded(city, path, posts.mediator, { reason: why });
      expect([without.status, without.type]).toEqual([422, 'urn:hejie:problem:invalid']);
      const elsewhere = await commanded(city, path, '331002.county-centre', { reason: why, agent });
      expect(elsewhere.status).toBe(403);
      const entered = await commanded(city, path, posts.mediator, { reason: why, agent });
      expect(entered.status).toBe(201);
      expect(await asked('wu')).toMatchObject([{ agent: true, outcome: null }]);
      const { body } = await city.get(`/v1/matters/${idOf('wu')}/requests`, posts.reviewer);
      expect(JSON.stringify(body)).toContain(agent.name);
      for await (const item of city.cloud.scan()) expect(JSON.stringify(item)).not.toContain(agent.name);
    });
  });

  describe('Tuesday: it is answered', () => {
    it('whoever decided, verified or planned neither takes it up nor answers it, in whichever post', async () => {
      await city.pass(20 * hour);
      const { taskId, owner } = await taskOf(city, idOf('wu'), 'contest');
      for (const acted of [personOf(posts.police), personOf(posts.mediator)]) {
        for (const [verb, body] of [
          ['acknowledge', {}],
          ['answer', { outcome: 'rejected', note: stands }],
        ] as const) {
          const { status, body: told } = await city.act(taskId, verb, owner, body, acted);
          expect([status, told.type]).toEqual(notYours);
        }
      }
    });

    it('nor does the reviewer hand it to whoever handles disputes, or put it off', async () => {
      const { taskId, owner } = await taskOf(city, idOf('wu'), 'contest');
      for (const [verb, body] of [
        ['hand-off', { to: posts.county, reason: '请县级办理。' }],
        ['pause', { waitingFor: 'court', note: '等待法院出具相关文书。' }],
        [
          'extend',
          {
            until: new Date(city.cloud.now() + 20 * day).toISOString(),
            reason: '还需要更多的时间来逐一核对医院出具的证明和接警记录。',
          },
        ],
      ] as const) {
        const { status, body: told } = await city.act(taskId, verb, owner, body);
        expect([verb, status, told.type]).toEqual([verb, ...refused]);
      }
    });

    it('with a reason', async () => {
      const without = await answer('wu', 'contest', { outcome: 'upheld' });
      expect([without.status, without.body.faults]).toMatchObject([422, [{ path: 'note' }]]);
    });

    it('it is right: the level ends, the safety plan of the affected person stays, and they read why', async () => {
      expect(await answer('wu', 'contest', { outcome: 'upheld', note })).toMatchObject({ status: 200 });
      await city.cloud.settled();
      expect(await city.case(idOf('wu'))).toMatchObject({ endsAs: 'contested', level: null });
      const { body } = await city.get(`/v1/cases/${idOf('wu')}`, posts.reviewer);
      expect(body.case).toMatchObject({ safetyPlan: true });
      expect((await tasks('wu')).some((no) => no.startsWith('safety-plan-'))).toBe(true);
      expect(await line('wu')).toMatchObject({ level: null, underReview: false });
      expect(await asked('wu')).toMatchObject([
        {
          ...{ outcome: 'upheld', reason: note, answerBy: null, routes: [], takenUpAt: null },
          answeredBy: { post: posts.reviewer, zh: expect.any(String), en: expect.any(String) },
        },
      ]);
      const again = await contest('wu', { newFacts });
      expect([again.status, again.type]).toEqual(refused);
    });

    it('it is not: the level stands, and they read why, where else to go, and not who spoke', async () => {
      await told('zheng', 'orange');
      await contest('zheng');
      expect(await answer('zheng', 'contest', { outcome: 'rejected', note: stands })).toMatchObject({ status: 200 });
      expect(await city.case(idOf('zheng'))).toMatchObject({ level: { colour: 'orange', underReview: null } });
      expect(await line('zheng')).toMatchObject({ level: 'orange', underReview: false });
      const [one] = await asked('zheng');
      expect(one).toMatchObject({ outcome: 'rejected', reason: stands });
      expect(one?.routes.map(({ law }) => law)).toEqual(['行政复议法 20', '行政诉讼法 46']);
      const { actions } = shown(await oneself('zheng').GET('/cases/{id}/history', ofId(idOf('zheng'))));
      expect(JSON.stringify([one, actions])).not.toMatch(/派出所|police|reported|safety/);
      const again = await contest('zheng');
      expect([again.status, again.type]).toEqual(refused);
    });

    it('new facts are looked at once more, by another reviewer', async () => {
      expect((await contest('zheng', { newFacts })).status).toBe(201);
      const same = await answer('zheng', 'contest', { outcome: 'rejected', note: stands });
      expect([same.status, same.body.type]).toEqual(notYours);
      const lowered = { outcome: 'lowered', level: 'yellow', note };
      expect(await answer('zheng', 'contest', lowered, 'another-reviewer')).toMatchObject({ status: 200 });
      await city.cloud.settled();
      expect(await city.case(idOf('zheng'))).toMatchObject({ level: { colour: 'yellow', underReview: null } });
      expect((await asked('zheng'))[1]).toMatchObject({ outcome: 'lowered', reason: note });
    });
  });

  describe('and where nobody answers', () => {
    it('red is contested too: its colour stays on the board, where somebody’s safety hangs on it', async () => {
      await told('feng', 'red');
      await contest('feng');
      expect(await line('feng')).toMatchObject({ level: 'red', underReview: true });
    });

    it('on day 8 it is the lead’s beside the reviewer', async () => {
      const { taskId } = await taskOf(city, idOf('zhou'), 'contest');
      await city.act(taskId, 'acknowledge', posts.reviewer, {});
      expect((await taskOf(city, idOf('zhou'), 'contest')).owner).toBe(posts.reviewer);
      const received = Date.parse((await asked('zhou'))[0]?.at ?? '');
      await city.pass(received + 8 * day + 60_000 - city.cloud.now());
      expect((await taskOf(city, idOf('zhou'), 'contest')).owner).toBe(cityDuty);
      expect(city.said()).toContainEqual(expect.objectContaining({ kind: 'escalated', taskId, post: cityDuty }));
      expect(await city.case(idOf('zhou'))).toMatchObject({ level: { colour: 'orange' } });
    });

    it('on day 10 orange lapses: no decision, the safety plan stays, and the outcome is there to read', async () => {
      await city.pass(2 * day);
      const { body } = await city.get(`/v1/cases/${idOf('zhou')}`, posts.reviewer);
      expect(body.case).toMatchObject({ endsAs: 'lapsed', level: null, safetyPlan: true });
      expect((await tasks('zhou')).some((no) => no.startsWith('safety-plan-'))).toBe(true);
      const history = await city.get(`/v1/cases/${idOf('zhou')}/history?limit=100`, posts.reviewer);
      expect(history.body.actions).toContainEqual(expect.objectContaining({ kind: 'lapsed', task: 'contest-1' }));
      expect(await asked('zhou')).toMatchObject([{ outcome: 'lapsed', reason: null, answeredBy: null }]);
    });

    it('who called a channel safe heard of it by that, by day, in words that say nothing; nobody else was written to', async () => {
      const heard = new Village(city).messages();
      const told = heard.map(
        ({ at, text }) => `${clockTime(at).slice(0, 10)} ${text.includes('已有答复') ? 'answered' : 'taken up'}`,
      );
      expect(told.sort()).toEqual(['2026-01-06 answered', '2026-01-06 taken up', '2026-01-15 answered']);
      for (const { at, text } of heard) {
        expect(Number(clockTime(at).slice(11, 13))).toBeGreaterThanOrEqual(8);
        expect(text).not.toMatch(/\d|异议|等级|橙|黄|orange|yellow|contest/);
      }
      expect(await asked('zhou')).toMatchObject([{ takenUpAt: expect.stringContaining('2026-01-0') }]);
      // The city's gateway asks where the newest goes, as the person called it safe.
      const gateway = await city.as('331000.gateway');
      const params = { path: { handle: heard.at(-1)?.handle ?? '' } };
      expect(shown(await gateway.GET('/contacts/{handle}', { params }))).toEqual({ channel: 'sms', number: safe.zhou });
    });

    it('red goes to two more reviewers of two departments for 48 hours', async () => {
      const received = Date.parse((await asked('feng'))[0]?.at ?? '');
      await city.pass(received + 10 * day + 60_000 - city.cloud.now());
      const found = (await city.case(idOf('feng'))).tasks.filter(({ no }) => no.startsWith('contest-second-'));
      expect(found.map(({ owner }) => owner)).toEqual(['331000.city-justice', '331003.county-human-resources']);
      expect(await city.case(idOf('feng'))).toMatchObject({ level: { colour: 'red' } });
      expect((await city.case(idOf('feng'))).level).toMatchObject({ underReview: expect.any(String) });
      // They read what was asked, and no name.
      const { body } = await city.get(`/v1/matters/${idOf('feng')}/requests`, '331003.county-human-resources');
      expect(body.requests).toMatchObject([{ words: [why] }]);
      const read = await city.get(`/v1/cases/${idOf('feng')}`, '331003.county-human-resources');
      expect(read.body.people).toBeUndefined();
    });

    it('one says that it stands, the same person may not say it twice, the other is silent: it lapses', async () => {
      const [one, other] = (await city.case(idOf('feng'))).tasks.filter(({ no }) => no.startsWith('contest-second-'));
      if (!one || !other) throw new Error('no two reviewers');
      const given = { outcome: 'rejected', note: stands };
      expect(await city.act(one.taskId, 'answer', one.owner, given)).toMatchObject({ status: 200 });
      const twice = await city.act(other.taskId, 'answer', other.owner, given, personOf(one.owner));
      expect([twice.status, twice.body.type]).toEqual(notYours);
      await city.pass(2 * day);
      const { body } = await city.get(`/v1/cases/${idOf('feng')}`, posts.reviewer);
      expect(body.case).toMatchObject({ endsAs: 'lapsed', level: null, safetyPlan: true });
      expect(await asked('feng')).toMatchObject([{ outcome: 'lapsed' }]);
    });

    it('somebody speaks up anew, of which they know nothing yet: what they asked stays theirs to read', async () => {
      await city.report({ people: [{ role: 'respondent', name: '某某', idNumber: numbers.zhou }] });
      expect((await oneself('zhou').GET('/cases/{id}', ofId(idOf('zhou')))).response.status).toBe(403);
      expect(shown(await oneself('zhou').GET('/me/matters')).matters).toEqual([]);
      expect(await asked('zhou')).toMatchObject([{ outcome: 'lapsed' }]);
      expect((await contest('zhou', { newFacts })).status).toBe(403);
    });

    it('how each contest ended is counted, and nobody with it', async () => {
      const counted: unknown[] = [];
      for await (const item of city.cloud.scan()) if (item.contest !== undefined) counted.push(item.contest);
      expect(counted.sort()).toEqual(['lapsed', 'lapsed', 'lowered', 'rejected', 'upheld']);
    });
  });
});
