import { describe, expect, it } from 'vitest';
import { type Content, type Draft, system, type TaskOpening } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { handOver } from '../../../shared/domain/handing-over.ts';
import { caseIdFor } from '../../../shared/domain/ids.ts';
import { nextTimer, slaStep, windows } from '../../../shared/domain/ladder.ts';
import { tasksDue } from '../../../shared/domain/stages.ts';
import { type CaseState, type LevelState, openTasks } from '../../../shared/domain/state.ts';
import { taskCommand, type Verb } from '../../../shared/domain/task-commands.ts';
import { ActionRefused, InputInvalid, NotYours } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';

const id = caseIdFor('police/1');
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const hour = 3_600_000;
const day = 24 * hour;

const mediator = '999901001001.mediator';
const township = '999901001.township-centre';
const townshipPolice = '999901001.township-police';
const county = '999901.county-centre';
const countyPolice = '999901.county-police';
const health = '999901.county-health';
const cityDuty = '999900.city-duty';

const because = { reason: '不在我们的职责范围内' };
const whole = '当事人已迁居，由对方负责整案更合适，请接收。';

/** A case at an orange level that belongs to the township, with these tasks. */
class Story {
  at = monday;
  state: CaseState;
  #key = 0;
  constructor(...tasks: readonly TaskOpening[]) {
    const event = { id: 'E-1', at: monday, facts: [{ type: 'threat_to_harm' as const }], verified: 'station' };
    const report = { report: 'police/1', channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    const { state } = next(id, undefined, this.draft({ kind: 'reported', ...report, owner: township, event }));
    if (state.subject !== 'case') throw new Error('no case');
    this.state = state;
    this.do({ kind: 'opened', tasks });
  }
  draft(content: Content, by: Draft['by'] = system, more: Partial<Draft> = {}): Draft {
    this.#key += 1;
    return { at: this.at, by, key: `k${this.#key}`, rev: 0, content, ...more };
  }
  commit(draft: Draft): CaseState {
    const { state } = next(id, this.state, draft);
    if (state.subject !== 'case') throw new Error('no case');
    this.state = state;
    for (const { owner, handOff } of openTasks(state)) {
      expect(owner).toMatch(/^\d+\.[a-z-]+$/);
      if (handOff) expect(handOff.from).toBe(owner);
    }
    return state;
  }
  do(content: Content): CaseState {
    return this.commit(this.draft(content));
  }
  act(post: string, verb: Verb, task: string, body: unknown = {}): CaseState {
    const by = { role: 'staff', person: `${post}#1`, post } as const;
    this.#key += 1;
    const key = `k${this.#key}`;
    return this.commit(taskCommand({ city, state: this.state, task, verb, by, at: this.at, key, body }).draft);
  }
  handOver(post: string, to: string): CaseState {
    const by = { role: 'staff', person: `${post}#1`, post } as const;
    this.#key += 1;
    const command = { city, state: this.state, by, at: this.at, key: `k${this.#key}`, to, reason: whole };
    return this.commit(handOver(command).draft);
  }
  /** What the lifecycle opens. */
  open(): CaseState {
    return this.do({
      kind: 'opened',
      tasks: tasksDue(this.state, city, this.at).filter(({ kind }) => asked.has(kind)),
    });
  }
  /** Nobody acts on the task until something of this kind happens to it. */
  silence(no: string, kind: Content['kind']): CaseState {
    for (let steps = 0; steps < 9; steps++) {
      const task = this.task(no);
      this.at = Math.max(this.at, nextTimer(city, task).at);
      const content = slaStep(city, this.state, task, this.at, []);
      if (!content) throw new Error(`nothing happens to ${no}`);
      this.do(content);
      if (content.kind === kind) return this.state;
    }
    throw new Error(`${kind} does not come`);
  }
  task(no: string) {
    const task = this.state.tasks[no];
    if (!task) throw new Error(`no ${no} among ${Object.keys(this.state.tasks).join(', ')}`);
    return task;
  }
}
const asked: ReadonlySet<string> = new Set(['take-over', 'assign']);

const opening = (kind: TaskOpening['kind'], owner: string, more: Partial<TaskOpening> = {}): TaskOpening => ({
  ...{ kind, owner, from: monday, due: monday + 20 * day, level: 'orange' },
  ...more,
});

describe('handing over one task', () => {
  const story = () => new Story(opening('review', township));

  it('the sender stays accountable until the receiver has accepted', () => {
    const s = story();
    s.act(township, 'hand-off', 'review-1', { to: countyPolice });
    expect(s.task('review-1')).toMatchObject({ owner: township, handOff: { to: countyPolice, until: monday + day } });
    expect(() => s.act(countyPolice, 'answer', 'review-1', { outcome: 'continue' })).toThrow(NotYours);
    s.act(countyPolice, 'accept', 'review-1', { reason: '案情我们更熟悉' });
    expect(s.task('review-1')).toMatchObject({ owner: countyPolice, handOff: null, takenBy: `${countyPolice}#1` });
  });

  it.each([{}, { reason: '' }, { reason: '    不' }, { reason: '四个字。' }])('is not declined with %j', (body) => {
    const s = story();
    s.act(township, 'hand-off', 'review-1', { to: countyPolice });
    expect(() => s.act(countyPolice, 'decline', 'review-1', body)).toThrow(InputInvalid);
  });

  it('silence goes to the tier above both, whichever of them is higher', () => {
    const s = new Story(opening('review', mediator));
    s.act(mediator, 'hand-off', 'review-1', { to: countyPolice });
    s.silence('review-1', 'handOffExpired');
    expect(s.at).toBe(monday + day);
    expect(s.task('review-1')).toMatchObject({ owner: cityDuty, returns: 1 });
  });

  it('comes back a third time, declined or not answered: no fourth offer, the county decides, and counting begins anew', () => {
    const s = story();
    for (const to of [countyPolice, health]) {
      s.act(township, 'hand-off', 'review-1', { to });
      s.act(to, 'decline', 'review-1', because);
      expect(s.state.wants).toEqual([]);
    }
    s.act(township, 'hand-off', 'review-1', { to: countyPolice });
    s.silence('review-1', 'handOffExpired');
    const { owner } = s.task('review-1');
    expect(owner).toBe(cityDuty);
    // Asked for, not yet opened; then open.
    expect(() => s.act(owner, 'hand-off', 'review-1', { to: township })).toThrow(/the county decides/);
    s.open();
    expect(s.task('assign-1')).toMatchObject({ owner: county, about: 'review-1' });
    expect(() => s.act(owner, 'hand-off', 'review-1', { to: township })).toThrow(ActionRefused);
    expect(s.task('review-1').owner).toBe(owner);
    expect(() => s.act(county, 'answer', 'assign-1', { outcome: 'assigned', owner: '999900.auditor' })).toThrow(
      InputInvalid,
    );
    const { step } = s.task('review-1');
    s.act(county, 'answer', 'assign-1', { outcome: 'assigned', owner: health });
    expect(s.task('review-1')).toMatchObject({ owner: health, returns: 0, seq: s.state.n, step: step + 1 });
    expect(s.task('review-1').notices.at(-1)).toMatchObject({ kind: 'assigned', post: health });
    expect(s.act(health, 'hand-off', 'review-1', { to: township }).tasks['review-1']).toMatchObject({ owner: health });
  });

  it('nobody is asked any more whose a task is that is over', () => {
    const s = story();
    for (const to of [countyPolice, health, countyPolice]) {
      s.act(township, 'hand-off', 'review-1', { to });
      s.act(to, 'decline', 'review-1', because);
    }
    s.open();
    s.act(township, 'answer', 'review-1', { outcome: 'continue' });
    expect(Object.keys(s.state.tasks)).toEqual([]);
  });

  it('help is assigned to no police', () => {
    const s = new Story(opening('crisis-help', health));
    expect(() => s.act(health, 'hand-off', 'crisis-help-1', { to: countyPolice })).toThrow(InputInvalid);
    for (const to of [mediator, township, mediator]) {
      s.act(health, 'hand-off', 'crisis-help-1', { to });
      s.act(to, 'decline', 'crisis-help-1', because);
    }
    s.open();
    const assign = (owner: string) => s.act(county, 'answer', 'assign-1', { outcome: 'assigned', owner });
    expect(() => assign(countyPolice)).toThrow(InputInvalid);
    expect(assign(township).tasks['crisis-help-1']).toMatchObject({ owner: township });
  });

  it('what a department is asked stays with that department: nobody else learns whose dispute it is', () => {
    const s = new Story(opening('enquiry', township, { about: 'health known-dispute' }));
    for (const to of [countyPolice, county]) {
      expect(() => s.act(township, 'hand-off', 'enquiry-1', { to })).toThrow(InputInvalid);
    }
    expect(s.act(township, 'hand-off', 'enquiry-1', { to: health }).tasks['enquiry-1']?.handOff?.to).toBe(health);
  });

  it('puts off the end of no level, and counts for what begins later from then', () => {
    const s = new Story(
      opening('renew', township, { due: monday + 3 * day }),
      opening('review', township, { from: monday + 10 * day }),
    );
    for (const no of ['renew-1', 'review-1']) {
      s.act(township, 'hand-off', no, { to: health });
      s.act(health, 'accept', no);
    }
    expect(s.task('renew-1').due).toBe(monday + 3 * day);
    const { due } = windows(city, 'review', null, monday + 10 * day);
    expect(s.task('review-1')).toMatchObject({ since: monday + 10 * day, due });
  });
});

describe('handing over the whole case', () => {
  const story = () =>
    new Story(
      opening('review', township),
      opening('crisis-help', health),
      opening('protect', townshipPolice),
      opening('check-in', township, { from: monday + 30 * day, due: monday + 33 * day }),
    );

  it('is offered by the post that is accountable, to one post at a time, that handles disputes', () => {
    const s = story();
    expect(() => s.handOver(mediator, county)).toThrow(NotYours);
    for (const to of [township, '999900.auditor', '999999.nobody']) {
      expect(() => s.handOver(township, to), to).toThrow(InputInvalid);
    }
    s.handOver(township, health);
    expect(() => s.handOver(township, county)).toThrow(ActionRefused);
    s.open();
    expect(() => s.handOver(township, county)).toThrow(ActionRefused);
    expect(s.state.owner).toBe(township);
    expect(s.task('take-over-1')).toMatchObject({ owner: health, about: township, due: monday + day });
    expect(() => s.act(health, 'hand-off', 'take-over-1', { to: county })).toThrow(ActionRefused);
  });

  it('the yes is the hand-over: the case and the open tasks of the sender move in one action, those of others stay', () => {
    const s = story();
    s.handOver(township, health);
    s.open();
    const before = s.task('protect-1');
    s.act(health, 'answer', 'take-over-1', { outcome: 'accepted' });
    expect(s.state).toMatchObject({ owner: health, handedOver: true, area: '999901001001' });
    expect(s.task('review-1')).toMatchObject({ owner: health, takenBy: `${health}#1`, seq: s.state.n });
    expect(s.task('check-in-1')).toMatchObject({ owner: health, takenBy: null, begun: false });
    expect(s.task('protect-1')).toBe(before);
    expect(s.task('crisis-help-1').owner).toBe(health);
  });

  it('leaves help with whoever gives it where the receiver is of the police', () => {
    const s = new Story(opening('review', township), opening('crisis-help', township));
    s.handOver(township, countyPolice);
    s.open();
    s.act(countyPolice, 'answer', 'take-over-1', { outcome: 'accepted' });
    expect(s.task('review-1').owner).toBe(countyPolice);
    expect(s.task('crisis-help-1').owner).toBe(township);
  });

  it('leaves with the sender what was asked of them beside it: what they received, and what they review', () => {
    const beside = ['destroy', 'contest', 'correction', 'rights-request', 'police-notice'] as const;
    const s = new Story(opening('review', township), ...beside.map((kind) => opening(kind, township)));
    s.handOver(township, health);
    s.open();
    s.act(health, 'answer', 'take-over-1', { outcome: 'accepted' });
    expect(s.task('review-1').owner).toBe(health);
    for (const kind of beside) expect(s.task(`${kind}-1`)).toMatchObject({ owner: township, takenBy: null });
  });

  it('is declined with a reason, and then the sender is told; a third time the county decides', () => {
    const s = story();
    for (const [i, to] of [health, county, health].entries()) {
      s.handOver(township, to);
      s.open();
      const no = `take-over-${i + 1}`;
      expect(() => s.act(to, 'answer', no, { outcome: 'declined' })).toThrow(InputInvalid);
      expect(() => s.act(to, 'answer', no, { outcome: 'declined', note: '不' })).toThrow(InputInvalid);
      s.act(to, 'answer', no, { outcome: 'declined', note: because.reason });
      expect(s.state).toMatchObject({ owner: township, returns: i + 1 });
      expect(s.task('review-1').notices.at(-1)).toMatchObject({ kind: 'hand-off-declined', post: township });
    }
    expect(() => s.handOver(township, county)).toThrow(/the county decides/);
    s.open();
    expect(s.task('assign-1')).toMatchObject({ owner: county, about: 'case' });
    s.act(county, 'answer', 'assign-1', { outcome: 'assigned', owner: health });
    expect(s.state).toMatchObject({ owner: health, returns: 0 });
    expect(s.task('review-1')).toMatchObject({ owner: health });
  });

  it('silence goes to the tier above both, which is accountable at once', () => {
    const s = story();
    s.handOver(township, mediator);
    s.open();
    s.silence('take-over-1', 'takeOverExpired');
    expect(s.at).toBe(monday + day);
    expect(s.state).toMatchObject({ owner: county, returns: 1, area: '999901001001' });
    expect(s.state.tasks['take-over-1']).toBeUndefined();
    expect(s.task('review-1')).toMatchObject({ owner: county });
    expect(s.task('review-1').notices.at(-1)).toMatchObject({ kind: 'hand-off-expired', post: county });
    expect(s.task('protect-1').owner).toBe(townshipPolice);
  });

  it('what is asked anew is asked of whoever took the case over', () => {
    const s = story();
    s.handOver(township, health);
    s.open();
    s.act(health, 'answer', 'take-over-1', { outcome: 'accepted' });
    s.act(health, 'answer', 'review-1', { outcome: 'continue' });
    s.commit(
      s.draft({
        ...{
          kind: 'assessed',
          model: 'm',
          inputHash: 'h',
          proposal: 'orange',
          points: 1,
          factors: [],
          trend: 'steady',
        },
      }),
    );
    const due = tasksDue({ ...s.state, assessment: null, level: levelled }, city, s.at);
    expect(due.find(({ kind }) => kind === 'review')).toMatchObject({ owner: health });
    expect(due.find(({ kind }) => kind === 'renew')).toMatchObject({ owner: health });
  });
});

const levelled: LevelState = {
  colour: 'orange',
  since: monday,
  begins: monday,
  lapses: monday + 30 * day,
  awaits: null,
  afterRed: false,
  renewed: false,
};
