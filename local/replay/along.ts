/**
 * What a post does beside its task, between taking it up and answering it: it tries, waits for a party, asks for more time, asks
 * a department, tells the police, calls somebody in, hands the case over. Pure, as all habits are.
 */
import type { City } from '../../shared/config/city.ts';
import { post as postOf } from '../../shared/config/posts.ts';
import type { TaskKind } from '../../shared/domain/words.ts';
import { colleague, departmentFor, gridBelow, reporterOf, reviewerOf, specialistFor } from './neighbours.ts';
import { between, choose } from './random.ts';

/** First what is said of the task, then what is said of the whole that it belongs to. */
export const alongVerbs = [
  'attempt',
  'pause',
  'resume',
  'extend',
  'danger',
  'keep-contact',
  'ask-department',
  'tell-police',
  'plan-round',
  'call-in',
  'order-contact',
  'opt-in',
  'amend-plan',
  'hand-over',
  'withdraw-event',
  'share',
  'contest',
  'ask-right',
  'hold',
  'release-hold',
  'reopen',
  'merge',
  'unmerge',
  'break-glass',
  'tell-agreement',
] as const;
export type AlongVerb = (typeof alongVerbs)[number];

export interface Beside {
  readonly verb: AlongVerb;
  /** Of the time between taking the task up and answering it; above 1: after that. */
  readonly share: number;
  /** So many days after taking it up instead. */
  readonly days?: number;
  readonly to?: string;
  /** Who says it, where that is another post. */
  readonly post?: string;
  readonly again?: string;
}

/** How often of a hundred times a task of this kind brings it. */
const often: Readonly<Partial<Record<TaskKind, Readonly<Partial<Record<AlongVerb, number>>>>>> = {
  settle: {
    ...{ attempt: 55, pause: 8, 'keep-contact': 40, 'ask-department': 20, 'tell-police': 30, 'plan-round': 20 },
    ...{ 'ask-right': 4, merge: 25 },
  },
  verify: { 'call-in': 20, merge: 20, 'break-glass': 25 },
  'protective-contact': { attempt: 30 },
  protect: { danger: 4, attempt: 10 },
  forewarn: { 'opt-in': 35 },
  decide: { reopen: 60 },
  plan: { extend: 12, 'hand-over': 8, share: 15 },
  measure: { attempt: 25, pause: 10, extend: 10, danger: 3, contest: 30, 'ask-right': 4, share: 10 },
  review: { 'amend-plan': 25, danger: 2, 'hand-over': 6, share: 25, contest: 30, 'withdraw-event': 20, 'ask-right': 4 },
  resolve: { pause: 8, extend: 8, hold: 30, reopen: 25 },
  'agreement-check': { 'tell-agreement': 60 },
  'check-in': { danger: 1, hold: 3, 'ask-right': 3, reopen: 25 },
};

export function along(city: City, post: string, kind: TaskKind, chance: (about: string) => number): Beside[] {
  const of: Readonly<Partial<Record<AlongVerb, number>>> = often[kind] ?? {};
  return alongVerbs.flatMap((verb): Beside[] => {
    const share = 0.1 + 0.6 * chance(`${verb} when`);
    if (chance(verb) * 100 >= (of[verb] ?? 0)) return [];
    switch (verb) {
      // The third try that failed hands it to the next tier.
      case 'attempt': {
        const tries = Number(choose({ 1: 50, 2: 25, 3: 25 }, chance('tries')));
        return Array.from({ length: tries }, (_, i) => ({ verb, share: (i + 1) / (tries + 1), again: `-${i}` }));
      }
      case 'pause':
        return chance('resumed') < 0.7
          ? [
              { verb, share: share / 2 },
              { verb: 'resume', share },
            ]
          : [{ verb, share }];
      case 'call-in':
        return [
          { verb, share: 0.02, to: post, post: centreOf(city, post) },
          { verb: 'order-contact', share: 0.3 },
        ];
      case 'opt-in': {
        const specialist = specialistFor(city, post);
        return specialist === undefined ? [] : [{ verb, share, post: specialist }];
      }
      case 'tell-police':
        return mediates(city, post) ? [{ verb, share }] : [];
      case 'plan-round':
        return gridBelow(city, post) === undefined ? [] : [{ verb, share }];
      case 'hold':
        return [
          { verb, share, post: reviewerOf(city) },
          { verb: 'release-hold', share: 3 + share, post: reviewerOf(city) },
        ];
      case 'share': {
        const to = departmentFor(city, post, chance('receiver'));
        return to === undefined ? [] : [{ verb, share, to }];
      }
      case 'break-glass':
        return [{ verb, share, post: centreOf(city, post) }];
      // Only what has closed by then is taken up again: mostly within weeks, sometimes long after.
      case 'reopen':
        return [{ verb, share, days: between(8, 240, chance('days') ** 2), post: centreOf(city, post) }];
      case 'merge':
        return [
          { verb, share, post: centreOf(city, post) },
          { verb: 'unmerge', share: 2 + share, post: centreOf(city, post) },
        ];
      case 'hand-over': {
        const to = colleague(city, post, chance('taker'));
        return to === undefined ? [] : [{ verb, share, to }];
      }
      default:
        return [{ verb, share }];
    }
  });
}

const centreOf = (city: City, post: string): string => reporterOf(city, postOf(city, post).area);

/** Whoever mediates tells the police, and nobody else. */
const mediates = (city: City, post: string): boolean => ['mediator', 'supervisor'].includes(postOf(city, post).role);
