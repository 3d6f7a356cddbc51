import { describe, expect, it } from 'vitest';
import { isBeside } from '../../../local/replay/beside.ts';
import { reporterOf } from '../../../local/replay/neighbours.ts';
import { afterRefusal, answerTo, type CaseView } from '../../../local/replay/says.ts';
import { type Heard, type Intent, react, type Staff } from '../../../local/replay/staff.ts';
import { postExists, post as postOf } from '../../../shared/config/posts.ts';
import { answerSchema } from '../../../shared/domain/answers.ts';
import { leastReason } from '../../../shared/domain/reasons.ts';
import { noticeKinds } from '../../../shared/domain/state.ts';
import { channelsOf } from '../../../shared/domain/who-may/channels.ts';
import { channels, taskKinds } from '../../../shared/domain/words.ts';
import { taizhou } from './paper-city.ts';

const staff: Staff = { city: taizhou, seed: 7 };
const monday = Date.parse('2026-01-05T10:00:20+08:00');
const hour = 3_600_000;
const caseId = (n: number) => `C-${String(n).padStart(12, '0')}`;
const heard = (n: number, more: Partial<Heard> = {}): Heard => ({
  kind: 'opened',
  taskId: `${caseId(n)}.plan-1`,
  step: 0,
  post: '331003001001.village-mediator',
  at: monday,
  due: monday + 30 * hour,
  ...more,
});
const many = Array.from({ length: 400 }, (_, n) => n);

describe('what a post does about a notice', () => {
  it('is the same whenever and in whatever order it is asked, and another under another seed', () => {
    const forwards = many.map((n) => react(staff, heard(n)));
    const backwards = [...many].reverse().map((n) => react(staff, heard(n)));
    expect(backwards.reverse()).toEqual(forwards);
    expect(many.map((n) => react({ ...staff, seed: 8 }, heard(n)))).not.toEqual(forwards);
  });

  it('is every habit that a city has: prompt, late, silent, handing off, taking over', () => {
    const verbs = (more: Partial<Heard>) =>
      new Set(
        many.map((n) =>
          react(staff, heard(n, more))
            .map(({ verb }) => verb)
            .join(' then '),
        ),
      );
    const plain = ['acknowledge then answer', 'answer', '', 'hand-off'];
    const along = ['extend', 'hand-over', 'share', 'extend then share', 'hand-over then share'];
    expect(verbs({})).toEqual(new Set([...plain, ...along.map((said) => `acknowledge then ${said} then answer`)]));
    expect(verbs({ kind: 'hand-off' })).toEqual(new Set(['accept then answer', 'decline', '']));
    expect(verbs({ kind: 'page' })).toEqual(new Set(['acknowledge', '']));
    expect(verbs({ kind: 'reminder' })).toEqual(new Set(['answer', '']));
    expect(verbs({ kind: 'warning' })).toEqual(new Set(['']));
  });

  it('is more than the answer: tries, up to three, pauses, more time, and what others are asked and told', () => {
    const along = (kind: string, log = caseId, post = '331003001001.village-mediator') =>
      new Set(
        many.flatMap((n) =>
          react(staff, heard(n, { taskId: `${log(n)}.${kind}-1`, post, due: monday + 9 * 24 * hour }))
            .filter(({ verb }) => isBeside(verb))
            .map(({ key }) => key.replace('opened-0-', '')),
        ),
      );
    const disputeId = (n: number) => caseId(n).replace('C-', 'D-');
    expect(along('settle', disputeId)).toEqual(
      new Set([
        ...['attempt-0', 'attempt-1', 'attempt-2', 'pause', 'resume'],
        ...['keep-contact', 'ask-department', 'tell-police', 'plan-round', 'ask-right', 'merge', 'unmerge'],
      ]),
    );
    expect(along('verify', caseId, '331003001.community-police')).toEqual(
      new Set(['call-in', 'order-contact', 'merge', 'unmerge', 'break-glass']),
    );
    expect(along('forewarn')).toEqual(new Set(['opt-in']));
    expect(along('review')).toEqual(
      new Set([...['amend-plan', 'danger', 'hand-over', 'share'], ...['contest', 'withdraw-event', 'ask-right']]),
    );
    expect(along('resolve')).toEqual(new Set(['pause', 'resume', 'extend', 'hold', 'release-hold', 'reopen']));
    expect(along('agreement-check')).toEqual(new Set(['tell-agreement']));
    expect(along('decide')).toEqual(new Set(['reopen']));
  });

  it('calls in by the county centre and opts in by the specialist: each says what is theirs to say', () => {
    const by = (verb: string, kind: string, post: string) =>
      new Set(
        many.flatMap((n) =>
          react(staff, heard(n, { taskId: `${caseId(n)}.${kind}-1`, post }))
            .filter((intent) => intent.verb === verb)
            .map((intent) => intent.post),
        ),
      );
    expect(by('call-in', 'verify', '331003001.community-police')).toEqual(new Set(['331003.county-centre']));
    expect(by('opt-in', 'forewarn', '331003001001.village-women')).toEqual(new Set(['331003.county-women']));
    expect(by('hold', 'resolve', '331003001.township-centre')).toEqual(new Set(['331000.independent-reviewer']));
    expect(by('merge', 'settle', '331003001001.village-mediator')).toEqual(new Set(['331003.county-centre']));
  });

  it('comes after the notice, at full steps of time and 20 seconds', () => {
    for (const kind of noticeKinds) {
      for (const { at } of many.flatMap((n) => react(staff, heard(n, { kind })))) {
        expect(at).toBeGreaterThan(monday);
        expect((at - 20_000) % 60_000).toBe(0);
      }
    }
  });

  it('mostly beats a wait of 15 minutes', () => {
    const red = { taskId: `${caseId(1)}.decide-1`, due: monday + hour / 4, post: '331003.county-centre' };
    const first = many.flatMap((n) => react(staff, heard(n, { ...red, taskId: `${caseId(n)}.decide-1` })).slice(0, 1));
    expect(first.length).toBeGreaterThan(300);
    expect(first.every(({ at }) => at < monday + hour / 4)).toBe(true);
  });

  it('is never silence at the top: what climbed so far is done', () => {
    const top = { kind: 'escalated', post: '331000.city-duty' } as const;
    expect(many.every((n) => react(staff, heard(n, top)).length > 0)).toBe(true);
  });

  it('goes unheard up to the county now and then, so that it climbs there', () => {
    const silentTwice = many.filter((n) =>
      [heard(n), heard(n, { kind: 'escalated', step: 3, post: '331003001.township-centre' })].every(
        (notice) => react(staff, notice).length === 0,
      ),
    );
    expect(silentTwice.length).toBeGreaterThan(3);
  });

  it('hands over to another post that exists', () => {
    const handed = many.flatMap((n) => react(staff, heard(n))).filter(({ verb }) => verb === 'hand-off');
    for (const { to = '', post } of handed) {
      expect(postExists(taizhou, to)).toBe(true);
      expect(to).not.toBe(post);
    }
  });

  it('at the top goes to those who handle disputes, never to those who watch or administer', () => {
    const top = { post: '331000.city-duty' };
    const handed = many.flatMap((n) => react(staff, heard(n, top))).filter(({ verb }) => verb === 'hand-off');
    expect(new Set(handed.map(({ to }) => to))).toEqual(new Set(['331000.city-justice']));
  });

  it.each([
    ['331003001001001', '331003.county-centre'],
    ['331024', '331024.county-centre'],
    ['331000', '331000.city-duty'],
  ])('brings reports of %s in through %s, which may report any channel', (area, post) => {
    expect(reporterOf(taizhou, area)).toBe(post);
    expect(channelsOf(postOf(taizhou, post).role)).toEqual(channels);
  });
});

describe('what a post says', () => {
  const view = (proposal: 'none' | 'yellow' | 'orange' | 'red'): CaseView => ({
    events: [
      { id: 'E-1', state: 'withdrawn' },
      { id: 'E-2', state: 'verified' },
    ],
    assessment: { proposal },
    level: { renewal: 'owner' },
  });
  const intent = (n: number, kind: string): Intent => ({
    key: 'opened-0-answer',
    at: monday,
    taskId: `${caseId(n)}.${kind}-1`,
    post: '331003.county-centre',
    verb: 'answer',
  });

  // Nobody answers a message to a citizen.
  it.each(
    taskKinds.filter((kind) => kind !== 'citizen-notice'),
  )('fits the schema of a %s task and takes every outcome sooner or later', (kind) => {
    const renewed: CaseView = { ...view('orange'), level: { renewal: 'reviewer' } };
    const red: CaseView = { ...view('red'), level: { renewal: 'owner', colour: 'red' } };
    const bodies = [view('orange'), renewed, red].flatMap((seen) =>
      many.map((n) => answerTo(staff, intent(n, kind), seen)),
    );
    for (const body of bodies) expect(answerSchema.safeParse({ ...body, task: kind }).error).toBeUndefined();
    const shape = answerSchema.options.find((option) => option.shape.task.value === kind)?.shape.outcome.options ?? [];
    expect(new Set(bodies.map(({ outcome }) => outcome))).toEqual(new Set(shape));
  });

  it('decides on a verified event, with a reason that names it', () => {
    for (const n of many) {
      const said = answerTo(staff, intent(n, 'decide'), view('red'));
      expect(said).toMatchObject({ events: ['E-2'], reason: expect.stringContaining('E-2') });
      expect('reason' in said && said.reason.length).toBeGreaterThanOrEqual(leastReason);
    }
  });

  it('dates what nobody has dated now and then, or says of which event it is another telling', () => {
    const known = { id: 'E-1', state: 'verified', occurredAt: null } as const;
    const received = new Date(monday - 2 * hour).toISOString();
    const told = { id: 'E-2', state: 'unverified', occurredAt: null, receivedAt: received } as const;
    const seen = (n: number): CaseView => {
      const { taskId } = intent(n, 'verify');
      const task = { taskId, no: 'verify-1', kind: 'verify', due: received, event: 'E-2' } as const;
      return { events: [known, told], tasks: [task] };
    };
    const said = many.map((n) => answerTo(staff, intent(n, 'verify'), seen(n)));
    expect(new Set(said.flatMap((one) => ('sameAs' in one ? [one.sameAs] : [])))).toEqual(new Set(['E-1']));
    const dates = said.flatMap((one) => ('occurredAt' in one && one.occurredAt ? [one.occurredAt] : []));
    expect(dates.length).toBeGreaterThan(50);
    expect(dates.every((date) => date <= received)).toBe(true);
  });

  it('never raises above red, lowers below yellow, or gives a level without a verified event', () => {
    const outcomes = (seen: CaseView) => new Set(many.map((n) => answerTo(staff, intent(n, 'decide'), seen).outcome));
    expect(outcomes(view('red')).has('raise')).toBe(false);
    expect(outcomes(view('yellow')).has('lower')).toBe(false);
    expect(outcomes({ ...view('red'), events: [{ id: 'E-1', state: 'unverified' }] })).toEqual(new Set(['dismiss']));
  });

  it('says of a mediation that was refused what both parties want, and answers again only where both want it', () => {
    const problem = (type: string, more: object = {}) => ({ type, title: '', status: 409, detail: '', ...more });
    const refused = problem('urn:hejie:problem:refused', { allowed: ['consent', 'refused', 'failed'] });
    const after = many.map((n) => afterRefusal(staff, intent(n, 'measure'), refused, { outcome: 'done' }));
    expect(after.every((instead) => instead?.consents.length === 2)).toBe(true);
    for (const instead of after) {
      expect(instead?.answer !== undefined).toBe(instead?.consents.every(({ wants }) => wants));
    }
    expect(new Set(after.map((instead) => instead?.answer === undefined))).toEqual(new Set([true, false]));
    const invalid = problem('urn:hejie:problem:invalid');
    const agreed = { outcome: 'agreed', note: '…' } as const;
    expect(afterRefusal(staff, intent(1, 'measure'), invalid, agreed)?.answer).toEqual({ outcome: 'done' });
    expect(afterRefusal(staff, intent(1, 'measure'), invalid, { outcome: 'done' })).toBeUndefined();
  });

  it('renews a level once, then asks the reviewer, and after a red or a no from there nobody', () => {
    const outcomes = (renewal: 'owner' | 'reviewer' | 'none') =>
      new Set(many.map((n) => answerTo(staff, intent(n, 'renew'), { level: { renewal } }).outcome));
    expect(outcomes('owner')).toEqual(new Set(['renewed', 'ended']));
    expect(outcomes('reviewer')).toEqual(new Set(['ask-reviewer', 'ended']));
    expect(outcomes('none')).toEqual(new Set(['ended']));
  });
});
