/**
 * Clocks that protect somebody: they run day and night, over holidays too, and never roll later (design §5). A city may make them
 * shorter; in working time it may not have them. Pure.
 */
import type { City } from '../config/city.ts';
import type { Fault } from '../errors.ts';
import { isWorking, lengthOf } from './lengths.ts';
import type { WaitFor } from './waits.ts';
import type { Level, TaskKind } from './words.ts';

type Clocks = Pick<City, 'sla' | 'levels' | 'urgency' | 'handOff'>;

/** Whatever the level; and, where somebody may be hurt soon, what decides on it and reaches them. */
const always = ['protective-contact', 'crisis-help', 'child-protection', 'forewarn', 'safety-plan'] as const;
const whereGrave = ['decide', 'protect', 'talk'] as const;

export interface ProtectiveWork {
  readonly kind: TaskKind;
  readonly level: Level | null;
}

export const protectiveWork: readonly ProtectiveWork[] = [
  ...always.map((kind) => ({ kind, level: null })),
  ...(['orange', 'red'] as const).flatMap((level) => [
    ...whereGrave.map((kind) => ({ kind, level })),
    { kind: 'renew' as const, level },
  ]),
  { kind: 'renew', level: 'yellow' },
  { kind: 'second', level: 'red' },
  { kind: 'review', level: 'red' },
];

const waits = { acknowledge: 'acknowledge', act: 'firstAction', complete: 'complete' } as const satisfies Record<
  WaitFor,
  string
>;
const endAt: Partial<Record<TaskKind, string>> = {
  decide: 'decide',
  protect: 'contact',
  talk: 'talk',
  renew: 'lapse',
  second: 'second',
};

/** Those that the file counts in working time. */
export function protectiveFaults(city: Clocks): Fault[] {
  return protectiveWork.flatMap((work) =>
    (['acknowledge', 'act', 'complete'] as const).flatMap((wait): Fault[] => {
      const { kind, level } = work;
      const length = lengthOf(city, work, wait);
      if (!length || !isWorking(length)) return [];
      const end = wait === 'complete' ? endAt[kind] : undefined;
      const path = end ? `levels.${level}.${end}` : `sla.${kind}.${level ? `levels.${level}.` : ''}${waits[wait]}`;
      const allowed = 'minutes, hours or days: what protects somebody runs over nights and holidays';
      return [{ path, value: `${length.count} ${length.unit}`, allowed }];
    }),
  );
}
