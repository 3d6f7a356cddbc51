/** What is shared of a case, for the post that received it and for nobody else. */
import { iso } from '../../shared/calendar/calendar.ts';
import { caseOfShare, openShare, sharable } from '../../shared/domain/sharing.ts';
import { viewOf } from '../../shared/domain/views.ts';
import { Unknown } from '../../shared/errors.ts';
import type { Handler } from '../middleware/api.ts';
import { caseAt } from '../middleware/named.ts';
import { partyParts, peopleShown, type Reading, visitOf } from '../middleware/showing.ts';

const unknown = (id: string) => new Unknown('share', id, 'what is shared and has not ended is allowed');

export const readShare =
  (reading: () => Reading): Handler<'read-share'> =>
  async ({ params, guard, caller, now }) => {
    const id = caseOfShare(params.id);
    if (!id) throw unknown(params.id);
    const state = await caseAt(reading().log, id);
    // Called back or over: there is nothing here, for whoever had it either.
    const grant = openShare(state, params.id, now);
    if (!grant?.share) throw unknown(params.id);
    const subject = await guard.standing(state);
    const isRecipient = caller.as === 'post' && caller.post.id === grant.to;
    const relations = new Set([...subject.relations, ...(isRecipient ? (['recipient'] as const) : [])]);
    const granted = await guard.to({ ...subject, what: params.id, relations });
    const { from, need, until } = grant.share;
    const shared = new Set(grant.share.fields);
    const fields = new Set([...granted.fields].filter((field) => field === 'summary' || shared.has(field)));
    const { people: opening } = reading();
    const [people, visit] = await Promise.all([
      peopleShown(reading(), state, { ...granted, fields }, caller.parties, partyParts),
      fields.has('visit') ? visitOf(opening, state) : undefined,
    ]);
    const share = {
      id: params.id,
      from,
      need,
      fields: sharable.filter((field) => fields.has(field)),
      until: iso(until),
    };
    const view = { ...viewOf(state, fields), ...(visit === undefined ? {} : { visit }) };
    return { body: { share, case: view, ...people } };
  };
