/** Of a level that is gone the history tells no colour (S9), but to whoever reviews it and to the person concerned. */
import { describe, expect, it } from 'vitest';
import { lastGone } from '../../../shared/domain/gone.ts';
import { entryOf } from '../../../shared/domain/views.ts';
import type { Field } from '../../../shared/domain/who-may/matrix.ts';
import type { Role } from '../../../shared/domain/words.ts';
import { day, hour, PaperCase } from '../../support/paper-case.ts';

const shown: ReadonlySet<Field> = new Set(['summary', 'level', 'tasks', 'events', 'assessment']);
const coloured = (life: PaperCase, role: Role = 'county-centre') => {
  const gone = lastGone(life.id, life.actions, role);
  return life.actions
    .map((action) => JSON.stringify(entryOf(action, shown, { help: new Set(), notes: new Map(), decided: 0, gone })))
    .flatMap((entry) => entry.match(/"(?:level|proposal)":"(?:yellow|orange|red)"/g) ?? []);
};

describe('what a history tells of levels', () => {
  it('is all of them while the level stands, and none when it has lapsed', () => {
    const life = new PaperCase().report().decide('orange');
    const all = ['"proposal":"red"', '"level":"orange"'];
    expect(coloured(life)).toEqual(all);
    life.pass(30 * day + hour);
    expect(life.state.level).toBeNull();
    for (const role of ['county-centre', 'community-police', 'supervisor', 'auditor'] as const) {
      expect(coloured(life, role), role).toEqual([]);
    }
    for (const role of ['independent-reviewer', 'person-concerned'] as const) expect(coloured(life, role)).toEqual(all);
  });

  it('is that it is orange now, and not the red that it was', () => {
    const life = new PaperCase().report().decide('red').answer('second', { outcome: 'agree' });
    life.pass(14 * day + hour);
    expect(coloured(life)).toEqual(['"level":"orange"']);
  });

  it('is what is proposed since, where the way began anew', () => {
    const life = new PaperCase()
      .report()
      .decide('orange')
      .pass(30 * day + hour)
      .report({ facts: ['threat_to_harm', 'physical_assault'] });
    expect(coloured(life)).toEqual([`"proposal":"${life.state.assessment?.proposal}"`]);
  });
});
