/** The data folder: one city at a time, one process at a time. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart } from './errors.ts';

export interface Folder {
  path(name: string): string;
  release(): void;
}

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process runs all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** @throws CannotStart where it cannot be written, belongs to another stack, or is in use (by which process) */
export function claimFolder(folder: string, stack: string): Folder {
  const lock = join(folder, 'in-use');
  const owner = join(folder, 'stack');
  try {
    make(folder);
    const found = existsSync(owner) ? readFileSync(owner, 'utf8').trim() : stack;
    if (found !== stack) {
      throw new CannotStart(
        `The data folder ${folder} belongs to ${found}, not to ${stack}: choose another with --data.`,
      );
    }
    claim(folder, lock);
    writeFileSync(owner, `${stack}\n`);
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`The data folder ${folder} cannot be written (${why}): choose another with --data.`);
  }
  return { path: (name) => join(folder, name), release: () => rmSync(lock, { force: true }) };
}

/** Level by level: node's own `recursive` never ends in a folder that takes none, such as /proc. */
function make(folder: string): void {
  if (existsSync(folder)) return;
  make(dirname(folder));
  mkdirSync(folder);
}

function claim(folder: string, lock: string): void {
  const held = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (held > 0 && held !== process.pid && runs(held)) {
    throw new CannotStart(
      `The data folder ${folder} is in use by process ${held}: stop it, or choose another with --data.`,
    );
  }
  rmSync(lock, { force: true });
  writeFileSync(lock, String(process.pid), { flag: 'wx' });
}
