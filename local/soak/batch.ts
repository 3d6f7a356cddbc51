/** A batch of random lives, lived by a random staff through handlers, engine and API; and what must always be true. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spacing } from '../cloud/schedules.ts';
import { cityIn } from '../replay/house.ts';
import { violations } from '../replay/invariants.ts';
import { replay } from '../replay/run.ts';
import type { Summary } from '../replay/summary.ts';
import { firstDay, livesFor } from './lives.ts';

const day = 86_400_000;
/** The lives begin within a month. So long they last until what has ended is forgotten, a year after its end. */
export const wholeLife = 560;
/** In the middle of a life everything that is forgotten later can still be seen. */
const looks = [60, 330];

/**
 * Of a whole life most is waiting. Whoever repairs, forgets what is due and seals days comes every five days then: executions are
 * renewed before they are 30 days old, and no day is missed that a week may still seal. Posts without a holder can wait longer.
 */
const spacing: Spacing = (every, name) => Math.max(every, name.endsWith('watch-posts') ? 15 * day : 5 * day);

export interface Batch {
  readonly assembly: string;
  readonly seed: number;
  readonly lives: number;
  readonly days?: number;
  readonly stopped?: () => boolean;
}

export interface Lived {
  readonly summary: Summary;
  /** What people did, and what came of their tasks and levels: at the look at which most of it was there. */
  readonly occurred: Readonly<Record<string, number>>;
  /** How often each invariant was checked, likewise. */
  readonly checked: Readonly<Record<string, number>>;
  readonly checks: number;
  /** Also reports that were not taken, and grants that were missing. */
  readonly violated: readonly string[];
}

/** @returns undefined where it was stopped */
export async function live({
  assembly,
  seed,
  lives,
  days = wholeLife,
  stopped = () => false,
}: Batch): Promise<Lived | undefined> {
  const data = mkdtempSync(join(tmpdir(), 'hejie-lives-'));
  try {
    const city = cityIn(assembly);
    const file = join(data, 'lives.jsonl');
    writeFileSync(file, livesFor(city, seed, lives));
    const silent = { write: () => true };
    const seen: Summary[] = [];
    const done = await replay({
      ...{ city: city.id, data: join(data, 'city'), assembly, file, seed, screen: silent, stopped },
      until: firstDay + days * day,
      redCase: false,
      scheduleSpacing: spacing,
      looks: {
        at: looks.filter((look) => look < days).map((look) => firstDay + look * day),
        see: (summary) => seen.push(summary),
      },
    });
    await done.close();
    if (!done.result) return undefined;
    const { summary } = done.result;
    seen.push(summary);
    const findings = seen.flatMap(({ invariants }) => Object.values(invariants));
    return {
      summary,
      occurred: most(seen.map(occurredIn)),
      checked: most(
        seen.map(({ invariants }) =>
          Object.fromEntries(Object.entries(invariants).map(([name, { checked }]) => [name, checked])),
        ),
      ),
      checks: findings.reduce((sum, { checked }) => sum + checked, 0),
      violated: [...new Set([...done.faults, ...seen.flatMap(({ invariants }) => violations(invariants))])],
    };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function occurredIn({ reports, messagesToCitizens, levels, escalations, handOffs, ...more }: Summary) {
  const under = (name: string, counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counts).map(([what, count]) => [`${name} ${what}`, count]));
  return {
    ...{ reports, messagesToCitizens, ...more.beside, ...more.tasks, ...more.lapses },
    ...{ ...under('level', levels), ...under('to', escalations), ...under('hand-off', handOffs) },
  };
}

function most(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const names = [...new Set(counts.flatMap((one) => Object.keys(one)))].sort();
  return Object.fromEntries(names.map((name) => [name, Math.max(...counts.map((one) => one[name] ?? 0))]));
}
