/** Which posts stand beside and above a post: whom it hands over to, talks with, and through whom reports come in. Pure. */
import type { City } from '../../shared/config/city.ts';
import { covers, post as postOf, posts } from '../../shared/config/posts.ts';
import { purposeFor } from '../../shared/domain/who-may/purposes.ts';
import { Unknown } from '../../shared/errors.ts';

/** Another post of the same area whose work it is to handle disputes. */
export function colleague(city: City, from: string, chance: number): string | undefined {
  const { area } = postOf(city, from);
  const others = posts(city).filter((id) => {
    const other = postOf(city, id);
    return id !== from && other.area === area && purposeFor(other.role) === 'handling';
  });
  return others[Math.floor(chance * others.length)];
}

/** A post of another department at the same place or above: with whom one talks. */
export function partnerOf(city: City, from: string): string {
  const { area, department } = postOf(city, from);
  const found = posts(city).filter((id) => {
    const other = postOf(city, id);
    return other.department !== department && covers(city, id, area) && purposeFor(other.role) === 'handling';
  });
  return found.find((id) => postOf(city, id).area === area) ?? found[0] ?? from;
}

/** Through whom reports of an area come in, whatever their channel: the centre of its county; above counties, the city's. */
export function reporterOf(city: City, area: string): string {
  const covering = posts(city).filter((id) => covers(city, id, area));
  const found =
    covering.find((id) => postOf(city, id).role === 'county-centre') ??
    covering.find((id) => postOf(city, id).role === 'supervisor');
  if (found === undefined) throw new Unknown('post', area, 'an area that a post may report of');
  return found;
}

/** Who speaks with the affected person alone. */
export const specialistFor = (city: City, post: string): string | undefined => {
  const { area } = postOf(city, post);
  return posts(city).find((id) => postOf(city, id).role === 'domestic-violence-specialist' && covers(city, id, area));
};

/** A grid below a post: somebody there goes the round. */
export const gridBelow = (city: City, post: string): string | undefined => {
  const { area } = postOf(city, post);
  return city.areas.find(({ code, tier }) => tier === city.tiers[0] && code.startsWith(area))?.code;
};

/** Who looks at what others decided, and holds what must be kept. */
export function reviewerOf(city: City): string {
  const found = posts(city).find((id) => postOf(city, id).role === 'independent-reviewer');
  if (found === undefined) throw new Unknown('post', 'independent-reviewer', 'a post of this role');
  return found;
}

/** Another department of the area that may help. */
export function departmentFor(city: City, post: string, chance: number): string | undefined {
  const { area } = postOf(city, post);
  const found = posts(city).filter(
    (id) => id !== post && postOf(city, id).role === 'department-officer' && covers(city, id, area),
  );
  return found[Math.floor(chance * found.length)];
}
