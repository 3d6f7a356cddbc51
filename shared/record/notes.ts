/** Free text of actions: beside the log, so that it can be erased while the history stays whole. */
import * as z from 'zod';
import type { Draft } from '../domain/actions.ts';
import type { LogId } from '../domain/ids.ts';
import type { State } from '../domain/state.ts';
import type { Worded } from '../domain/task-commands.ts';
import { itemsBeginning } from './items.ts';
import { type Committed, commit, type Log } from './log.ts';
import type { Opened, People } from './people.ts';
import { type Keys, seal, sealedOf, unseal } from './seal.ts';
import { noteKey, notePrefix, partitionOf, putNew, type Table } from './table.ts';

export type NoteKeys = Pick<Keys, 'kms' | 'personKey'>;

const placeOf = (log: LogId, id: string) => `${log} ${noteKey(id)}`;

/** @param about the number of the task, or `log` */
export async function keepNote(
  { kms, personKey }: NoteKeys,
  table: Table,
  log: LogId,
  id: string,
  about: string,
  text: string,
): Promise<void> {
  const sealed = await seal(kms, personKey, placeOf(log, id), text);
  await putNew(table, { pk: partitionOf(log), sk: noteKey(id), about, ...sealed });
}

/**
 * Commits what a command makes of the state; its text is kept before the action that names it.
 * @param first what else is written before it, once nothing refuses it
 */
export function commitWithNote(
  log: Log,
  keys: NoteKeys,
  id: LogId,
  key: string,
  command: (state: State | undefined) => Worded | undefined,
  first?: (draft: Draft, text?: string) => Promise<void>,
): Promise<Committed | undefined> {
  let text: string | undefined;
  const plain = (state: State | undefined) => {
    const worded = command(state);
    text = worded?.text;
    return worded?.draft;
  };
  return commit(log, id, plain, {
    key,
    before: async (draft) => {
      await first?.(draft, text);
      const { note, content } = draft;
      if (note === undefined || text === undefined) return;
      await keepNote(keys, log.table, id, note, 'task' in content ? content.task : 'log', text);
    },
  });
}

/** The notes of a log by id, those asked for. */
export async function notesOf(
  { table, kms }: People,
  log: LogId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Opened<string>>> {
  const wanted = new Set(ids);
  const items = wanted.size > 0 ? await itemsBeginning(table, partitionOf(log), notePrefix) : [];
  const notes = items
    .map((item) => ({ item, id: String(item.sk).slice(notePrefix.length) }))
    .filter(({ id }) => wanted.has(id))
    .map(async ({ item, id }): Promise<[string, Opened<string>]> => {
      if (item.erasedAt !== undefined) return [id, { erased: true }];
      return [id, { content: z.string().parse(await unseal(kms, placeOf(log, id), sealedOf(item))) }];
    });
  return new Map(await Promise.all(notes));
}
