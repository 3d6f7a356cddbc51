/** Where things are in the checkout, and how a city is synthesized from it. */
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type City, parseCity } from '../../shared/config/city.ts';
import { CannotStart } from '../cloud/errors.ts';
import { claimFolder } from '../cloud/folder.ts';

export const house = join(import.meta.dirname, '..', '..');

/** As whoever called npm meant it: npm itself runs in the checkout. */
export const fromCaller = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

export const dataFolderOf = (city: string): string => join(house, '.hejie', city);

export const stackOf = (city: string): string => `hejie-${city}`;

/** Runs the CDK app for one city. @throws CannotStart with what it said */
export async function synthesize(city: string, assembly: string): Promise<void> {
  rmSync(assembly, { recursive: true, force: true });
  const child = spawn(process.execPath, [join(house, 'infra', 'rehearsal.ts')], {
    cwd: house,
    env: { ...process.env, CDK_OUTDIR: assembly, HEJIE_CITY: city },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const code = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  if (code !== 0) throw new CannotStart(said.join('').trim() || `The city ${city} cannot be synthesized.`);
}

/** The city file as the functions of the assembly have it beside their code. @throws CannotStart */
export function cityIn(assembly: string): City {
  const [file] = globSync(join(assembly.replaceAll('\\', '/'), 'asset.*', 'city.json')).sort();
  if (file === undefined) throw new CannotStart(`${assembly} is no synthesized city: no function has a city.json.`);
  return parseCity(JSON.parse(readFileSync(file, 'utf8')), file);
}

/** Makes a folder and those above it, one by one: under /proc `recursive` never returns. @throws CannotStart */
export function made(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) made(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`The folder ${folder} cannot be made (${why}): choose another with --data.`);
  }
}

/** Makes a data folder empty; only one that is a city's, or empty already. @throws CannotStart */
export function emptied(folder: string, stack: string): void {
  if (!existsSync(folder)) return;
  const found = readdirSync(folder);
  if (found.length === 0) return;
  if (!found.includes('stack')) {
    throw new CannotStart(`The folder ${folder} holds something else than a city: choose another with --data.`);
  }
  claimFolder(folder, stack).release();
  rmSync(folder, { recursive: true, force: true });
}
