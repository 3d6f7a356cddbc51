/** How soon somebody must look at what is still unconfirmed: the order of a queue, never a level, and on no person. Pure. */
import type { Fact } from './facts.ts';
import { isDanger } from './help.ts';
import type { Urgency } from './words.ts';

const atOnce: ReadonlySet<Fact['type']> = new Set(['threat_to_kill', 'weapon_present']);

export function urgencyOf(facts: readonly Fact[]): Urgency {
  const told = facts.filter(({ negated }) => !negated);
  if (told.some(({ type }) => atOnce.has(type))) return 'now';
  return told.some(isDanger) ? 'today' : 'routine';
}
