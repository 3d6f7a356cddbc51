/** docs/who-may.md says what the matrix says, to whoever reads nothing else. */
import { describe, expect, it } from 'vitest';
import { whoMayText } from '../../scripts/who-may.ts';
import { operations } from '../../shared/api/index.ts';
import { channelsOf } from '../../shared/domain/who-may/channels.ts';
import { fields, grantsOf, guardedOperations, phases, relations } from '../../shared/domain/who-may/matrix.ts';
import { purposeFor } from '../../shared/domain/who-may/purposes.ts';
import { citizenRoles, postRoles, roleNames, roles } from '../../shared/domain/words.ts';

const text = whoMayText(operations);
const lines = text.split('\n');

const codes = (cell: string): string[] => [...cell.matchAll(/`([\w-]+)`/g)].map(([, word = '']) => word);
const cellsOf = (line: string): string[] => line.slice(2, -2).split(' | ');

/** The rows of the first table below the heading of an operation. */
function rowsBelow(operation: string): string[][] {
  const heading = lines.findIndex((line) => line.startsWith(`#### \`${operation}\` `));
  const start = lines.findIndex((line, i) => i > heading && line.startsWith('| role 角色 |'));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return heading < 0 ? [] : lines.slice(start + 2, end).map(cellsOf);
}

describe('docs/who-may.md', () => {
  it.each(guardedOperations)('%s: its table grants each role what the matrix grants, and nothing else', (operation) => {
    const rows = rowsBelow(operation);
    for (const role of roles) {
      const name = `${roleNames[role].zh} ${roleNames[role].en}`;
      const read = rows
        .filter(([held = '']) => held.split('<br>').includes(name))
        .map(([, where = '', when = '', shown = '']) => ({
          where: codes(where),
          when: codes(when),
          shown: codes(shown),
        }));
      const granted = grantsOf(operation, role).map(({ where, when = [], fields: shown = [] }) => ({
        where: [where],
        when: [...when],
        shown: [...shown],
      }));
      expect(read, role).toEqual(granted);
    }
  });

  it('names each operation once, with its route and in both languages', () => {
    for (const id of guardedOperations) {
      const { summary, method, path } = operations[id];
      expect(lines.filter((line) => line === `#### \`${id}\` ${summary.zh} · ${summary.en}`)).toHaveLength(1);
      expect(lines).toContain(`\`${method} /v1${path}\``);
    }
  });

  it('explains every relation, phase and field in both languages, and says that the rest is refused', () => {
    for (const [word, { zh, en }] of [relations, phases, fields].flatMap((words) => Object.entries(words))) {
      expect(lines).toContain(`| \`${word}\` | ${zh} | ${en} |`);
    }
    expect(text).toContain('凡未写明的，一律拒绝');
    expect(text).toContain('What does not stand here is refused');
  });

  it('says of each role for which purpose it signs in and through which channels it reports', () => {
    for (const role of roles) {
      const row = lines.find((line) => line.includes(`| \`${role}\` |`)) ?? '';
      const [, , , purpose = '', reports = ''] = cellsOf(row);
      const citizen = citizenRoles.some((one) => one === role);
      const post = postRoles.find((one) => one === role);
      expect(codes(purpose), role).toEqual([post ? purposeFor(post) : 'own-affairs']);
      expect(codes(reports), role).toEqual([...channelsOf(citizen ? 'resident' : role)]);
    }
  });
});
