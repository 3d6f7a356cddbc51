/** Which post is accountable for the whole case: it follows the level. Pure. */
import type { City } from '../config/city.ts';
import { post, responsible } from '../config/posts.ts';
import type { State } from './state.ts';
import { type Level, levels } from './words.ts';

export const isHandedOver = (state: State): boolean => state.subject === 'case' && state.handedOver;

/**
 * The post accountable for the whole case while this level stands: whoever took the whole over, unless the level asks for a
 * higher tier; else whom the list names.
 */
export function accountable(state: State, city: City, level: Level | null): string {
  const { tier } = city.levels[level ?? levels[0]];
  const rank = (one: string) => city.tiers.indexOf(one);
  if (isHandedOver(state) && rank(post(city, state.owner).tier) >= rank(tier)) return state.owner;
  const { disputeType, area } = state;
  return responsible(city, { kind: 'review', disputeType, area, tier });
}
