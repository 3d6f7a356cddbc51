/** A file of reports, one JSON document a line. What is wrong is told by file, line and column; the good lines are taken. */
import type { City } from '../../shared/config/city.ts';
import { areaExists } from '../../shared/config/posts.ts';
import { sha256 } from '../../shared/domain/ids.ts';
import { parseReport, type Report } from '../../shared/domain/report.ts';
import { type Fault, InputInvalid } from '../../shared/errors.ts';
import { positionsIn } from './positions.ts';

export interface Delivery {
  readonly line: number;
  /** When it comes in. */
  readonly at: number;
  readonly report: Report;
}

export interface ReportsFile {
  /** By date, and by line where dates are equal. */
  readonly deliveries: readonly Delivery[];
  /** Sentences `file:line:column path value allowed`. */
  readonly faults: readonly string[];
  /** Tells files apart that say different things. */
  readonly digest: string;
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

export function readReports(file: string, text: string, city: City): ReportsFile {
  const deliveries: Delivery[] = [];
  const faults: string[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((line, i) => {
      if (line.trim() === '') return;
      const read = readLine(line, city);
      if ('report' in read) {
        deliveries.push({ line: i + 1, at: Date.parse(read.report.reportedAt), report: read.report });
        return;
      }
      for (const { column, fault } of read.faults) {
        faults.push(`${file}:${i + 1}:${column} ${fault.path}: ${shown(fault.value)}; allowed: ${fault.allowed}`);
      }
    });
  deliveries.sort((a, b) => a.at - b.at || a.line - b.line);
  return { deliveries, faults, digest: sha256(JSON.stringify(deliveries.map(({ report }) => report))) };
}

interface Misread {
  readonly faults: readonly { readonly column: number; readonly fault: Fault }[];
}

function readLine(line: string, city: City): { readonly report: Report } | Misread {
  const { of, brokenAt } = positionsIn(line);
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    const at = brokenAt ?? 0;
    const value = line.slice(at, at + 20) || 'end of the line';
    return { faults: [{ column: at + 1, fault: { path: '(line)', value, allowed: 'a whole JSON object' } }] };
  }
  const placed = (faults: readonly Fault[]): Misread => ({
    faults: faults.map((fault) => ({ column: of(fault.path === '(whole)' ? '' : fault.path) + 1, fault })),
  });
  try {
    const report = parseReport(json);
    if (areaExists(city, report.area)) return { report };
    const allowed = `an area code of ${city.name.zh} ${city.name.en}, ${city.code} or below`;
    return placed([{ path: 'area', value: report.area, allowed }]);
  } catch (error) {
    if (!(error instanceof InputInvalid)) throw error;
    return placed(error.faults);
  }
}
