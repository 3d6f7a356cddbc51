/** Where the time of a transition goes: a CPU profile of the in-memory part, by part of the code and by function. */
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transitions } from './machines.ts';
import { progress, rounded } from './measure.ts';
import { type Contender, timed } from './speed.ts';

const root = join(import.meta.dirname, '../..');
const engine = 'local/stepfunctions/';

/** Microseconds a transition. */
export interface Share {
  readonly name: string;
  readonly microseconds: number;
}

export interface Profile {
  readonly contender: Contender;
  readonly together: number;
  /** By folder of the engine, package, or part of Node. */
  readonly parts: readonly Share[];
  /** The functions that take the most themselves, as `name file:line`. */
  readonly functions: readonly Share[];
}

/** The file from the root of the project, with slashes; what Node itself is made of stays as it is. */
const fileOf = ({ url }: { readonly url: string }): string =>
  url.startsWith('file:') ? relative(root, fileURLToPath(url)).replaceAll('\\', '/') : url;

function partOf(functionName: string, file: string): string {
  if (file.startsWith(engine)) {
    const inside = file.slice(engine.length);
    return inside.includes('/') ? inside.slice(0, inside.indexOf('/') + 1) : inside;
  }
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  if (name !== undefined) return name;
  if (file.startsWith('bench/')) return 'bench/';
  if (file.startsWith('node:')) return 'node';
  if (functionName === '(garbage collector)') return 'garbage collection';
  // Written in C++: JSON, SQLite, promises, hashes.
  return functionName === '(program)' ? 'outside JavaScript' : 'built into V8 and Node';
}

function shares(times: ReadonlyMap<string, number>, steps: number, most: number): Share[] {
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, time]) => ({ name, microseconds: rounded(time / steps) }));
}

/** Puts the profile of the work into `profiles`. */
const sampled =
  (profiles: Profiler.Profile[]) =>
  async (work: () => Promise<void>): Promise<void> => {
    const session = new Session();
    session.connect();
    try {
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: 200 });
      await session.post('Profiler.start');
      await work();
      profiles.push((await session.post('Profiler.stop')).profile);
    } finally {
      session.disconnect();
    }
  };

/** Self time by part and by function, in microseconds. */
function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') continue;
    const time = timeDeltas[i] ?? 0;
    const file = fileOf(frame);
    const part = partOf(frame.functionName, file);
    const name = `${frame.functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${frame.lineNumber + 1}`}`;
    parts.set(part, (parts.get(part) ?? 0) + time);
    functions.set(name, (functions.get(name) ?? 0) + time);
  }
  return { parts, functions };
}

/** Profiles `executions` of the machine, after as many to warm up. */
export async function profile(contender: Contender, together: number, executions: number): Promise<Profile> {
  progress(`profile: ${contender}, ${together} at a time`);
  const count = Math.ceil(executions / together) * together;
  const profiles: Profiler.Profile[] = [];
  await timed(contender, count, together);
  await timed(contender, count, together, sampled(profiles));
  const times = profiles.map(selfTimes);
  const steps = count * transitions;
  return {
    contender,
    together,
    parts: times.flatMap(({ parts }) => shares(parts, steps, parts.size)),
    functions: times.flatMap(({ functions }) => shares(functions, steps, 15)),
  };
}
