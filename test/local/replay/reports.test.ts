import { describe, expect, it } from 'vitest';
import { positionsIn } from '../../../local/replay/positions.ts';
import { readReports } from '../../../local/replay/reports.ts';
import { examples, taizhou } from './paper-city.ts';

const [one = '', two = ''] = examples.split('\n');
const read = (...lines: string[]) => readReports('quarter.jsonl', lines.join('\n'), taizhou);

describe('a file of reports', () => {
  it('takes the good lines and names file, line, column, path, value and what is allowed of the others', () => {
    const unknownArea = two.replace(/"area": "\d+"/, '"area": "331003999"');
    const column = unknownArea.indexOf('"331003999"') + 1;
    const { deliveries, faults } = read(one, '{"channel": "grid",', '', unknownArea, two);
    expect(deliveries.map(({ line }) => line).sort()).toEqual([1, 5]);
    expect(faults).toEqual([
      'quarter.jsonl:2:20 (line): "end of the line"; allowed: a whole JSON object',
      expect.stringMatching(
        new RegExp(`^quarter\\.jsonl:4:${column} area: "331003999"; allowed: an area code of 台州市 Taizhou, 331000`),
      ),
    ]);
  });

  it('points at the value that is wrong, deep inside, every one of a line', () => {
    const wrong = '{"channel":"radio","people":[{"role":"respondent","phone":"12"}]}';
    const { deliveries, faults } = read(wrong);
    expect(deliveries).toEqual([]);
    expect(faults).toContain(
      'quarter.jsonl:1:12 channel: "radio"; allowed: "grid", "police", "department", "resident"',
    );
    expect(faults).toContain(
      'quarter.jsonl:1:59 people.0.phone: "(not repeated)"; allowed: 11 digits beginning with 1',
    );
  });

  it('is read alike with a byte order mark and Windows line ends', () => {
    expect(readReports('f', `\uFEFF${one}\r\n${two}\r\n`, taizhou)).toEqual(
      readReports('f', `${one}\n${two}\n`, taizhou),
    );
  });

  it('comes by date, whatever the order of its lines', () => {
    const dates = read(...examples.trim().split('\n').reverse()).deliveries.map(({ at }) => at);
    expect(dates).toEqual([...dates].sort((a, b) => a - b));
    expect(dates.length).toBeGreaterThanOrEqual(100);
  });
});

describe('positions in a JSON text', () => {
  it.each([
    ['{"a": 1', 7],
    ['{"a" 1}', 5],
    ['[1, 2,]', 6],
    ['{"a": "x', 6],
    ['{} {}', 3],
    ['', 0],
  ])('%s is broken at %i', (text, at) => {
    expect(positionsIn(text).brokenAt).toBe(at);
  });
});
