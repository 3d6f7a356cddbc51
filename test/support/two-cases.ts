/** Two cases of one person on paper, and the steps of a merge and its undoing, each as one commit. */
import type { By, Draft } from '../../shared/domain/actions.ts';
import { type DisputeId, disputeIdFor } from '../../shared/domain/ids.ts';
import type { Mergeable, Moving } from '../../shared/domain/merged.ts';
import {
  absorbedDraft,
  mergeDone,
  mergeOffered,
  releasedDraft,
  unmergedDraft,
  unmergeOffered,
} from '../../shared/domain/merging.ts';
import { city } from './city.ts';
import { PaperCase } from './paper-case.ts';

export const by = { role: 'staff', person: 'P-county', post: '999901.county-centre' } as const satisfies By;
export const reason = 'Both were visited at the same door: it is one man.';
export const [quarrel, other] = [disputeIdFor('police/a1'), disputeIdFor('police/b1')];

export const movingOf = (state: Mergeable): Moving => {
  if (!state.moving) throw new Error('nothing moves');
  return state.moving;
};

/** Two cases, and the steps of a merge and its undoing, each as one commit. */
export class Two {
  readonly source = new PaperCase('b');
  readonly target = new PaperCase('a');
  #commands = 0;

  at(instant: number): this {
    this.source.at = instant;
    this.target.at = instant;
    return this;
  }

  offer(opposed = false): Draft {
    this.#commands += 1;
    const [source, target] = [this.source.state, this.target.state];
    const both = { source, target, isLookedAfter: () => false, opposed, by, at: this.target.at };
    return mergeOffered({ ...both, key: `merge ${this.#commands}`, reason }).draft;
  }

  readonly steps = [
    () => this.source.commit(this.offer()),
    () =>
      this.target.commit(
        absorbedDraft(this.source.state, movingOf(this.source.state), this.target.state, this.target.at),
      ),
    () => this.source.commit(mergeDone(this.source.state, movingOf(this.source.state), 'absorbed', this.source.at)),
  ];

  merge(): this {
    for (const step of this.steps) step();
    return this;
  }

  readonly back = [
    () => {
      this.#commands += 1;
      const command = { target: this.target.state, source: this.source.id, by, at: this.target.at, reason };
      this.target.commit(unmergeOffered({ ...command, key: `unmerge ${this.#commands}` }).draft);
    },
    () => {
      const { source, target } = this;
      source.commit(unmergedDraft(city, source.state, target.state, movingOf(target.state), target.at));
    },
    () => this.target.commit(releasedDraft(this.target.state, movingOf(this.target.state), this.target.at)),
  ];

  unmerge(): this {
    for (const step of this.back) step();
    return this;
  }
}

export const yellow = ['threat_to_harm'] as const;
/** At a level with a plan of two measures, of which one is help. */
export const planned = (one: PaperCase, level: 'yellow' | 'orange', dispute: DisputeId): PaperCase =>
  one
    .report({ dispute })
    .decide(level)
    .answer('protect', { outcome: 'protected' })
    .answer('plan', { outcome: 'planned', measures: [{ kind: 'counselling' }, { kind: 'legal-aid' }] });
