/** A table whose client dies: everything after the n-th write fails, as if the process had ended there. */
import type { Table } from '../../shared/record/table.ts';

export interface Kills {
  /** Writes that this much of life still has. */
  left: number;
}

export function dying(table: Table, kills: Kills): Table {
  const send = table.db.send.bind(table.db);
  const db = new Proxy(table.db, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return (command: Parameters<typeof send>[0]) => {
        if (/Put|Update|Delete/.test(command.constructor.name)) kills.left -= 1;
        return kills.left < 0 ? Promise.reject(new Error('killed')) : send(command);
      };
    },
  });
  return { name: table.name, db };
}
