import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { day, ofId, reason, shown, toRed } from '../support/story.ts';

const liu = { name: '刘大强', idNumber: '999999198001010011', phone: '13800000002', address: '桥头村9号' };
const wang = { name: '王小花', phone: '13800000001', address: '桥头村8号' };
const words = '报警人称邻居刘大强持刀扬言杀人';

describe('somebody asks to be forgotten', () => {
  let city: CityOnOneMachine;
  let id = '';
  let dispute = '';
  let ref = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    const people = [
      { role: 'complainant', ...wang },
      { role: 'respondent', ...liu },
    ];
    ({ case: id, dispute } = await toRed(city, { text: words, people }));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  /** Everything that anybody is shown of it. */
  const everyAnswer = async (): Promise<string> => {
    const readers = [posts.county, posts.countyPolice, posts.reviewer, '331003.county-justice'];
    const all: unknown[] = [];
    for (const post of readers) {
      const client = await city.as(post);
      all.push((await client.GET('/cases/{id}', ofId(id))).data);
      all.push((await client.GET('/cases/{id}/history', ofId(id))).data);
      all.push((await client.GET('/cases/{id}/danger-note', ofId(id))).data);
      all.push((await client.GET('/disputes/{id}', ofId(dispute))).data);
      all.push((await client.GET('/disputes/{id}/history', ofId(dispute))).data);
      all.push((await client.GET('/disputes/{id}/affected', ofId(dispute))).data);
    }
    return JSON.stringify(all);
  };
  /** What is kept of a person, an address, words or a note: by keys, and whether anything of it can be opened. */
  const kept = async (): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for await (const item of city.cloud.scan()) {
      const sk = String(item.sk);
      if (/^(PERSON|ADDRESS|TEXT|NOTE)#/.test(sk)) found.set(`${item.pk} ${sk}`, Object.keys(item).sort().join(' '));
    }
    return found;
  };
  const erase = async (key: string, ground: 'request' | 'court' = 'request') => {
    const administrator = await city.as(posts.administrator);
    const params = { path: { id: dispute }, header: { 'Idempotency-Key': key } };
    return administrator.POST('/disputes/{id}/erasures', { params, body: { ref, ground } });
  };

  it('before, those who work with it see a name, a number, an address and words', async () => {
    const police = await city.as(posts.countyPolice);
    const { people, words: told } = shown(await police.GET('/cases/{id}', ofId(id)));
    expect(people).toContainEqual(expect.objectContaining(liu));
    expect(told?.[0]?.text).toContain(liu.name);
    ref = people?.find(({ part }) => part === 'respondent')?.ref ?? '';
    expect(await everyAnswer()).toContain(reason);
  });

  it('nobody but the administrator erases, and nobody erases who is not there', async () => {
    const county = await city.as(posts.county);
    const params = { path: { id: dispute }, header: { 'Idempotency-Key': city.key() } };
    const body = { ref, ground: 'request' } as const;
    expect((await county.POST('/disputes/{id}/erasures', { params, body })).response.status).toBe(403);
    const administrator = await city.as(posts.administrator);
    const other = { ref: ref.replace(/\d+$/, '9'), ground: 'request' } as const;
    expect((await administrator.POST('/disputes/{id}/erasures', { params, body: other })).response.status).toBe(404);
  });

  it('after, name, number, address and words are in no answer and not in the table; the neighbour still is', async () => {
    const before = await kept();
    const { erasedAt, completeOn } = shown(await erase('forget'));
    await city.cloud.settled();
    expect(Date.parse(completeOn) - Date.parse(erasedAt)).toBe(35 * day);
    const answers = await everyAnswer();
    for (const gone of [...Object.values(liu), words, reason]) expect(answers).not.toContain(gone);
    expect(answers).toContain(wang.name);
    const after = await kept();
    const person = [...after.keys()].find((key) => key.endsWith(`PERSON#${ref.replace(/\.(\d+)$/, '#$1')}`)) ?? '';
    // Key and ciphertext are gone; that there was somebody stays.
    expect(before.get(person)).toMatch(/key|cipher|sealed/i);
    expect(after.get(person)).not.toMatch(/key|cipher|sealed|parties/i);
    for await (const item of city.cloud.scan()) {
      for (const gone of [liu.name, liu.idNumber, liu.phone, liu.address]) {
        expect(JSON.stringify(item)).not.toContain(gone);
      }
    }
  });

  it('who erased stands in the history, which still folds to what is', async () => {
    const reviewer = await city.as(posts.reviewer);
    for (const read of [
      await reviewer.GET('/cases/{id}/history', { params: { path: { id }, query: { limit: 100 } } }),
      await reviewer.GET('/disputes/{id}/history', { params: { path: { id: dispute }, query: { limit: 100 } } }),
    ]) {
      const { actions } = shown(read);
      expect(actions.map(({ n }) => n)).toEqual(actions.map((_, i) => i + 1));
      expect(actions).toContainEqual(expect.objectContaining({ kind: 'erased', post: posts.administrator }));
    }
    // The work goes on without the name.
    expect((await city.case(id)).level).toMatchObject({ colour: 'red' });
  });

  it('a week later it is asked for again, under another key and for another ground: the answer is the first', async () => {
    const first = shown(await erase('forget'));
    await city.pass(7 * day);
    expect(shown(await erase('forget'))).toEqual(first);
    expect(shown(await erase('forget-again', 'court'))).toEqual(first);
  });

  it('a person who is found by their number finds nothing any more', async () => {
    const himself = city.people.citizen({ person: 'liu', idNumber: liu.idNumber, phone: liu.phone });
    expect(shown(await himself.GET('/me/matters')).matters).toEqual([]);
    expect((await himself.GET('/cases/{id}', ofId(id))).response.status).toBe(403);
  });
});
