/** The registry of mediators and organisations: whom the parties may choose, for what, where and in which languages. Pure. */
import * as z from 'zod';
import type { City } from '../config/city.ts';
import { areaExists, isWithin } from '../config/posts.ts';
import { type Fault, InputInvalid } from '../errors.ts';
import { leastWords } from './plain-words.ts';
import { type MeasureKind, measureKinds, type Named } from './words.ts';

/** `<area code>.<name>`: the county in which they work, or the city. */
const idForm = /^(\d{6})\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const mediatorId = z.string().max(60).regex(idForm, '<code of a county or of the city>.<small letters, digits>');

/** The area whose registry holds them. */
export const homeOf = (id: string): string => id.slice(0, 6);

/** As languages are named in BCP 47: zh, wuu, uk. */
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language such as zh, wuu, en');

export const mediatorChange = z.strictObject({
  name: z.strictObject({ zh: leastWords(1, 60), en: leastWords(1, 60) }),
  kind: z.enum(['person', 'organisation']),
  areas: z.array(z.string().max(15)).min(1).max(50).describe('Codes of the areas that they serve, with all below'),
  measures: z.array(z.enum(measureKinds)).min(1).describe('For which measures they may be chosen'),
  languages: z.array(language).min(1).max(20),
  capacity: z.int().min(0).max(500).describe('So many open measures at once'),
  active: z.boolean().default(true).describe('false: chosen for nothing new'),
});

export interface Mediator {
  readonly id: string;
  /** Number of this version. */
  readonly n: number;
  readonly name: Named;
  readonly kind: 'person' | 'organisation';
  readonly areas: readonly string[];
  readonly measures: readonly MeasureKind[];
  readonly languages: readonly string[];
  readonly capacity: number;
  readonly active: boolean;
  readonly made: {
    readonly at: number;
    readonly by: { readonly person: string; readonly post: string };
    readonly key: string;
  };
}

/** The next version. @throws InputInvalid */
export function mediatorChanged(
  city: City,
  id: string,
  current: Mediator | undefined,
  change: z.output<typeof mediatorChange>,
  made: Mediator['made'],
): Mediator {
  const home = homeOf(id);
  const faults: Fault[] = [];
  if (!areaExists(city, home)) {
    faults.push({
      path: 'mediatorId',
      value: id,
      allowed: `<code of a county of ${city.name.en}, or ${city.code}>.<name>`,
    });
  } else {
    change.areas.forEach((area, i) => {
      if (areaExists(city, area) && isWithin(city, area, home)) return;
      faults.push({ path: `areas.${i}`, value: area, allowed: `the code of ${home} or of an area below it` });
    });
  }
  if (faults.length > 0) throw new InputInvalid(faults);
  const distinct = <T>(all: readonly T[]): T[] => [...new Set(all)];
  return {
    ...change,
    id,
    n: (current?.n ?? 0) + 1,
    areas: distinct(change.areas).sort(),
    measures: measureKinds.filter((kind) => change.measures.includes(kind)),
    languages: distinct(change.languages).sort(),
    made,
  };
}

export interface Wanted {
  readonly area?: string | undefined;
  readonly measure?: MeasureKind | undefined;
  readonly language?: string | undefined;
}

/** Somebody whom the parties could choose for such a measure there. */
export const serves = (city: City, one: Mediator, { area, measure, language }: Wanted): boolean =>
  one.active &&
  (area === undefined || one.areas.some((served) => isWithin(city, area, served))) &&
  (measure === undefined || one.measures.includes(measure)) &&
  (language === undefined || one.languages.includes(language));
