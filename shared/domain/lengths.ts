/** How long each wait of a task is, by the city file: what its windows are made of, and in which time they are counted. Pure. */
import type { City } from '../config/city.ts';
import type { Duration } from '../config/duration.ts';
import { isFirstLook } from './danger.ts';
import { statutoryLength } from './statutory.ts';
import type { WaitFor } from './waits.ts';
import type { Level, MeasureKind, TaskKind, Urgency } from './words.ts';

interface Clocked {
  readonly kind: TaskKind;
  readonly level: Level | null;
  readonly urgency?: Urgency | null | undefined;
  readonly measure?: MeasureKind | null | undefined;
}

/** What of the file says it. */
type Clocks = Pick<City, 'sla' | 'levels' | 'urgency' | 'handOff'>;

export function lengthOf(city: Clocks, clocked: Clocked, wait: WaitFor): Duration | undefined {
  const { kind, level, urgency } = clocked;
  const sla = city.sla[kind];
  const own = level ? sla?.levels?.[level] : undefined;
  switch (wait) {
    case 'acknowledge':
      return own?.acknowledge ?? sla?.acknowledge;
    case 'act':
      return statutoryLength(clocked, wait) ?? own?.firstAction ?? sla?.firstAction;
    case 'complete': {
      const looked = isFirstLook(kind) ? city.urgency[urgency ?? 'routine'] : statutoryLength(clocked, wait);
      return looked ?? presetOf(city, kind, level) ?? own?.complete ?? sla?.complete;
    }
  }
}

/** Where the file says it once, beside the windows of the kinds. */
function presetOf(city: Pick<City, 'levels' | 'handOff'>, kind: TaskKind, level: Level | null): Duration | undefined {
  const preset = city.levels[level ?? 'yellow'];
  switch (kind) {
    case 'decide':
      return level ? preset.decide : undefined;
    case 'protect':
      return preset.contact;
    case 'plan':
      return preset.plan;
    case 'talk':
      return city.levels[level === 'red' ? 'red' : 'orange'].talk;
    case 'renew':
    case 'renewal-review':
      return preset.lapse;
    case 'second':
      return city.levels.red.second;
    case 'take-over':
      return city.handOff;
    default:
      return undefined;
  }
}

export const isWorking = (length: Duration | undefined): boolean => length?.unit.startsWith('working') ?? false;
export const isInDays = (length: Duration | undefined): boolean => length?.unit === 'days' || length?.unit === 'months';
