/** Synthesizes the cities once for all tests, as `cdk synth` does. */
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

export default function setup({ provide }: TestProject): () => void {
  const { folder, status, said } = synthesized();
  if (status !== 0) throw new Error(`the cities cannot be synthesized: ${said}`);
  provide('assembly', folder);
  return () => rmSync(join(folder, '..'), { recursive: true, force: true });
}
