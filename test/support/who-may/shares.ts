/** What is shared of a case, for the matrix test. */
import { sharable } from '../../../shared/domain/sharing.ts';
import { monday } from './cast.ts';
import type { Telling } from './story.ts';

/** Everything that can be shared at all, with everybody: what each role sees of it the matrix says. */
export function shareOut(telling: Telling, posts: readonly string[]): void {
  for (const to of posts) {
    telling.do({ kind: 'shared', to, need: 'joint-visit', fields: sharable, until: monday + 48 * 3_600_000 });
  }
}

/** By post, what is shared with it. */
export const sharesOf = ({ state }: Telling): ReadonlyMap<string, string> =>
  new Map(state.grants.flatMap(({ id, to, share }): [string, string][] => (share ? [[to, id]] : [])));
