/** A whole replay on the city on paper, and what its checks look at. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agenda } from '../../../local/replay/agenda.ts';
import { drive } from '../../../local/replay/drive.ts';
import type { Evidence } from '../../../local/replay/invariants.ts';
import { collect, type TheRecord, tell } from '../../../local/replay/record.ts';
import { type Delivery, readReports } from '../../../local/replay/reports.ts';
import { endOfQuarter } from '../../../local/replay/run.ts';
import { secretsIn } from '../../../local/replay/secrets.ts';
import { headOf } from '../../../shared/domain/audit.ts';
import { examples, PaperCity, taizhou } from './paper-city.ts';

export interface Folder extends Disposable {
  readonly path: (name: string) => string;
}

export function folderForTest(): Folder {
  const folder = mkdtempSync(join(tmpdir(), 'hejie-test-'));
  return {
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const quarter = readReports('examples/reports.jsonl', examples, taizhou).deliveries;

/** Thrown where the process would have been killed. */
export class Killed extends Error {}

export interface Replayed {
  readonly paper: PaperCity;
  readonly record: TheRecord;
  readonly until: number;
  readonly reads: Readonly<Record<string, number>>;
  readonly repeats: number;
}

export async function replayOnPaper({
  seed = 7,
  deliveries = quarter,
  prepare = () => undefined,
}: {
  seed?: number;
  deliveries?: readonly Delivery[];
  prepare?: (paper: PaperCity) => void;
} = {}): Promise<Replayed> {
  using folder = folderForTest();
  const sorted = [...deliveries].sort((a, b) => a.at - b.at);
  const until = endOfQuarter(quarter.at(-1)?.at ?? 0);
  const paper = new PaperCity(taizhou, (sorted[0]?.at ?? 0) - 3_600_000);
  prepare(paper);
  let reads = {};
  let repeats = 0;
  for (let begun = false; ; begun = true) {
    const agenda = new Agenda(folder.path('agenda.sqlite'));
    if (!begun) agenda.begin({}, sorted);
    try {
      await drive({ cloud: paper, agenda, staff: { city: taizhou, seed }, file: 'reports.jsonl', until });
      reads = agenda.counts('read-case ');
      repeats = agenda.counts('').repeats ?? 0;
      break;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    } finally {
      agenda.close();
    }
  }
  return { paper, record: await collect(paper.scan()), until, reads, repeats };
}

export const evidenceOf = ({ paper, record, until, reads, repeats }: Replayed): Evidence => ({
  told: tell(record),
  city: taizhou,
  now: until,
  messages: paper.sent.map(({ id, at, attributes, message }) => ({
    id,
    at,
    toCitizen: false,
    kind: attributes.kind,
    text: String(JSON.parse(message).text),
  })),
  executions: paper.executions(),
  kills: 0,
  repairs: 0,
  repeats,
  reads,
  heads: [...paper.chains.values()].flatMap((chain) => chain.slice(0, 1).map(headOf)),
  loose: [],
  secrets: secretsIn(quarter.map(({ report }) => report)),
});
