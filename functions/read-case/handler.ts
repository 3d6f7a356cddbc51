/** Reading one case or dispute: the matrix says which fields, and only these are opened. */
import { lastGone } from '../../shared/domain/gone.ts';
import type { LogId } from '../../shared/domain/ids.ts';
import { maskNeeds } from '../../shared/domain/masking.ts';
import { noticeText } from '../../shared/domain/notice-text.ts';
import { type CaseState, describeState, type State } from '../../shared/domain/state.ts';
import { agendaOf } from '../../shared/domain/talking.ts';
import { entryOf, helpNumbers, newestDecision, viewOf } from '../../shared/domain/views.ts';
import type { Field } from '../../shared/domain/who-may/matrix.ts';
import { ActionRefused } from '../../shared/errors.ts';
import { pageOf } from '../../shared/record/lists.ts';
import { actionsAfter } from '../../shared/record/log.ts';
import { readLog } from '../../shared/record/looks.ts';
import { foldersIn, homeOf } from '../../shared/record/merging.ts';
import { notesOf } from '../../shared/record/notes.ts';
import { type Words, wordsOf } from '../../shared/record/people.ts';
import { etagOf, type Handler } from '../middleware/api.ts';
import type { Granted } from '../middleware/guard.ts';
import { caseAt, disputeAt, referralAt, roundAt } from '../middleware/named.ts';
import { affectedParts, partyParts, peopleShown, type Reading, visitOf } from '../middleware/showing.ts';

type Shown = ReadonlySet<Field>;

async function wordsShown({ log, people }: Reading, state: State, shown: Shown) {
  if (!shown.has('words')) return {};
  const words = await wordsOf(people, await foldersIn(log, state));
  return {
    words: words.map(({ dispute, report, content, erased }) => ({
      dispute,
      report,
      ...(erased
        ? { erased }
        : {
            source: content.source,
            ...agreementIn(content, shown),
            text: shown.has('needs') ? content.text : maskNeeds(content.text, content.needs),
          }),
    })),
  };
}

/** It may speak of help, and nobody has marked where. */
const agreementIn = ({ agreement }: Words, shown: Shown) =>
  agreement !== undefined && shown.has('needs') ? { agreement } : {};

async function visitShown({ people }: Reading, state: CaseState, shown: Shown): Promise<{ visit?: string | null }> {
  return shown.has('visit') ? { visit: await visitOf(people, state) } : {};
}

/** What departments answered about its disputes: no event, and no points. */
async function enquiriesShown({ log }: Reading, { disputes }: CaseState, shown: Shown) {
  if (!shown.has('events') || shown.has('own')) return {};
  const homes = await Promise.all(disputes.map(async (id) => homeOf(log, await readLog(log, id))));
  const states = new Map(homes.map((one) => [one.id, one]));
  return { enquiries: [...states.values()].flatMap((one) => (one.subject === 'dispute' ? one.enquiries : [])) };
}

export const readCase =
  (reading: () => Reading): Handler<'read-case'> =>
  async ({ params, guard, caller }) => {
    const state = await caseAt(reading().log, params.id);
    const granted = await guard.toLog(state);
    const { fields } = granted;
    const [people, words, visit, enquiries] = await Promise.all([
      peopleShown(reading(), state, granted, caller.parties, partyParts),
      wordsShown(reading(), state, fields),
      visitShown(reading(), state, fields),
      enquiriesShown(reading(), state, fields),
    ]);
    const notice = noticeShown(reading(), state, fields);
    const body = { case: { ...viewOf(state, fields), ...visit, ...enquiries }, ...people, ...words, ...notice };
    return { body, etag: etagOf(state.n) };
  };

/** What whoever is to tell the person concerned tells them. */
export const readNoticeText =
  (reading: () => Reading): Handler<'read-notice-text'> =>
  async ({ params, guard }) => {
    const { log } = reading();
    const state = await caseAt(log, params.id);
    await guard.toLog(state);
    const notice = noticeText(log.city, state);
    if (!notice) throw new ActionRefused('telling the person concerned', describeState(state), []);
    return { body: { id: state.id, notice } };
  };

/** The person concerned reads what they were told. */
const noticeShown = ({ log }: Reading, state: CaseState, shown: Shown) => {
  const notice = shown.has('own') ? noticeText(log.city, state) : undefined;
  return notice ? { notice } : {};
};

/** Without names, for whoever is asked to the talk. */
export const readAgenda =
  (reading: () => Reading): Handler<'read-agenda'> =>
  async ({ params, guard }) => {
    const state = await caseAt(reading().log, params.id);
    const { fields } = await guard.toLog(state);
    return { body: agendaOf(reading().log.city, state, fields) };
  };

/** That others told of the same quarrel is not for those who are in it. */
const withoutMerges = (view: object): object =>
  Object.fromEntries(Object.entries(view).filter(([name]) => name !== 'mergedInto' && name !== 'absorbed'));

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
    const view = viewOf(state, fields, linked);
    const dispute = caller.as === 'citizen' ? withoutMerges(view) : view;
    return { body: { dispute, ...people, ...words }, etag: etagOf(state.n) };
  };

/** Help only: all parts lie under one key, since nobody in it stands against another. */
export const readReferral =
  (reading: () => Reading): Handler<'read-referral'> =>
  async ({ params, guard, caller }) => {
    const state = await referralAt(reading().log, params.id);
    const granted = await guard.toLog(state);
    const { fields } = granted;
    const [{ people }, { words }] = await Promise.all([
      peopleShown(reading(), state, granted, caller.parties, [...partyParts, ...affectedParts]),
      wordsShown(reading(), state, fields),
    ]);
    const bare = <T extends { readonly dispute: unknown }>({ dispute: _, ...one }: T) => one;
    const body = {
      referral: viewOf(state, fields),
      ...(people ? { people: people.map(bare) } : {}),
      ...(words ? { words: words.map(bare) } : {}),
    };
    return { body, etag: etagOf(state.n) };
  };

export const readReferralHistory =
  (reading: () => Reading): Handler<'read-referral-history'> =>
  async ({ params, query, guard }) => {
    const state = await referralAt(reading().log, params.id);
    return history(reading(), state.id, await guard.toLog(state), query);
  };

export const readRound =
  (reading: () => Reading): Handler<'read-round'> =>
  async ({ params, guard }) => {
    const state = await roundAt(reading().log, params.id);
    const { fields } = await guard.toLog(state);
    return { body: { round: viewOf(state, fields) }, etag: etagOf(state.n) };
  };

async function history(
  { log, people }: Reading,
  id: LogId,
  { fields, role }: Granted,
  asked: Parameters<typeof pageOf>[1],
) {
  const actions = await actionsAfter(log.table, id, 0);
  const help = helpNumbers(actions);
  const decided = newestDecision(actions);
  const { found, next } = pageOf(actions, asked);
  const ids = fields.has('notes') ? found.flatMap(({ note }) => note ?? []) : [];
  const notes = new Map<string, string>();
  for (const [note, { content }] of await notesOf(people, id, ids)) if (content !== undefined) notes.set(note, content);
  const gone = lastGone(id, actions, role);
  return {
    body: { id, actions: found.map((action) => entryOf(action, fields, { help, notes, decided, gone })), next },
  };
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
