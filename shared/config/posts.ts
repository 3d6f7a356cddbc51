/** Areas, posts and who is responsible, read from the city file. Pure. A post is a duty in an area: `<area code>.<duty>`. */
import type { DisputeType, MeasureKind, PostRole, TaskKind } from '../domain/words.ts';
import { Unknown } from '../errors.ts';
import type { City } from './city.ts';

export type Area = City['areas'][number];
export type Duty = City['duties'][number];
type Rule = City['responsibility'][number];

export interface Post {
  readonly id: string;
  readonly area: string;
  readonly duty: string;
  readonly department: string;
  readonly tier: string;
  readonly lead: boolean;
  readonly role: PostRole;
}

interface Index {
  readonly areas: ReadonlyMap<string, Area>;
  readonly duties: ReadonlyMap<string, Duty>;
  readonly leads: ReadonlyMap<string, Duty>;
}

const indexes = new WeakMap<City, Index>();

function indexOf(city: City): Index {
  const known = indexes.get(city);
  if (known) return known;
  const index = {
    areas: new Map(city.areas.map((area) => [area.code, area])),
    duties: new Map(city.duties.map((duty) => [duty.id, duty])),
    leads: new Map(city.duties.filter((duty) => duty.lead).map((duty) => [duty.tier, duty])),
  };
  indexes.set(city, index);
  return index;
}

export const areaExists = (city: City, code: string): boolean => indexOf(city).areas.has(code);

/** @throws Unknown */
export function areaOf(city: City, code: string): Area {
  const area = indexOf(city).areas.get(code);
  if (!area) throw new Unknown('area', code, `an area code of ${city.name.en} (${city.code}) is allowed`);
  return area;
}

/** The areas above, nearest first, up to the city. @throws Unknown */
export function ancestors(city: City, code: string): Area[] {
  const { parent } = areaOf(city, code);
  return parent === undefined ? [] : [areaOf(city, parent), ...ancestors(city, parent)];
}

const lineage = (city: City, code: string): Area[] => [areaOf(city, code), ...ancestors(city, code)];

function find(city: City, id: string): Post | undefined {
  const [code = '', dutyId = '', ...rest] = id.split('.');
  const area = indexOf(city).areas.get(code);
  const duty = indexOf(city).duties.get(dutyId);
  if (!area || !duty || duty.tier !== area.tier || rest.length > 0) return undefined;
  const { department, tier, role } = duty;
  return { id, area: code, duty: dutyId, department, tier, role, lead: duty.lead === true };
}

export const postExists = (city: City, id: string): boolean => find(city, id) !== undefined;

/** @throws Unknown */
export function post(city: City, id: string): Post {
  const found = find(city, id);
  if (!found) throw new Unknown('post', id, '<area code>.<duty> with an area of the duty’s tier is allowed');
  return found;
}

const postId = (area: Area, duty: Duty): string => `${area.code}.${duty.id}`;

/** Every post of the city. */
export const posts = (city: City): string[] =>
  city.areas.flatMap((area) => city.duties.filter((duty) => duty.tier === area.tier).map((duty) => postId(area, duty)));

/** The lead post of the next tier above a post; undefined at the top. @throws Unknown */
export function leadAbove(city: City, id: string): string | undefined {
  const [above] = ancestors(city, post(city, id).area);
  return above && leadOf(city, above);
}

/** The lead post of the same area; undefined for that post itself. @throws Unknown */
export function leadBeside(city: City, id: string): string | undefined {
  const lead = leadOf(city, areaOf(city, post(city, id).area));
  return lead === id ? undefined : lead;
}

function leadOf(city: City, area: Area): string | undefined {
  const lead = indexOf(city).leads.get(area.tier);
  return lead && postId(area, lead);
}

/** The first rule of the responsibility list for a kind of work at exactly this tier. */
export const matchingRule = (
  rules: readonly Rule[],
  kind: TaskKind | MeasureKind,
  disputeType: DisputeType,
  tier: string,
): Rule | undefined =>
  rules.find((rule) => rule.kind === kind && rule.tier === tier && (rule.disputeTypes?.includes(disputeType) ?? true));

/** The post with a duty that is of an area or of one above it; undefined where there is none. @throws Unknown */
export function postAt(city: City, dutyId: string, area: string): string | undefined {
  const duty = indexOf(city).duties.get(dutyId);
  const where = duty && lineage(city, area).find(({ tier }) => tier === duty.tier);
  return duty && where && postId(where, duty);
}

/** The post of a role nearest to a place: of the area itself or of one above it. @throws Unknown for an unknown area */
export function nearestOf(city: City, role: PostRole, area: string): string | undefined {
  for (const one of lineage(city, area)) {
    const duty = city.duties.find((d) => d.tier === one.tier && d.role === role);
    if (duty) return postId(one, duty);
  }
  return undefined;
}

export interface Work {
  readonly kind: TaskKind | MeasureKind;
  readonly disputeType: DisputeType;
  readonly area: string;
  /** The tier at which it is asked for; where the area has none of that tier or the list no rule, the next one up. */
  readonly tier: string;
}

/** The post that the responsibility list names; undefined where no row of it fits. @throws Unknown for an unknown area */
export function listed(city: City, { kind, disputeType, area, tier }: Work): string | undefined {
  const line = lineage(city, area);
  for (const { tier: at } of reachedFrom(city, line, tier)) {
    const duty = indexOf(city).duties.get(matchingRule(city.responsibility, kind, disputeType, at)?.duty ?? '');
    const where = duty && line.find((a) => a.tier === duty.tier);
    if (duty && where) return postId(where, duty);
  }
  return undefined;
}

const reachedFrom = (city: City, line: readonly Area[], tier: string): Area[] => {
  const from = Math.max(0, city.tiers.indexOf(tier));
  return line.filter((a) => city.tiers.indexOf(a.tier) >= from);
};

/** The post accountable for a piece of work: always exactly one. @throws Unknown for an unknown area */
export function responsible(city: City, work: Work): string {
  const named = listed(city, work);
  if (named !== undefined) return named;
  // No rule at that tier or above: the lead of the nearest tier answers for it.
  const lead = reachedFrom(city, lineage(city, work.area), work.tier)
    .map((a) => leadOf(city, a))
    .find((id) => id !== undefined);
  if (lead === undefined) throw new Unknown('tier', work.tier, `one of ${city.tiers.join(', ')} is allowed`);
  return lead;
}

/** True when the area is the other one or lies below it. @throws Unknown */
export const isWithin = (city: City, area: string, other: string): boolean =>
  lineage(city, area).some(({ code }) => code === other);

/** True when a post's area is this area or lies above it. @throws Unknown */
export const covers = (city: City, id: string, area: string): boolean => isWithin(city, area, post(city, id).area);

/** What people read of a department. @throws Unknown */
export function nameOfDepartment(city: City, id: string): City['name'] {
  const found = city.departments.find((department) => department.id === id);
  if (!found) throw new Unknown('department', id, 'the id of a department in the city file is allowed');
  return found.name;
}

/** What people read: the duty and where. @throws Unknown */
export function nameOfPost(city: City, id: string): City['name'] {
  const { area, duty } = post(city, id);
  const where = areaOf(city, area).name;
  const what = indexOf(city).duties.get(duty)?.name ?? { zh: duty, en: duty };
  return { zh: `${where.zh}${what.zh}`, en: `${what.en}, ${where.en}` };
}
