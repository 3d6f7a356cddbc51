import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { posts } from '../../../shared/config/posts.ts';
import {
  decidingPosts,
  isStopped,
  type SwitchWish,
  stoppedBy,
  type Turn,
  turned,
} from '../../../shared/domain/switching.ts';
import { ActionRefused, HejieError, NotYours } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';

const reviewer = '999900.reviewer';
const administrator = '999900.administrator';
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const reason = '发现评估结果异常，核查完成前暂停一切新的定级。';

const turn = (current: Turn | undefined, levels: SwitchWish, post: string, person = `${post}#1`): Turn =>
  turned(city, current, { levels, reason }, { at: monday, by: { person, post }, key: 'k' });
const stopped = turn(undefined, 'stop', reviewer);
const wanted = turn(stopped, 'release', administrator);

describe('the switch', () => {
  it('is stopped by one person, at once; and nobody touched it is not stopped', () => {
    expect(isStopped(undefined)).toBe(false);
    expect(stopped).toMatchObject({ n: 1, state: 'stopped' });
    expect(isStopped(stopped)).toBe(true);
    expect(isStopped(turn(undefined, 'stop', administrator))).toBe(true);
  });

  it('one person alone releases nothing', () => {
    expect(wanted.state).toBe('releasing');
    expect(isStopped(wanted)).toBe(true);
  });

  it('nor does the same person for another post', () => {
    expect(() => turn(wanted, 'release', reviewer, wanted.by.person)).toThrow(NotYours);
  });

  it('nor another person of the same department', () => {
    expect(() => turn(wanted, 'release', administrator, 'another')).toThrow(NotYours);
  });

  it('two persons of two departments release', () => {
    const released = turn(wanted, 'release', reviewer);
    expect(released).toMatchObject({ n: 3, state: 'released' });
    expect(isStopped(released)).toBe(false);
  });

  it('stopping again takes the first wish back: both are asked anew', () => {
    const again = turn(wanted, 'stop', reviewer);
    expect(turn(again, 'release', reviewer).state).toBe('releasing');
  });

  it('what is so already is refused, with what is possible', () => {
    const refusals = [
      [() => turn(stopped, 'stop', administrator), 'release'],
      [() => turn(undefined, 'release', reviewer), 'stop'],
      [() => turn(turn(wanted, 'release', reviewer), 'release', reviewer), 'stop'],
    ] as const;
    for (const [act, allowed] of refusals) {
      expect(act).toThrow(ActionRefused);
      expect(act).toThrow(new RegExp(`possible now: ${allowed}$`));
    }
  });

  it('however it is turned, levels are released only by two persons of two departments, one after the other', () => {
    const people = [reviewer, administrator, '999900.auditor'].flatMap((post) =>
      ['p', 'q'].map((name) => ({ post, person: `${name}` })),
    );
    const wish = fc.record({ levels: fc.constantFrom('stop', 'release'), by: fc.constantFrom(...people) });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        let current: Turn | undefined;
        for (const { levels, by } of wishes) {
          const before: Turn | undefined = current;
          try {
            current = turned(city, before, { levels, reason }, { at: monday, by, key: 'k' });
          } catch (refused) {
            expect(refused).toBeInstanceOf(HejieError);
            continue;
          }
          if (!isStopped(before) || isStopped(current)) continue;
          expect(before?.state).toBe('releasing');
          expect(before?.by.person).not.toBe(by.person);
          expect(before?.by.post).not.toBe(by.post);
        }
      }),
    );
  });

  it('tells whoever decides, and nobody else: what goes on, and where to look', () => {
    expect(decidingPosts(city, posts(city))).toContain('999901.county-centre');
    expect(decidingPosts(city, posts(city))).not.toContain(reviewer);
    const told = stoppedBy(stopped);
    expect(told).toMatchObject({ status: 409, type: 'levels-stopped' });
    expect(told.allowed.join()).toContain('dismiss');
    expect(told.message).not.toContain(stopped.by.person);
  });
});
