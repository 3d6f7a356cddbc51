/** Before all tests: a folder for what they leave, and the cities synthesized once, as `cdk synth` does. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    assembly: string;
  }
}

export function synthesized(env: Record<string, string> = {}): { folder: string; status: number | null; said: string } {
  // A path with a space and Chinese characters, as a newcomer may have.
  const folder = join(mkdtempSync(join(tmpdir(), 'hejie 和解 ')), 'cdk.out');
  const house = join(import.meta.dirname, '../..');
  const run = spawnSync(process.execPath, [join(house, 'infra/rehearsal.ts')], {
    cwd: house,
    env: { ...process.env, CDK_OUTDIR: folder, NODE_NO_WARNINGS: '1', ...env },
    encoding: 'utf8',
  });
  return { folder, status: run.status, said: `${run.stdout}${run.stderr}` };
}

/** What a run leaves lies in one folder, which goes with it. */
function roomOfItsOwn(): string {
  const room = mkdtempSync(join(tmpdir(), 'hejie-tests-'));
  // By each of these names somebody's system calls it.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = room;
  return room;
}

export default function setup({ provide }: TestProject): () => void {
  const room = roomOfItsOwn();
  const { folder, status, said } = synthesized();
  if (status !== 0) throw new Error(`the cities cannot be synthesized: ${said}`);
  provide('assembly', folder);
  return () => rmSync(room, { recursive: true, force: true });
}
