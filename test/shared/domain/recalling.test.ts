/** Who has received what, and that it is called back in the very action that ends what it was needed for. */
import { beforeEach, describe, expect, it } from 'vitest';
import { post } from '../../../shared/config/posts.ts';
import { recalled } from '../../../shared/domain/folding/recall.ts';
import { handOver } from '../../../shared/domain/handing-over.ts';
import { disputeIdFor } from '../../../shared/domain/ids.ts';
import { fieldsOf, type RecallCause } from '../../../shared/domain/recalling.ts';
import { openShare, shareBody, sharedWith } from '../../../shared/domain/sharing.ts';
import { type CaseState, openTasks } from '../../../shared/domain/state.ts';
import { phaseOf, standingOf } from '../../../shared/domain/who-may/standing.ts';
import { city } from '../../support/city.ts';
import { PaperCase } from '../../support/paper-case.ts';
import { county, day, monday, PlannedCase } from '../../support/planned-case.ts';

const health = '999901.county-health';
const police = '999901.county-police';
const by = { role: 'staff', person: `${county}#1`, post: county } as const;

let one: PlannedCase;
beforeEach(() => {
  one = new PlannedCase();
});

const asked = (more: object = {}) =>
  shareBody.parse({
    ...{
      to: health,
      need: 'counselling',
      fields: ['events', 'needs'],
      until: new Date(monday + 5 * day).toISOString(),
    },
    ...{ reason: 'They agreed to counselling and want somebody who knows.' },
    ...more,
  });
const content = (more: object = {}) => sharedWith({ city, state: one.state, by, at: one.at }, asked(more));
const share = (more: object = {}) => {
  one.do(content(more), by);
  return `${one.state.id}.share-${one.state.n}`;
};
const lapsed = () => one.do({ kind: 'lapsed', task: 'renew-1', from: 'orange', to: null });
const destroys = () => openTasks(one.state).filter(({ kind }) => kind === 'destroy');
const wanted = () => one.state.wants.filter(({ kind }) => kind === 'destroy');
/** What the lifecycle opens at an end. */
const opened = () => one.open();

describe('sharing', () => {
  it('is for help, until a day, with a post that handles disputes and may see it', () => {
    expect(content()).toMatchObject({
      kind: 'shared',
      to: health,
      fields: ['events', 'needs'],
      until: monday + 5 * day,
    });
    for (const [more, path] of [
      [{ to: county }, 'to'],
      [{ to: 'nobody' }, 'to'],
      [{ to: '999900.reviewer' }, 'to'],
      [{ to: police }, 'to'],
      [{ to: police, need: 'joint-visit' }, 'fields.1'],
      [{ need: 'joint-visit' }, 'fields.1'],
      [{ until: new Date(monday).toISOString() }, 'until'],
      [{ until: new Date(monday + 11 * day).toISOString() }, 'until'],
    ] as const) {
      expect(() => content(more), JSON.stringify(more)).toThrow(path);
    }
    expect(shareBody.safeParse({ ...asked(), fields: ['level'] }).success).toBe(false);
    expect(shareBody.safeParse({ ...asked(), need: 'investigation' }).success).toBe(false);
    expect(
      shareBody.safeParse({ ...asked(), reason: '便于稳控该人，请你单位掌握其全部情况并随时报告。' }).success,
    ).toBe(false);
  });

  it('is the accountable post’s, and not without a level', () => {
    const other = { ...by, post: health };
    expect(() => sharedWith({ city, state: one.state, by: other, at: one.at }, asked())).toThrow('belongs to');
    const made = content();
    one.open();
    lapsed();
    expect(() => one.do(made, by)).toThrow('shared');
  });

  it('opens to its last moment, and then asks for what was kept', () => {
    const id = share();
    one.open();
    expect(destroys()).toMatchObject([{ owner: health, begun: false, from: monday + 5 * day, level: null }]);
    expect(openShare(one.state, id, monday + 5 * day - 1)).toBeDefined();
    expect(openShare(one.state, id, monday + 5 * day)).toBeUndefined();
    one.at = monday + 5 * day;
    one.do({ kind: 'began', task: 'destroy-1' });
    one.act('destroy-1', 'answer', { outcome: 'destroyed' });
    expect(one.state.grants).toEqual([]);
  });
});

describe('recall', () => {
  it('a lapse shuts what is shared in the same action and asks each who has something, and nobody else', () => {
    const id = share();
    one.open().plan({ kind: 'joint-visit', owner: health }).open();
    one.act('measure-1', 'acknowledge', {});
    one.act('measure-1', 'hand-off', { to: '999901001.township-centre' }, health);
    one.act('measure-1', 'accept', {}, '999901001.township-centre');
    expect(one.state.grants.map(({ to, by: how }) => [to, how])).toEqual([
      [health, ['shared']],
      [health, ['worked']],
    ]);
    lapsed();
    expect(openShare(one.state, id, one.at)).toBeUndefined();
    // The task for the last day of the share is gone: what is asked now is asked now.
    expect(destroys()).toEqual([]);
    expect(wanted().map(({ owner }) => owner)).toEqual([health, health]);
    opened();
    expect(destroys()).toMatchObject([
      { owner: health, begun: true, level: null },
      { owner: health, begun: true, level: null },
    ]);
    expect(JSON.stringify(destroys())).not.toMatch(/orange|E-1|neighbour/);
  });

  it('whoever was accountable until the level moved the case to another post is asked at its end', () => {
    const life = new PaperCase().report({ facts: ['threat_to_harm'] }).decide('yellow');
    const { owner } = life.state;
    expect(life.state.grants).toEqual([]);
    life.at += day;
    life.report().decide('orange');
    expect(life.state.owner).not.toBe(owner);
    expect(life.state.grants).toMatchObject([{ to: owner, by: ['worked'], recalled: null }]);
    life.pass(31 * day);
    expect(life.state.level).toBeNull();
    expect(openTasks(life.state).filter(({ kind }) => kind === 'destroy')).toHaveLength(1);
    expect(life.state.grants).toMatchObject([{ to: owner, recalled: 'level-ended' }]);
  });

  it('whoever hands the whole on after its end is asked at once: nobody asks them later', () => {
    const life = new PaperCase().report({ facts: ['threat_to_harm'] }).decide('yellow');
    const { no, owner } = life.answer('protect', { outcome: 'protected' }).task('renew');
    life.do({ kind: 'began', task: no });
    life.answer('renew', { outcome: 'ended' });
    const { state, at } = life;
    const sender = { role: 'staff', person: 'P-sender', post: owner } as const;
    const reason = 'She lives with her sister in the town now, who is looked after there.';
    life.commit(handOver({ city, state, by: sender, at, key: 'over', to: health, reason }).draft);
    life.drive().answer('take-over', { outcome: 'accepted' });
    expect(life.state).toMatchObject({ status: 'resolved', owner: health });
    expect(life.state.grants).toMatchObject([{ to: owner, by: ['worked'], recalled: 'resolved' }]);
    expect(life.task('destroy')).toMatchObject({ owner, begun: true });
  });

  it('whoever is accountable again by then has it as their own, and is asked for nothing any more', () => {
    const life = new PaperCase().report({ facts: ['threat_to_harm'] }).decide('yellow');
    const { owner } = life.state;
    life.at += day;
    life.report().decide('orange');
    life.do({ kind: 'recalled', cause: 'corrected', from: disputeIdFor('police/1') });
    expect(life.drive().task('destroy')).toMatchObject({ owner });
    life.decide('yellow');
    expect(life.state.owner).toBe(owner);
    life.pass(61 * day);
    expect(life.state.level).toBeNull();
    const asked = openTasks(life.state).filter(({ kind }) => kind === 'destroy');
    expect(asked.map((task) => life.state.grants.find(({ id }) => id === task.about)?.to)).toEqual([
      '999901001.township-centre',
    ]);
  });

  it('whoever sat at a talk is asked after a lapse and not after a resolution, which needs nothing back that names nobody', () => {
    const talked = (...causes: readonly RecallCause[]) => {
      one = new PlannedCase();
      one.do({ kind: 'opened', tasks: [{ kind: 'talk', owner: county, from: one.at, due: one.at + day }] });
      one.act('talk-1', 'answer', { outcome: 'met', present: [county, health] });
      return causes.reduce(recalled<CaseState>, one.state);
    };
    expect(talked('level-ended').grants).toMatchObject([{ to: health, recalled: 'level-ended', by: ['talked'] }]);
    expect(talked('level-ended').wants).toContainEqual(expect.objectContaining({ kind: 'destroy', owner: health }));
    expect(talked('resolved').grants).toEqual([]);
    // Of what was wrong they are still asked, and still say so.
    expect(talked('corrected', 'resolved').grants).toMatchObject([{ to: health, recalled: 'corrected' }]);
    expect(recalled(talked('level-ended'), 'erased').grants).toMatchObject([{ recalled: 'level-ended' }]);
  });

  it('after a correction what is shared goes on: what was kept is destroyed, and read anew', () => {
    const id = share();
    one.open();
    one.state = recalled(one.state, 'corrected');
    expect(openShare(one.state, id, one.at)).toBeDefined();
    one.open();
    expect(destroys().map(({ begun }) => begun)).toEqual([false, true]);
    one.act('destroy-2', 'answer', { outcome: 'destroyed' });
    expect(one.state.grants).toMatchObject([{ to: health, recalled: null }]);
    // A lapse while an answer is still owed asks no second time.
    one.state = recalled(one.state, 'corrected');
    one.open();
    lapsed();
    expect(wanted()).toEqual([]);
    expect(destroys()).toHaveLength(1);
    expect(openShare(one.state, id, one.at)).toBeUndefined();
    one.act('destroy-3', 'answer', { outcome: 'nothing-held' });
    expect(one.state.grants).toEqual([]);
  });

  it('asked for what was wrong, and silent, they are not asked once more as the last day of it comes', () => {
    const id = share();
    one.open();
    one.state = recalled(one.state, 'corrected');
    one.open();
    one.at += 5 * day;
    one.do({ kind: 'began', task: 'destroy-1' });
    expect(destroys()).toMatchObject([{ no: 'destroy-2', begun: true }]);
    expect(openShare(one.state, id, one.at)).toBeUndefined();
    one.act('destroy-2', 'answer', { outcome: 'destroyed' });
    expect(one.state.grants).toEqual([]);
  });

  it('a resolution shuts what is shared too: nothing of it is needed any more', () => {
    const id = share();
    one.open();
    one.at += 12 * day;
    one.do({ kind: 'began', task: 'renew-1' }).act('renew-1', 'answer', { outcome: 'ended' });
    expect(one.state.status).toBe('resolved');
    expect(openShare(one.state, id, one.at)).toBeUndefined();
    one.open();
    expect(one.state.grants).toMatchObject([{ recalled: 'resolved' }]);
    expect(destroys()).toMatchObject([{ owner: health, begun: true, level: null }]);
  });

  it('is for whoever received it: it is handed on to nobody, and opens nothing', () => {
    share();
    one.open();
    lapsed();
    opened();
    expect(() => one.act('destroy-2', 'hand-off', { to: county }, health)).toThrow('whoever received it');
    expect(phaseOf(one.state)).toBe('after');
    const { tasks: _, ...rest } = one.state;
    const alone = { ...rest, tasks: Object.fromEntries(destroys().map((task) => [task.no, task])), wants: [] };
    expect(phaseOf(alone)).toBe('closed');
    const relations = standingOf(city, post(city, health), 'somebody', one.at, alone);
    expect([...relations]).toEqual(['own-area']);
  });

  it('says what was received by field, and repeats nothing of it', () => {
    share();
    expect(one.state.grants.map(fieldsOf)).toEqual([['events', 'needs']]);
  });
});
