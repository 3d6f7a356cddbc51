/** No city file carries a factor that must never count (S2), or a word of coercion (S5), wherever it stands. */
import { describe, expect, it } from 'vitest';
import { CityInvalid, parseCity } from '../../../shared/config/city.ts';
import type { Fault } from '../../../shared/errors.ts';
import { cityFile } from '../../support/city.ts';

function faultsOf(more: object): readonly Fault[] {
  try {
    parseCity({ ...cityFile, ...more }, 'lakeside.json');
    return [];
  } catch (error) {
    if (error instanceof CityInvalid) return error.faults;
    throw error;
  }
}

describe('a city file', () => {
  it.each([
    'hukou',
    '户籍',
    '前科',
    '信访',
    'petition_count',
    'social-media',
    'diagnosis',
  ])('with the factor %s is refused as such', (key) => {
    const found = faultsOf({ ladder: { ...cityFile.ladder, [key]: 0.5 } });
    expect(found).toContainEqual(
      expect.objectContaining({ path: `ladder.${key}`, allowed: expect.stringContaining('never count') }),
    );
  });

  it.each([
    '重点人员管控',
    '稳控组',
    '布控',
    'surveillance desk',
    'watch list',
  ])('with a duty named %s is refused as such', (zh) => {
    const duties = cityFile.duties.map((one, i) => (i === 0 ? { ...one, name: { zh, en: 'x' } } : one));
    expect(faultsOf({ duties })).toContainEqual(
      expect.objectContaining({ path: 'duties.0.name.zh', allowed: expect.stringContaining('only help is offered') }),
    );
  });

  it('may train people for work and mediate petitions: that is help, and a way in', () => {
    const names = ['职业培训', '信访调解'];
    const duties = cityFile.duties.map((one, i) => ({ ...one, name: { zh: names[i] ?? one.name.zh, en: 'x' } }));
    expect(faultsOf({ duties })).toEqual([]);
  });
});
