/** npm run bench -- NAME …: measures one part of the project. A bench says what it saw; it never passes or fails. */
import { BadOptions } from '../local/replay/options.ts';

/** A bench takes the rest of the command line and measures. @throws BadOptions */
type Bench = (args: readonly string[]) => Promise<void>;

/** Loaded when it is asked for: a bench has dependencies of its own. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  engine: async () => (await import('./engine/index.ts')).bench,
};

const [name, ...args] = process.argv.slice(2);
const load = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined;
try {
  if (load === undefined) {
    const asked = name === undefined ? 'Which bench?' : `There is no bench "${name}".`;
    throw new BadOptions(`${asked} npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(', ')}.`);
  }
  await (await load())(args);
} catch (error) {
  if (!(error instanceof BadOptions)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
