/** Reading one case or dispute: the matrix says which fields, and only these are opened. */
import { isDisputeId, type LogId } from '../../shared/domain/ids.ts';
import { maskNeeds } from '../../shared/domain/masking.ts';
import type { Part } from '../../shared/domain/report.ts';
import type { CaseState, State } from '../../shared/domain/state.ts';
import { dangerOf, entryOf, helpNumbers, viewOf } from '../../shared/domain/views.ts';
import type { Field } from '../../shared/domain/who-may/matrix.ts';
import { pageOf } from '../../shared/record/lists.ts';
import { actionsAfter, type Log } from '../../shared/record/log.ts';
import { notesOf } from '../../shared/record/notes.ts';
import {
  addressesOf,
  isThemself,
  type People,
  type PersonInRole,
  partiesOf,
  peopleOf,
  wordsOf,
} from '../../shared/record/people.ts';
import { etagOf, type Handler } from '../middleware/api.ts';
import type { Granted } from '../middleware/guard.ts';
import { caseAt, disputeAt } from '../middleware/named.ts';

export interface Reading {
  readonly log: Log;
  readonly people: People;
}

type Shown = ReadonlySet<Field>;

/** Whose identity a field opens. */
const partsBehind: Readonly<Partial<Record<Field, readonly Part[]>>> = {
  parties: ['complainant', 'respondent', 'witness', 'other'],
  affected: ['affected', 'child'],
};
const partsIn = (shown: Shown): Part[] =>
  Object.entries(partsBehind).flatMap(([field, parts]) => ([...shown].some((one) => one === field) ? parts : []));

/** How a person in role is named for an erasure: <report>.<number>. */
const refOf = ({ report, i }: PersonInRole): string => `${report}.${i}`;

async function peopleShown(
  { people }: Reading,
  state: State,
  { fields: shown, role }: Granted,
  caller: readonly string[],
) {
  const disputes = state.subject === 'case' ? state.disputes : [state.id];
  const named = shown.has('own') ? await ownIn(people, disputes, caller) : undefined;
  // Whoever asks for help is not told there that others report them, nor the other way round.
  const own = named?.filter(({ part }) => (part === 'respondent') === (role === 'person-concerned'));
  const parts = own ? [...new Set(own.map(({ part }) => part))] : partsIn(shown);
  if (parts.length === 0) return {};
  const [found, addresses] = await Promise.all([
    peopleOf(people, disputes, { parts }),
    shown.has('address') || own ? addressesOf(people, disputes, { parts }) : [],
  ]);
  const isOwn = (one: PersonInRole) => !own || own.some((mine) => isSame(mine, one));
  const addressOf = (one: PersonInRole) => addresses.find((address) => isSame(address, one))?.content;
  return {
    people: found.filter(isOwn).map((one) => {
      // The name of a report says through which channel it came: not for whoever was reported.
      const ref = own && one.part === 'respondent' ? {} : { ref: refOf(one) };
      const place = { dispute: one.dispute, ...ref, part: one.part };
      if (one.erased) return { ...place, erased: true };
      const { role: _, ...content } = one.content;
      const address = addressOf(one);
      return { ...place, ...content, ...(address === undefined ? {} : { address }) };
    }),
  };
}

const isSame = (a: PersonInRole, b: PersonInRole): boolean =>
  a.dispute === b.dispute && a.report === b.report && a.i === b.i;

/** Only where somebody is named by their own numbers: everybody else is left out (third-party redaction). */
async function ownIn({ table }: People, disputes: State['id'][] | CaseState['disputes'], caller: readonly string[]) {
  const named = await partiesOf(table, disputes.filter(isDisputeId));
  return named.filter((one) => isThemself(one, caller));
}

async function wordsShown({ people }: Reading, state: State, shown: Shown) {
  if (!shown.has('words')) return {};
  const disputes = state.subject === 'case' ? state.disputes : [state.id];
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

async function visitOf(people: People, { id, visit }: CaseState): Promise<string | null> {
  if (!visit) return null;
  return (await notesOf(people, id, [visit.words])).get(visit.words)?.content ?? null;
}

export const readCase =
  (reading: () => Reading): Handler<'read-case'> =>
  async ({ params, guard, caller }) => {
    const state = await caseAt(reading().log, params.id);
    const granted = await guard.toLog(state);
    const { fields } = granted;
    const [people, words, visit] = await Promise.all([
      peopleShown(reading(), state, granted, caller.parties),
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
      peopleShown(reading(), state, granted, caller.parties),
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

export const readAffected =
  (reading: () => Reading): Handler<'read-affected'> =>
  async ({ params, guard, caller }) => {
    const { state, linked } = await disputeAt(reading().log, params.id);
    const granted = await guard.toLog(state, linked);
    const { people = [] } = await peopleShown(reading(), state, granted, caller.parties);
    return { body: { dispute: state.id, people } };
  };

export const readDangerNote =
  (reading: () => Reading): Handler<'read-danger-note'> =>
  async ({ params, guard }) => {
    const state = await caseAt(reading().log, params.id);
    const { logged } = await guard.toLog(state);
    const { people } = reading();
    const [addresses, visit] = await Promise.all([
      addressesOf(people, state.disputes, { parts: ['complainant', 'respondent', 'affected'] }),
      visitOf(people, state),
    ]);
    const places = [...new Set(addresses.flatMap(({ content }) => content ?? []))].sort();
    return { body: { id: state.id, danger: dangerOf(state), addresses: places, visit, logged } };
  };
