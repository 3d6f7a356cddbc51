/**
 * Counts of a city by area and value, and which of them may be told: none from 1 to 9, and none from which such a one could be
 * worked out, with any other that is told: of the same table, of another area, of the areas above and below. Pure.
 *
 * Every count stands in two sums: the values of an area make its total, the areas below make the area above. With the sums as
 * nodes and what is not told as edges between them, an untold count can be worked out exactly where no circle leads through its
 * edge (a bridge): along a circle it could be one more and its neighbours one less, and nothing told would differ.
 */
import type { City } from '../../config/city.ts';
import { township } from '../../config/places.ts';
import { smallest } from '../statistics.ts';

export interface Entry {
  readonly area: string;
  readonly value: string;
}

/** How many in all. */
export const all = '*';

export interface Told {
  /** null: not told. */
  count(area: string, value: string): number | null;
}

/** Areas down to townships; what lies directly in an area above them is a place of its own, of which nobody reads. */
export interface Places {
  readonly codes: readonly string[];
  parent(place: string): string | undefined;
  children(place: string): readonly string[];
  /** Where something of an area counts, from the place itself up. */
  line(area: string): readonly string[];
}

const direct = (area: string): string => `${area}.`;
const isDirect = (place: string): boolean => place.endsWith('.');

export function placesIn(city: Pick<City, 'areas'>): Places {
  const areas = city.areas.filter(({ code }) => code.length <= township);
  const parents = new Map(areas.map(({ code, parent }) => [code, parent]));
  const below = Map.groupBy(areas, ({ parent }) => parent);
  const parent = (place: string) => (isDirect(place) ? place.slice(0, -1) : parents.get(place));
  const children = (place: string) => {
    const codes = (below.get(place) ?? []).map(({ code }) => code);
    return codes.length > 0 ? [...codes, direct(place)] : [];
  };
  const codes = areas.map(({ code }) => code);
  const upwards = (place: string): string[] => {
    const above = parent(place);
    return above === undefined ? [place] : [place, ...upwards(above)];
  };
  const line = (area: string) => {
    const code = area.slice(0, township);
    return upwards(children(code).length > 0 ? direct(code) : code);
  };
  return { codes, parent, children, line };
}

/** @param tables of the same things, counted by different values: their totals are the same and told in all or in none */
export function tell(places: Places, tables: readonly (readonly Entry[])[]): Told[] {
  const cubes = tables.map((entries) => new Cube(places, entries));
  for (let untold = -1, now = 0; untold !== now; ) {
    untold = now;
    const totals = new Set(cubes.flatMap((cube) => cube.untoldTotals()));
    for (const cube of cubes) cube.settle(totals);
    now = new Set(cubes.flatMap((cube) => cube.untoldTotals())).size;
  }
  return cubes;
}

interface Cell {
  readonly place: string;
  readonly value: string;
  readonly count: number;
}

interface Sum {
  readonly total: Cell;
  readonly parts: readonly Cell[];
}

class Cube implements Told {
  readonly #places: Places;
  readonly #cells = new Map<string, Cell>();
  readonly #sums: readonly Sum[];
  readonly #untold = new Set<Cell>();

  constructor(places: Places, entries: readonly Entry[]) {
    this.#places = places;
    const values = [...new Set(entries.map(({ value }) => value)), all];
    const every = places.codes.flatMap((code) => (places.children(code).length > 0 ? [code, direct(code)] : [code]));
    const counts = new Map<string, number>();
    for (const { area, value } of entries) {
      for (const place of places.line(area)) {
        for (const key of [`${place} ${value}`, `${place} ${all}`]) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    for (const place of every) {
      for (const value of values) {
        const key = `${place} ${value}`;
        this.#cells.set(key, { place, value, count: counts.get(key) ?? 0 });
      }
    }
    const parts = values.slice(0, -1);
    this.#sums = every.flatMap((place) => {
      const below = places.children(place);
      const ofArea = { total: this.#at(place, all), parts: parts.map((value) => this.#at(place, value)) };
      const ofValues = values.map((value) => ({
        total: this.#at(place, value),
        parts: below.map((one) => this.#at(one, value)),
      }));
      return below.length > 0 ? [ofArea, ...ofValues] : [ofArea];
    });
  }

  #at(place: string, value: string): Cell {
    return this.#cells.get(`${place} ${value}`) ?? { place, value, count: 0 };
  }

  count(area: string, value: string): number | null {
    const cell = this.#at(area, value);
    return this.#isUntold(cell) || this.#untold.has(this.#at(area, all)) ? null : cell.count;
  }

  /** Nobody reads what lies directly in an area; that nothing at all does may be known. */
  #isUntold(cell: Cell): boolean {
    return this.#untold.has(cell) || (isDirect(cell.place) && this.#at(cell.place, all).count > 0);
  }

  untoldTotals(): string[] {
    return [...this.#untold].filter(({ value }) => value === all).map(({ place }) => place);
  }

  /** Where a total is not told, nothing of its area is: not even what is none. */
  #leaveOut(cell: Cell): void {
    this.#untold.add(cell);
    if (cell.value !== all) return;
    for (const one of this.#cells.values()) if (one.place === cell.place) this.#untold.add(one);
  }

  /** @param totals that another table does not tell */
  settle(totals: ReadonlySet<string>): void {
    for (const place of totals) this.#leaveOut(this.#at(place, all));
    for (const cell of this.#cells.values()) if (isSmall(cell)) this.#leaveOut(cell);
    for (let more = this.#missing(); more.length > 0; more = this.#missing())
      for (const cell of more) this.#leaveOut(cell);
  }

  /** What must be left out too; none when nothing small can be worked out any more. */
  #missing(): readonly Cell[] {
    for (const { total, parts } of this.#sums) {
      const untold = parts.filter((cell) => this.#isUntold(cell));
      const left = untold.reduce((sum, { count }) => sum + count, 0);
      // What is left of a total that is told is small, or what is not told is the sum of what is.
      const isOpen = this.#isUntold(total) ? total.count > 0 && untold.length === 0 : left > 0 && left < smallest;
      const next = isOpen ? (this.#least(parts) ?? this.#least([total])) : undefined;
      if (next) return [next];
    }
    const cell = this.#worked();
    return cell ? this.#circle(cell) : [];
  }

  /** The least that is told; a total only where nothing else is. */
  #least(cells: readonly Cell[]): Cell | undefined {
    return cells
      .filter((cell) => cell.count > 0 && !this.#isUntold(cell))
      .sort((a, b) => Number(a.value === all) - Number(b.value === all) || a.count - b.count)[0];
  }

  /** A small count that can be worked out. */
  #worked(): Cell | undefined {
    const untold = [...this.#cells.values()].filter((cell) => this.#isUntold(cell));
    const bridges = bridgesOf(untold.map((cell) => this.#ends(cell)));
    return untold.find((cell, i) => isSmall(cell) && bridges.has(i));
  }

  /** What closes a circle with it, of those in which the least is lost (Dijkstra); there is one: up its value, down the totals. */
  #circle(cell: Cell): readonly Cell[] {
    const [from, to] = this.#ends(cell);
    const edges = [...this.#cells.values()].filter((one) => one !== cell && (one.count > 0 || this.#isUntold(one)));
    const at = new Map<string, Cell[]>();
    for (const one of edges) for (const end of this.#ends(one)) at.set(end, [...(at.get(end) ?? []), one]);
    const open = new Map([[from, { cost: 0, path: [] as readonly Cell[] }]]);
    const done = new Set<string>();
    for (;;) {
      const [next] = [...open].filter(([node]) => !done.has(node)).sort(([, a], [, b]) => a.cost - b.cost);
      if (!next) return [];
      const [node, { cost, path }] = next;
      if (node === to) return path.filter((one) => !this.#isUntold(one));
      done.add(node);
      for (const one of at.get(node) ?? []) {
        const other = this.#ends(one).find((end) => end !== node) ?? node;
        const further = cost + this.#loss(one);
        if (further < (open.get(other)?.cost ?? Number.POSITIVE_INFINITY)) {
          open.set(other, { cost: further, path: [...path, one] });
        }
      }
    }
  }

  /** Of a total its whole area is lost. */
  #loss(cell: Cell): number {
    if (this.#isUntold(cell)) return 0;
    return cell.value === all ? 10 * cell.count : cell.count;
  }

  /** The two sums that a count stands in: that of the areas it is one of, and that of its own parts. */
  #ends({ place, value }: Cell): readonly [string, string] {
    const above = this.#places.parent(place);
    const isLeaf = this.#places.children(place).length === 0;
    return [above === undefined ? 'all' : `${above} ${value}`, isLeaf ? place : `${place} ${value}`];
  }
}

const isSmall = ({ count }: Cell): boolean => count > 0 && count < smallest;

/** Which edges of a graph lie on no circle (Tarjan 1974), by their number. */
export function bridgesOf(edges: readonly (readonly [string, string])[]): ReadonlySet<number> {
  const at = new Map<string, { readonly to: string; readonly edge: number }[]>();
  for (const [edge, [one, other]] of edges.entries()) {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = at.get(from);
      if (known) known.push({ to, edge });
      else at.set(from, [{ to, edge }]);
    }
  }
  const found = new Map<string, number>();
  const bridges = new Set<number>();
  /** The earliest node that can be reached from here and below without the edge that led here. */
  const visit = (node: string, by: number): number => {
    const order = found.size;
    found.set(node, order);
    let earliest = order;
    for (const { to, edge } of at.get(node) ?? []) {
      if (edge === by) continue;
      const known = found.get(to);
      const reached = known ?? visit(to, edge);
      if (known === undefined && reached > order) bridges.add(edge);
      earliest = Math.min(earliest, reached);
    }
    return earliest;
  };
  for (const node of at.keys()) if (!found.has(node)) visit(node, -1);
  return bridges;
}
