/** What somebody asked for who is in it, and what came of it: for themself, and for whoever reviews it. */
import { nameOfPost } from '../../shared/config/posts.ts';
import { placeIn } from '../../shared/domain/ids.ts';
import { namedRoutes } from '../../shared/domain/legal-routes.ts';
import { answersTo } from '../../shared/domain/merged.ts';
import { askedIn } from '../../shared/domain/rights.ts';
import { foldersOf, type RightsRequest, type State } from '../../shared/domain/state.ts';
import { asTold } from '../../shared/domain/told.ts';
import type { Relation } from '../../shared/domain/who-may/matrix.ts';
import { isReported } from '../../shared/domain/who-may/standing.ts';
import { notesOf } from '../../shared/record/notes.ts';
import { ownMattersOf } from '../../shared/record/people.ts';
import type { Handler } from '../middleware/api.ts';
import { matterAt } from '../middleware/named.ts';
import type { Reading } from '../middleware/showing.ts';

/** What they asked stays theirs to read, also where they would be told nothing else of it any more. */
export const readRequests =
  (reading: () => Reading): Handler<'read-requests'> =>
  async ({ params, guard, caller, now }) => {
    const { log, people } = reading();
    const { state, linked } = await matterAt(log, params.id);
    const subject = await guard.standing(state, linked);
    const isTheirs =
      caller.as === 'citizen'
        ? await theirs(reading(), state, caller.parties, subject.role === 'person-concerned')
        : () => true;
    const seen = caller.as === 'citizen' && state.subject === 'case' ? asTold(state) : state;
    const asked = isTheirs ? askedIn(log.city, seen, now, isTheirs) : [];
    const isOwn = caller.as === 'citizen' && asked.length > 0;
    const relations = new Set<Relation>([...subject.relations, ...(isOwn ? (['requested'] as const) : [])]);
    await guard.to({ ...subject, relations });
    const ids = asked.flatMap(({ notes, reason }) => [...notes, ...(reason === null ? [] : [reason])]);
    const notes = await notesOf(people, state.id, ids);
    const words = (id: string): string[] => {
      const found = notes.get(id)?.content;
      return found === undefined ? [] : [found];
    };
    const requests = asked.map(({ notes: written, reason, routes, answeredBy, ...one }) => ({
      ...one,
      answeredBy: answeredBy === null ? null : { post: answeredBy, ...nameOfPost(log.city, answeredBy) },
      words: written.flatMap(words),
      reason: (reason === null ? [] : words(reason))[0] ?? null,
      routes: namedRoutes(routes),
    }));
    return { body: { id: state.id, requests } };
  };

/** Of a case: whom it is about. Of a dispute or referral: whose place it is. Undefined: they are nobody in it. */
async function theirs(
  { log }: Reading,
  state: State,
  parties: readonly string[],
  reported: boolean,
): Promise<((request: RightsRequest) => boolean) | undefined> {
  const matters = await ownMattersOf(log.table, parties);
  const own = matters.filter((one) => isReported(one) === reported);
  if (state.subject === 'case') return own.some((one) => answersTo(state, one.case)) ? () => true : undefined;
  const folders = foldersOf(state);
  const places = new Set(own.flatMap((one) => (folders.includes(one.dispute) ? [placeIn(one)] : [])));
  return ({ part }) => part !== null && places.has(part);
}
