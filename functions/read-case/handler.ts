/** Reading one case or dispute: the matrix says which fields, and only these are opened. */
import type { LogId } from '../../shared/domain/ids.ts';
import { maskNeeds } from '../../shared/domain/masking.ts';
import { type CaseState, disputesOf, type State } from '../../shared/domain/state.ts';
import { entryOf, helpNumbers, viewOf } from '../../shared/domain/views.ts';
import type { Field } from '../../shared/domain/who-may/matrix.ts';
import { pageOf } from '../../shared/record/lists.ts';
import { actionsAfter } from '../../shared/record/log.ts';
import { notesOf } from '../../shared/record/notes.ts';
import { wordsOf } from '../../shared/record/people.ts';
import { etagOf, type Handler } from '../middleware/api.ts';
import type { Granted } from '../middleware/guard.ts';
import { caseAt, disputeAt } from '../middleware/named.ts';
import { partyParts, peopleShown, type Reading, visitOf } from '../middleware/showing.ts';

type Shown = ReadonlySet<Field>;

async function wordsShown({ people }: Reading, state: State, shown: Shown) {
  if (!shown.has('words')) return {};
  const disputes = disputesOf(state);
  const words = await wordsOf(people, disputes);
  return {
    words: words.map(({ dispute, report, content, erased }) => ({
      dispute,
      report,
      ...(erased
        ? { erased }
        : { source: content.source, text: shown.has('needs') ? content.text : maskNeeds(content.text, content.needs) }),
    })),
  };
}

async function visitShown({ people }: Reading, state: CaseState, shown: Shown): Promise<{ visit?: string | null }> {
  return shown.has('visit') ? { visit: await visitOf(people, state) } : {};
}

export const readCase =
  (reading: () => Reading): Handler<'read-case'> =>
  async ({ params, guard, caller }) => {
    const state = await caseAt(reading().log, params.id);
    const granted = await guard.toLog(state);
    const { fields } = granted;
    const [people, words, visit] = await Promise.all([
      peopleShown(reading(), state, granted, caller.parties, partyParts),
      wordsShown(reading(), state, fields),
      visitShown(reading(), state, fields),
    ]);
    return { body: { case: { ...viewOf(state, fields), ...visit }, ...people, ...words }, etag: etagOf(state.n) };
  };

export const readDispute =
  (reading: () => Reading): Handler<'read-dispute'> =>
  async ({ params, guard, caller }) => {
    const { state, linked } = await disputeAt(reading().log, params.id);
    const granted = await guard.toLog(state, linked);
    const { fields } = granted;
    const [people, words] = await Promise.all([
      peopleShown(reading(), state, granted, caller.parties, partyParts),
      wordsShown(reading(), state, fields),
    ]);
    return { body: { dispute: viewOf(state, fields, linked), ...people, ...words }, etag: etagOf(state.n) };
  };

async function history({ log, people }: Reading, id: LogId, { fields }: Granted, asked: Parameters<typeof pageOf>[1]) {
  const actions = await actionsAfter(log.table, id, 0);
  const help = helpNumbers(actions);
  const { found, next } = pageOf(actions, asked);
  const ids = fields.has('notes') ? found.flatMap(({ note }) => note ?? []) : [];
  const notes = new Map<string, string>();
  for (const [note, { content }] of await notesOf(people, id, ids)) if (content !== undefined) notes.set(note, content);
  return { body: { id, actions: found.map((action) => entryOf(action, fields, help, notes)), next } };
}

export const readCaseHistory =
  (reading: () => Reading): Handler<'read-case-history'> =>
  async ({ params, query, guard }) => {
    const state = await caseAt(reading().log, params.id);
    return history(reading(), state.id, await guard.toLog(state), query);
  };

export const readDisputeHistory =
  (reading: () => Reading): Handler<'read-dispute-history'> =>
  async ({ params, query, guard }) => {
    const { state, linked } = await disputeAt(reading().log, params.id);
    return history(reading(), state.id, await guard.toLog(state, linked), query);
  };
