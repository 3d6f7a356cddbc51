/**
 * Assessment models: versioned JSON that turns the verified events of a case into a proposal. A proposal is advice to the
 * people who decide, never a level (design §7).
 */
import * as z from 'zod';
import { FactorBarred } from '../errors.ts';
import { type Fact, type FactType, factCatalogue, factTypes } from './facts.ts';
import { canonical, sha256 } from './ids.ts';
import { type Level, levels } from './words.ts';

/** What an event brings to an assessment: verified, from a channel. */
export interface AssessedEvent {
  readonly id: string;
  readonly at: number;
  /** Nobody has said when it happened: `at` is when it was told. */
  readonly undated?: boolean;
  readonly channel: string;
  readonly facts: readonly Fact[];
}

export type Proposal = Level | 'none';

export interface Contribution {
  readonly fact: FactType;
  readonly points: number;
  readonly events: readonly string[];
}

export interface Assessment {
  readonly model: string;
  readonly inputHash: string;
  readonly proposal: Proposal;
  readonly points: number;
  readonly contributions: readonly Contribution[];
  readonly trend: 'first' | 'rising' | 'steady' | 'falling';
  readonly channels: number;
  readonly advice: 'advice, not a prediction';
}

/** Stems of what must never count, however it is spelled (design §7). */
const barredChinese =
  /性格|人格|民族|宗教|政治|言论|舆情|信访|上访|投诉|户籍|流动人口|病|精神|职业|失业|前科|轨迹|关联|亲属/;
const barredStems =
  /^(personality|ethnic|race|religio|politic|speech|social|petition|complain|household|registration|migrant|diagnos|illness|health|occupation|job|unemploy|criminal|location|trail|associat|relative|gender|age$)/i;
const isBarred = (key: string): boolean =>
  barredChinese.test(key) || key.split(/[^\p{L}]+/u).some((word) => barredStems.test(word));

const factorOf = z.strictObject({
  fact: z.string(),
  points: z.int(),
  cap: z.int().nonnegative(),
  floor: z.enum(levels).optional(),
  halfLifeDays: z.int().positive(),
});

const modelSchema = z.strictObject({
  schema: z.literal(1),
  version: z.string().regex(/^[a-z0-9-]+$/),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  statutory: z.boolean(),
  factors: z.array(factorOf).min(1),
  floors: z.array(z.strictObject({ facts: z.array(z.string()).min(1), atLeast: z.enum(levels) })),
  hearsayShare: z.number().min(0).max(1),
  corroboration: z.strictObject({ channels: z.int().min(2), points: z.int().nonnegative() }),
  bands: z.strictObject({ yellow: z.int(), orange: z.int(), red: z.int() }),
});

interface Factor {
  readonly fact: FactType;
  readonly points: number;
  readonly cap: number;
  readonly floor?: Level | undefined;
  readonly halfLifeDays: number;
}
export type Model = Omit<z.infer<typeof modelSchema>, 'factors' | 'floors'> & {
  readonly factors: readonly Factor[];
  readonly floors: readonly { readonly facts: readonly FactType[]; readonly atLeast: Level }[];
};

const isFact = (key: string): key is FactType => factTypes.some((type) => type === key);

function factor(key: string, points: number): FactType {
  if (isBarred(key)) throw new FactorBarred(`a model must never weigh "${key}"; it is barred by law of the house`);
  if (!isFact(key)) throw new FactorBarred(`a model may not weigh "${key}"; allowed: ${factTypes.join(', ')}`);
  const { element } = factCatalogue[key];
  const fits = element === 'event' || element === 'behaviour' ? points >= 0 : element === 'protective' && points <= 0;
  if (!fits) throw new FactorBarred(`"${key}" belongs to ${element} and may not carry ${points} points`);
  return key;
}

/** @throws FactorBarred for a factor outside the catalogue, a barred one, or needs with points. */
export function parseModel(input: unknown): Model {
  const model = modelSchema.parse(input);
  return {
    ...model,
    factors: model.factors.map((f) => ({ ...f, fact: factor(f.fact, f.points) })),
    floors: model.floors.map((f) => ({ ...f, facts: f.facts.map((key) => factor(key, 0)) })),
  };
}

const day = 86_400_000;
const rank = (proposal: Proposal): number => (proposal === 'none' ? -1 : levels.indexOf(proposal));
const higher = (a: Proposal, b: Proposal): Proposal => (rank(a) >= rank(b) ? a : b);

/**
 * Points decay with the age of the event against the newest event, not against the clock: the same events always give the
 * same proposal, whenever it is asked.
 */
export function assess(model: Model, events: readonly AssessedEvent[]): Assessment {
  const sorted = [...events].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const newest = sorted.at(-1)?.at ?? 0;
  const contributions: Contribution[] = [];
  let proposal: Proposal = 'none';
  const present = new Set<FactType>();
  for (const { fact, points, cap, floor, halfLifeDays } of model.factors) {
    const hits = sorted.flatMap((event) =>
      event.facts
        .filter((f) => f.type === fact && !f.negated)
        .map((f) => ({
          event: event.id,
          hearsay: f.hearsay,
          points: points * (f.hearsay ? model.hearsayShare : 1) * 0.5 ** ((newest - event.at) / day / halfLifeDays),
        })),
    );
    if (hits.length === 0) continue;
    if (hits.some((hit) => !hit.hearsay)) {
      present.add(fact);
      if (floor) proposal = higher(proposal, floor);
    }
    const sum = hits.reduce((total, hit) => total + hit.points, 0);
    const capped = Math.round(points < 0 ? Math.max(sum, -cap) : Math.min(sum, cap));
    contributions.push({ fact, points: capped, events: [...new Set(hits.map((hit) => hit.event))] });
  }
  for (const { facts, atLeast } of model.floors) {
    if (facts.every((fact) => present.has(fact))) proposal = higher(proposal, atLeast);
  }
  const channels = new Set(sorted.map((event) => event.channel)).size;
  const sum = contributions.reduce((total, c) => total + c.points, 0);
  const risk = contributions.some((c) => c.points > 0);
  const points = risk && channels >= model.corroboration.channels ? sum + model.corroboration.points : sum;
  for (const level of levels) {
    if (points >= model.bands[level]) proposal = higher(proposal, level);
  }
  return {
    model: model.version,
    inputHash: inputHash(model, sorted),
    proposal,
    points,
    contributions,
    trend: trendOf(sorted),
    channels,
    advice: 'advice, not a prediction',
  };
}

const inputHash = (model: Model, sorted: readonly AssessedEvent[]): string =>
  sha256(canonical({ model: model.version, events: sorted })).slice(0, 16);

/** From the dates alone, where somebody has said them: is the gap between the last two events shorter or longer than the one before? */
function trendOf(sorted: readonly AssessedEvent[]): Assessment['trend'] {
  const [a, b, c] = sorted
    .filter(({ undated }) => !undated)
    .slice(-3)
    .map((event) => event.at);
  if (a === undefined || b === undefined) return 'first';
  if (c === undefined) return 'steady';
  return c - b < b - a ? 'rising' : c - b > b - a ? 'falling' : 'steady';
}
