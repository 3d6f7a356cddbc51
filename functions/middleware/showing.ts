/** Opening people for whoever the matrix lets see them: field by field, and only under the keys that the function has. */
import type { FolderId } from '../../shared/domain/ids.ts';
import type { Part } from '../../shared/domain/report.ts';
import type { CaseState, State } from '../../shared/domain/state.ts';
import type { Field } from '../../shared/domain/who-may/matrix.ts';
import type { Log } from '../../shared/record/log.ts';
import { foldersIn } from '../../shared/record/merging.ts';
import { notesOf } from '../../shared/record/notes.ts';
import {
  addressesOf,
  contactsOf,
  isThemself,
  type People,
  type PersonInRole,
  partiesOf,
  peopleOf,
} from '../../shared/record/people.ts';
import type { Granted } from './guard.ts';

export interface Reading {
  readonly log: Log;
  readonly people: People;
}

type Shown = ReadonlySet<Field>;

/** Whose identity the fields `parties` and `affected` open. */
export const partyParts: readonly Part[] = ['complainant', 'respondent', 'witness', 'other'];
export const affectedParts: readonly Part[] = ['affected', 'child'];

const sides: readonly Part[] = ['complainant', 'respondent'];

const partsIn = (shown: Shown): Part[] => [
  ...(shown.has('parties') ? partyParts : shown.has('sides') ? sides : []),
  ...(shown.has('affected') ? affectedParts : []),
];

/** How a person in role is named for an erasure: <report>.<number>. */
const refOf = ({ report, i }: PersonInRole): string => `${report}.${i}`;

/** @param openable the parts under whose keys this function may look */
export async function peopleShown(
  { log, people }: Reading,
  state: State,
  { fields: shown, role }: Granted,
  caller: readonly string[],
  openable: readonly Part[],
) {
  const folders = await foldersIn(log, state);
  const named = shown.has('own') ? await ownIn(people, folders, caller) : undefined;
  // Whoever asks for help is not told there that others report them, nor the other way round.
  const own = named?.filter(({ part }) => (part === 'respondent') === (role === 'person-concerned'));
  const asked = own ? [...new Set(own.map(({ part }) => part))] : partsIn(shown);
  const parts = asked.filter((part) => openable.includes(part));
  if (parts.length === 0) return {};
  const [found, addresses, contacts] = await Promise.all([
    peopleOf(people, folders, { parts }),
    shown.has('address') || own ? addressesOf(people, folders, { parts }) : [],
    // Whoever only asks whose it is reaches nobody.
    own || shown.has('parties') || shown.has('affected') ? contactsOf(people, folders, { parts }) : [],
  ]);
  const isOwn = (one: PersonInRole) => !own || own.some((mine) => isSame(mine, one));
  const addressOf = (one: PersonInRole) => addresses.find((address) => isSame(address, one))?.content;
  const contactOf = (one: PersonInRole) => contacts.find((contact) => isSame(contact, one))?.content;
  return {
    people: found.filter(isOwn).map((one) => {
      // The name of a report says through which channel it came: not for whoever was reported.
      const ref = own && one.part === 'respondent' ? {} : { ref: refOf(one) };
      const place = { dispute: one.dispute, ...ref, part: one.part };
      if (one.erased) return { ...place, erased: true };
      const { role: _, ...content } = one.content;
      const address = addressOf(one);
      const contact = contactOf(one);
      return {
        ...{ ...place, ...content },
        ...(address === undefined ? {} : { address }),
        ...(contact === undefined ? {} : { contact }),
      };
    }),
  };
}

const isSame = (a: PersonInRole, b: PersonInRole): boolean =>
  a.dispute === b.dispute && a.report === b.report && a.i === b.i;

/** Only where somebody is named by their own numbers: everybody else is left out (third-party redaction). */
async function ownIn({ table }: People, folders: readonly FolderId[], caller: readonly string[]) {
  const named = await partiesOf(table, folders);
  return named.filter((one) => isThemself(one, caller));
}

export async function visitOf(people: People, { id, visit }: CaseState): Promise<string | null> {
  if (!visit) return null;
  return (await notesOf(people, visit.log ?? id, [visit.words])).get(visit.words)?.content ?? null;
}
