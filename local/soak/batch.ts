/** A batch of random lives, lived by a random staff through handlers, engine and API; and what must always be true. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cityIn } from '../replay/house.ts';
import { violations } from '../replay/invariants.ts';
import { replay } from '../replay/run.ts';
import type { Summary } from '../replay/summary.ts';
import { firstDay, livesFor } from './lives.ts';

const day = 86_400_000;
/** The lives begin within a month; so long they are looked at. */
const usualDays = 60;

export interface Batch {
  readonly assembly: string;
  readonly seed: number;
  readonly lives: number;
  readonly days?: number;
  readonly stopped?: () => boolean;
}

export interface Lived {
  readonly summary: Summary;
  readonly checks: number;
  /** Also reports that were not taken, and grants that were missing. */
  readonly violated: readonly string[];
}

/** @returns undefined where it was stopped */
export async function live({
  assembly,
  seed,
  lives,
  days = usualDays,
  stopped = () => false,
}: Batch): Promise<Lived | undefined> {
  const data = mkdtempSync(join(tmpdir(), 'hejie-lives-'));
  try {
    const city = cityIn(assembly);
    const file = join(data, 'lives.jsonl');
    writeFileSync(file, livesFor(city, seed, lives));
    const silent = { write: () => true };
    const done = await replay({
      ...{ city: city.id, data: join(data, 'city'), assembly, file, seed, screen: silent, stopped },
      until: firstDay + days * day,
      redCase: false,
    });
    await done.close();
    if (!done.result) return undefined;
    const { summary } = done.result;
    const checks = Object.values(summary.invariants).reduce((sum, { checked }) => sum + checked, 0);
    return { summary, checks, violated: [...done.faults, ...violations(summary.invariants)] };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
