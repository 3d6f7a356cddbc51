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
const fileOf = ({ url }: Profiler.Profile['nodes'][number]['callFrame']): string =>
  url.startsWith('file:') ? relative(root, fileURLToPath(url)).replaceAll('\\', '/') : url;

function partOf(frame: Profiler.Profile['nodes'][number]['callFrame']): string {
  const file = fileOf(frame);
  if (file.startsWith(engine)) {
    const inside = file.slice(engine.length);
    return inside.includes('/') ? inside.slice(0, inside.indexOf('/') + 1) : inside;
  }
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  if (name !== undefined) return name;
  if (file.startsWith('bench/')) return 'bench/';
  if (file.startsWith('node:')) return 'node';
  if (frame.functionName === '(garbage collector)') return 'garbage collection';
  // Written in C++: JSON, SQLite, promises, hashes.
  return frame.functionName === '(program)' ? 'outside JavaScript' : 'built into V8 and Node';
}

function shares(times: ReadonlyMap<string, number>, steps: number, most: number): Share[] {
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, time]) => ({ name, microseconds: rounded(time / steps) }));
}

async function sampled(work: () => Promise<void>): Promise<Profiler.Profile> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    await work();
    return (await session.post('Profiler.stop')).profile;
  } finally {
    session.disconnect();
  }
}

/** @param seconds of profile, about; what is not sampled is a warm-up */
export async function profile(contender: Contender, together: number, seconds: number): Promise<Profile> {
  progress(`profile: ${contender}, ${together} at a time`);
  const executions = 20 * together;
  let ms = 0;
  for (const _ of [1, 2, 3]) ms = await timed(contender, executions, together);
  const count = Math.ceil((seconds * 1000 * executions) / ms / together) * together;
  const { nodes, samples = [], timeDeltas = [] } = await sampled(async () => {
    await timed(contender, count, together);
  });
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  const add = (to: Map<string, number>, name: string, time: number) => to.set(name, (to.get(name) ?? 0) + time);
  for (const [i, id] of samples.entries()) {
    const frame = frames.get(id);
    const time = timeDeltas[i] ?? 0;
    if (frame === undefined || frame.functionName === '(idle)') continue;
    add(parts, partOf(frame), time);
    const file = fileOf(frame);
    const where = file === '' ? '' : ` ${file}:${frame.lineNumber + 1}`;
    add(functions, `${frame.functionName || '(anonymous)'}${where}`, time);
  }
  const steps = count * transitions;
  return { contender, together, parts: shares(parts, steps, parts.size), functions: shares(functions, steps, 15) };
}
