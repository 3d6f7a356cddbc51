/** Laws over the table itself, whatever else is written into it. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operationIds, operations } from '../../../shared/api/index.ts';
import type { Operation } from '../../../shared/api/operation.ts';
import { parseCity } from '../../../shared/config/city.ts';
import { system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { disputeIdFor } from '../../../shared/domain/ids.ts';
import { taskCommand } from '../../../shared/domain/task-commands.ts';
import {
  type Field,
  type GuardedOperation,
  grantsOf,
  guardedOperations,
  type Phase,
  type Relation,
} from '../../../shared/domain/who-may/matrix.ts';
import { permitted } from '../../../shared/domain/who-may/permit.ts';
import { askedFirst } from '../../../shared/domain/who-may/standing.ts';
import { type Role, roles } from '../../../shared/domain/words.ts';
import { InputInvalid } from '../../../shared/errors.ts';
import { city, cityFile } from '../../support/city.ts';

interface Line {
  readonly operation: GuardedOperation;
  readonly role: Role;
  readonly where: Relation;
  readonly when?: readonly Phase[];
  readonly fields: readonly Field[];
}

const lines: Line[] = guardedOperations.flatMap((operation) =>
  roles.flatMap((role) =>
    grantsOf(operation, role).map(({ fields = [], ...grant }) => ({ operation, role, fields, ...grant })),
  ),
);
const told = ({ operation, role, where, when }: Line): string =>
  `${role} ${operation} ${where} ${when?.join('|') ?? 'always'}`;
const grantOf = (field: Field, of: (line: Line) => boolean = () => true): Line[] =>
  lines.filter((line) => line.fields.includes(field) && of(line));

const onCase: readonly GuardedOperation[] = ['read-case', 'read-case-history'];
const identity = ['parties', 'affected', 'address', 'words', 'own'] as const satisfies readonly Field[];

describe('the matrix', () => {
  it('never shows the police what is a need or help (S11)', () => {
    for (const field of ['needs', 'help'] as const) {
      expect(grantOf(field, ({ role }) => role === 'community-police').map(told)).toEqual([]);
    }
  });

  it('names nobody in a case before the threshold', () => {
    const before = ({ operation, when, where }: Line) =>
      onCase.includes(operation) && (when?.includes('before') ?? true) && where !== 'deciding';
    for (const field of identity) expect(grantOf(field, before).map(told)).toEqual([]);
  });

  it('but to whoever decides on red, until a level is decided', () => {
    const deciding = lines.filter(({ where }) => where === 'deciding');
    expect(deciding.length).toBeGreaterThan(0);
    for (const { operation, when, fields } of deciding) {
      expect(onCase).toContain(operation);
      expect({ when, fields }).toEqual({ when: ['before'], fields: ['parties', 'address'] });
    }
  });

  it('and names nobody in the agenda of a talk', () => {
    const agenda = lines.filter(({ operation }) => operation === 'read-agenda');
    expect(new Set(agenda.flatMap(({ fields }) => fields))).toEqual(
      new Set(['summary', 'events', 'assessment', 'tasks', 'needs']),
    );
  });

  it('shows the affected person only to those who protect them, to the specialist, and to themself', () => {
    // Nobody stands against whoever asks for help: in a referral whoever offers it sees who that is.
    const inReferral: readonly GuardedOperation[] = ['read-referral', 'read-referral-history'];
    const inDispute = grantOf('affected', ({ operation }) => !inReferral.includes(operation));
    const others = inDispute.filter(
      ({ role, where }) => role !== 'domestic-violence-specialist' && where !== 'protecting',
    );
    expect(others.map(told)).toEqual([]);
    expect([...new Set(inDispute.map(({ operation }) => operation))]).toEqual([
      'read-affected',
      'ask-right',
      'change-contact',
    ]);
    const police = ({ role, operation }: Line) => role === 'community-police' && inReferral.includes(operation);
    expect(grantOf('affected', police).map(told)).toEqual([]);
    expect(grantOf('own', ({ role }) => role !== 'affected-person' && role !== 'person-concerned')).toEqual([]);
  });

  it('lets the message gateway ask for a number and do nothing else, and nobody else ask for one', () => {
    expect(lines.filter(({ role }) => role === 'gateway').map(({ operation }) => operation)).toEqual(['read-contact']);
    expect(lines.filter(({ operation }) => operation === 'read-contact').map(({ role }) => role)).toEqual(['gateway']);
  });

  it('tells the person concerned nothing before they were told', () => {
    const about = lines.filter(({ role, when }) => role === 'person-concerned' && when !== undefined);
    expect(about.length).toBeGreaterThan(0);
    expect(about.filter(({ where }) => where !== 'told').map(told)).toEqual([]);
    expect(about.filter(({ operation, when }) => onCase.includes(operation) && when?.includes('before'))).toEqual([]);
  });

  it('shows auditor and administrator nothing of cases but who looked at them', () => {
    const content: readonly GuardedOperation[] = [
      ...onCase,
      'read-dispute',
      'read-dispute-history',
      'read-affected',
      'read-danger-note',
      'list-cases',
      'list-my-tasks',
      'list-post-tasks',
      'list-overdue-tasks',
    ];
    const seeing = lines.filter(
      ({ role, operation }) => (role === 'auditor' || role === 'administrator') && content.includes(operation),
    );
    expect(seeing.map(told)).toEqual([]);
  });

  it('lets nobody who reviews, audits or administers decide, and no citizen act on a task', () => {
    const tasks: readonly GuardedOperation[] = ['acknowledge-task', 'answer-task', 'hand-off-task', 'accept-task'];
    const acting = new Set(lines.filter(({ operation }) => tasks.includes(operation)).map(({ role }) => role));
    for (const role of ['auditor', 'administrator', 'resident', 'person-concerned', 'affected-person'] as const) {
      expect(acting).not.toContain(role);
    }
    // A reviewer has tasks of their own, and acts on no others.
    const reviewing = lines.filter(
      ({ role, operation }) => role === 'independent-reviewer' && tasks.includes(operation),
    );
    expect(new Set(reviewing.map(({ where }) => where))).toEqual(new Set(['task', 'offered']));
  });

  it('breaks the glass to no needs, no help, no words and no affected person', () => {
    const broken = lines.filter(({ where }) => where === 'break-glass');
    expect(broken.length).toBeGreaterThan(0);
    for (const field of ['needs', 'help', 'words', 'notes', 'affected'] as const) {
      expect(broken.filter(({ fields }) => fields.includes(field)).map(told)).toEqual([]);
    }
  });

  it('refuses what it does not name: no relation, no role, no phase grants by being absent', () => {
    for (const operation of guardedOperations) {
      for (const role of roles) {
        const anywhere = grantsOf(operation, role).filter(({ where, when }) => where === 'anywhere' && !when);
        const fields = permitted({ operation, role, relations: new Set() });
        expect(fields !== undefined, `${role} ${operation}`).toBe(anywhere.length > 0);
      }
    }
  });
});

describe('a task of help', () => {
  const dispute = disputeIdFor('grid/1');
  const police = '999901001.township-police';
  const centre = '999901001.township-centre';
  const at = Date.parse('2026-01-05T10:00:00+08:00');

  const offered = (to: string) => {
    const about = { channel: 'grid', area: '999901001001', disputeType: 'neighbour', owner: centre } as const;
    const draft = { at, by: system, rev: 0 };
    const reported = { kind: 'reported', report: 'grid/1', ...about, wants: [{ kind: 'crisis-help' }] } as const;
    const begun = next(dispute, undefined, { ...draft, key: 'k1', content: reported }).state;
    const task = { kind: 'crisis-help', owner: centre, from: at, due: at + 3_600_000 } as const;
    const { state } = next(dispute, begun, { ...draft, key: 'k2', content: { kind: 'opened', tasks: [task] } });
    const by = { role: 'staff', person: 'Li', post: centre } as const;
    return taskCommand({ city, state, task: 'crisis-help-1', verb: 'hand-off', by, at, key: 'k3', body: { to } });
  };

  it('is handed to anybody but the police, for whom it would tell of the need', () => {
    expect(offered('999901.county-health').draft.content).toMatchObject({ kind: 'handOffOffered' });
    expect(() => offered(police)).toThrow(InputInvalid);
  });

  it('is the police’s in no city file', () => {
    const rule = { kind: 'counselling', tier: 'township', duty: 'township-police' };
    const file = { ...cityFile, responsibility: [rule, ...cityFile.responsibility] };
    expect(() => parseCity(file, 'lakeside.json')).toThrow(/responsibility\.0\.duty.*counselling/s);
  });
});

describe('the contract', () => {
  const all: readonly (readonly [string, Operation])[] = operationIds.map((id) => [id, operations[id]]);
  const guarded = all.filter(([, { kind }]) => kind !== 'public');
  const queries = guarded.flatMap(([id, { query }]) =>
    Object.entries(query?.shape ?? {}).map((one) => [id, ...one] as const),
  );

  it('has every guarded operation of the matrix, and the matrix every one of the contract', () => {
    expect(guarded.map(([id]) => id).sort()).toEqual([...guardedOperations].sort());
    expect(guardedOperations).toHaveLength(83);
  });

  it('sorts and finds nobody by a score (S4)', () => {
    expect(queries.length).toBeGreaterThan(10);
    for (const [id, name] of queries) expect(name, id).not.toMatch(/score|point|rank|sort|order|risk|proposal/i);
  });

  it('finds no person by name, number or phone', () => {
    for (const [id, name] of queries) expect(name, id).not.toMatch(/name|phone|idNumber|person|text|search|^q$/i);
  });

  it('gives at most a hundred of anything at a time: there is no bulk export', () => {
    const limits = queries.filter(([, name]) => name === 'limit');
    expect(limits.length).toBeGreaterThan(5);
    for (const [id, , schema] of limits) {
      expect(z.safeParse(schema, '100').success, id).toBe(true);
      expect(z.safeParse(schema, '101').success, id).toBe(false);
    }
    for (const [id, { query, reply }] of guarded) {
      const paged = JSON.stringify(z.toJSONSchema(reply, { io: 'output', unrepresentable: 'any' })).includes('"next"');
      if (paged) expect(Object.keys(query?.shape ?? {}), id).toEqual(expect.arrayContaining(['cursor', 'limit']));
    }
  });
});

describe('who asked for help first', () => {
  const helped = (report: string) => ({ part: 'complainant' as const, report });
  const reported = (report: string) => ({ part: 'respondent' as const, report });

  it('is told by the order in which the dispute took in its reports', () => {
    expect(askedFirst(['a', 'b'], [reported('b'), helped('a')])).toBe(true);
    expect(askedFirst(['a', 'b'], [helped('b'), reported('a')])).toBe(false);
    expect(askedFirst(['a'], [helped('a'), reported('a')])).toBe(false);
  });

  it('is nobody whose report is still on its way: a complaint that has not arrived opens nothing', () => {
    expect(askedFirst(['a'], [helped('not yet there'), reported('a')])).toBe(false);
    expect(askedFirst([], [helped('not yet there')])).toBe(false);
  });
});
