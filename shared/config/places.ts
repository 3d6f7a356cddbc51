/** Townships and counties: what lists and counts are read by. Pure. */
import type { City } from './city.ts';
import { areaOf } from './posts.ts';

/** So many digits has the code of a township. */
export const township = 9;
const county = 6;

/** The county of an area; of what is the whole city's, the city. */
export const countyOf = (area: string): string => area.slice(0, county);
export const countiesOf = (areas: readonly string[]): string[] => [...new Set(areas.map(countyOf))];

/**
 * Area codes of at most nine digits by which everything of an area is found: those below a city or county and its own; of a
 * village or grid its township, whose other villages the caller leaves out. In order. @throws Unknown
 */
export function placesOf(city: City, area: string): string[] {
  areaOf(city, area);
  if (area.length > township) return [area.slice(0, township)];
  const digits = area === city.code ? area.slice(0, 4) : area;
  return city.areas
    .map(({ code }) => code)
    .filter((code) => code.length <= township && code.startsWith(digits))
    .sort();
}
