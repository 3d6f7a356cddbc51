import { describe, expect, it } from 'vitest';
import { concernedIn, looksAtOwn, looksOnceTold } from '../../../local/replay/citizens.ts';
import { switchTurns } from '../../../local/replay/oversight.ts';
import { opensOf } from '../../../local/replay/shared-views.ts';
import type { Intent } from '../../../local/replay/staff.ts';
import { touchesOthers } from '../../../local/replay/whole.ts';
import { post as postOf } from '../../../shared/config/posts.ts';
import type { Person, Report } from '../../../shared/domain/report.ts';
import { taizhou } from './paper-city.ts';
import { quarter } from './support.ts';

const staff = { city: taizhou, seed: 7 };
const monday = Date.parse('2026-01-05T09:00:00+08:00');
const day = 86_400_000;
const many = Array.from({ length: 100 }, (_, i) => i);

const [first] = quarter;
const reportOf = (n: number, ...people: Person[]): Report => {
  if (!first) throw new Error('no report in the quarter');
  return { ...first.report, sourceId: `R-${n}`, people };
};
const concerned: Person = { role: 'respondent', name: '孙甲', phone: '13800020001' };
const helped: Person = { role: 'complainant', name: '钱甲', phone: '13800010001' };
const went = { dispute: 'D-000000000001', case: 'C-000000000001' };

describe('people in their own affairs', () => {
  it('look at the case about them, or at the dispute in which they asked for help: the same under the same seed', () => {
    const looks = many.flatMap((n) => looksAtOwn(staff, reportOf(n, concerned, helped), went, monday));
    const about = (person: Person) => looks.filter(({ who }) => who?.phone === person.phone);
    expect(new Set(about(concerned).map(({ taskId }) => taskId))).toEqual(new Set([`${went.case}.own-affairs`]));
    expect(new Set(about(helped).map(({ taskId }) => taskId))).toEqual(new Set([`${went.dispute}.own-affairs`]));
    expect(looks.every(({ at }) => at > monday && at < monday + 340 * day)).toBe(true);
    expect(looks.some(({ at }) => at > monday + 99 * day)).toBe(true);
    const again = many.flatMap((n) => looksAtOwn(staff, reportOf(n, concerned, helped), went, monday));
    expect(again).toEqual(looks);
    expect(new Set(looks.map(({ taskId, post, key }) => `${taskId} ${post} ${key}`)).size).toBe(looks.length);
  });

  it('are never children, witnesses, or somebody without a number to sign in with', () => {
    const others: Person[] = [
      { role: 'child', name: '李甲', phone: '13800030001' },
      { role: 'witness', name: '周甲', phone: '13800030002' },
      { role: 'respondent', name: '孙乙' },
    ];
    expect(many.flatMap((n) => looksAtOwn(staff, reportOf(n, ...others), went, monday))).toEqual([]);
    expect(concernedIn(staff, reportOf(1, ...others), went)).toBeUndefined();
    expect(concernedIn(staff, reportOf(1, helped, concerned), went)).toMatchObject({ phone: concerned.phone });
  });

  it('look within a week of being told, in office hours', () => {
    const who = concernedIn(staff, reportOf(1, concerned), went) ?? { person: '' };
    const notify: Intent = { key: 'a', at: monday, taskId: `${went.case}.notify-1`, post: 'p', verb: 'answer' };
    for (const n of many) {
      const look = looksOnceTold(staff, { ...notify, key: `a${n}` }, who);
      expect(look.at).toBeGreaterThan(monday);
      expect(look.at).toBeLessThan(monday + 9 * day);
      expect(touchesOthers(look)).toBe(true);
    }
  });
});

describe('what is shared', () => {
  it('is opened by whoever received it, twice while it stands and once after it', () => {
    const share: Intent = { key: 's', at: monday, taskId: `${went.case}.plan-1`, post: 'p', verb: 'share', to: 'q' };
    const reply = { share: `${went.case}.share-9`, until: new Date(monday + 10 * day).toISOString() };
    const opens = opensOf(staff, share, reply);
    expect(opens.map(({ post, verb, to }) => [post, verb, to])).toEqual(
      Array(3).fill(['q', 'open-share', `${went.case}.share-9`]),
    );
    expect(opens.filter(({ at }) => at > monday + 10 * day)).toHaveLength(1);
    expect(opensOf(staff, { ...share, verb: 'contest' }, reply)).toEqual([]);
    expect(opensOf(staff, share, undefined)).toEqual([]);
  });
});

describe('the switch', () => {
  it('is turned off by one and on again by two of different departments, within a day of work', () => {
    const [stop, ...releases] = switchTurns(staff, monday);
    expect(stop).toMatchObject({ verb: 'stop-levels', post: '331000.independent-reviewer' });
    expect(releases.map(({ verb }) => verb)).toEqual(['release-levels', 'release-levels']);
    expect(new Set(releases.map(({ post }) => postOf(taizhou, post).department)).size).toBe(2);
    for (const { at } of releases) {
      expect(at).toBeGreaterThan(stop?.at ?? 0);
      expect(at).toBeLessThan((stop?.at ?? 0) + day);
    }
  });
});
