/** Sharing and recalls: each post tries what is shared with it, what is shared with a bystander, and what others must destroy. */
import type { Attempt, Outcome, Request } from './attempts.ts';
import { type Actor, bystander, citizens, east, home, roleOf, west } from './cast.ts';
import { dueOf } from './facets.ts';
import { granted, grantedInAny, type Relations, standingToArea } from './oracle.ts';
import type { Subject } from './story.ts';

const actors: readonly Actor[] = [...east, ...west, ...citizens];

export function* onShares(
  subjects: readonly Subject[],
  partiesOf: (actor: Actor, subject?: Subject) => readonly string[],
): Generator<Attempt> {
  for (const subject of subjects) {
    for (const actor of subject.shareOf.size > 0 ? actors : []) yield* onShared(subject, actor, partiesOf(actor));
  }
  for (const actor of actors) yield* onRecalls(actor, partiesOf(actor));
}

function* onShared(subject: Subject, actor: Actor, parties: readonly string[]): Generator<Attempt> {
  const own = actor.as === 'post' ? actor.post : '';
  for (const to of new Set([own, bystander])) {
    const id = subject.shareOf.get(to);
    if (!id) continue;
    const relations: Relations = to === own ? new Set(['recipient'] as const) : new Set();
    const fields = granted('read-share', { role: roleOf(actor), relations, phase: subject.phase });
    yield attempt(actor, `read-share of ${to}`, 'read-share', { params: { id }, parties }, () =>
      fields ? dueOf('read-share', fields, actor, subject) : 'refused',
    );
  }
}

/** Nobody has anything to destroy here: what is asked is who may ask. */
function* onRecalls(actor: Actor, parties: readonly string[]): Generator<Attempt> {
  const role = roleOf(actor);
  const ownPost: Relations = actor.as === 'post' ? new Set(['own-post'] as const) : new Set();
  yield attempt(actor, 'list-recalls of the post', 'list-recalls', { parties }, () =>
    granted('list-recalls', { role, relations: ownPost }) ? [] : 'refused',
  );
  for (const area of ['999901', '999902', home]) {
    const relations: Relations = actor.as === 'post' ? standingToArea(actor, area) : new Set();
    yield attempt(actor, `list-recalls of ${area}`, 'list-recalls', { query: { area }, parties }, () =>
      grantedInAny('list-recalls', role, relations) ? [] : 'refused',
    );
  }
}

const attempt = (
  actor: Actor,
  what: string,
  operation: Attempt['operation'],
  request: Request,
  due: () => Outcome,
): Attempt => ({
  name: `${actor.as === 'post' ? `${actor.person} for ${actor.post}` : actor.person}: ${what}`,
  operation,
  actor,
  request,
  due: due(),
});
