/** The gate before a city goes live (S15): its documents are there as they were signed, its assessment is fresh, its end lies ahead. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Governance, governanceSchema, yearsLater } from '../shared/config/governance.ts';
import type { Fault } from '../shared/errors.ts';

export interface Gate {
  /** Calendar date in Asia/Shanghai. */
  readonly today: string;
  /** Where the stack goes, where that was said. */
  readonly region?: string;
}

/** What of the block fits its schema is held to the gate also where another part of the file is broken. */
export function gateFaultsIn(json: unknown, folder: string, gate: (governance: Governance) => Gate): Fault[] {
  const given = typeof json === 'object' && json !== null ? Reflect.get(json, 'governance') : undefined;
  const { success, data } = governanceSchema.safeParse(given);
  return success ? gateFaults(data, folder, gate(data)) : [];
}

/** @param folder of the city files, below which their documents lie */
export function gateFaults(governance: Governance, folder: string, { today, region }: Gate): Fault[] {
  const { impactAssessment, legalBasis, sunset, data } = governance;
  const faults = [
    ...documentFaults('governance.impactAssessment', impactAssessment, folder),
    ...documentFaults('governance.legalBasis', legalBasis, folder),
  ];
  const { signed } = impactAssessment;
  const oldest = yearsLater(today, -1);
  if (signed < oldest || signed > today) {
    const allowed = `from ${oldest} to today, ${today}: assess again (PIPL 55–56)`;
    faults.push({ path: 'governance.impactAssessment.signed', value: signed, allowed });
  }
  if (sunset.date <= today) {
    const allowed = `later than today, ${today}: decide whether it goes on, and until when`;
    faults.push({ path: 'governance.sunset.date', value: sunset.date, allowed });
  }
  if (region !== undefined && region !== data.region) {
    const allowed = `${region}, where the stack goes; or deploy to ${data.region}`;
    faults.push({ path: 'governance.data.region', value: data.region, allowed });
  }
  return faults;
}

function documentFaults(path: string, { document, sha256 }: Governance['legalBasis'], folder: string): Fault[] {
  const file = join(folder, document);
  if (!existsSync(file)) {
    return [{ path: `${path}.document`, value: document, allowed: `a file that is there: ${file}` }];
  }
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found === sha256) return [];
  return [
    { path: `${path}.sha256`, value: sha256, allowed: `${found} of ${document}, once it is signed as it is now` },
  ];
}
