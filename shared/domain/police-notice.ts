/**
 * A dispute may turn violent: whoever mediates takes preventive steps and tells the police (人民调解法 25). The police are told
 * the ground and the danger and nothing else, and nothing comes back: the dispute goes on. Pure.
 */
import * as z from 'zod';
import { ActionRefused } from '../errors.ts';
import type { Content } from './actions.ts';
import type { FactType } from './facts.ts';
import { dangerTypes } from './help.ts';
import { leastWords } from './plain-words.ts';
import { openTasks, type State } from './state.ts';
import type { TaskKind } from './words.ts';

export const noticeGrounds = ['may-turn-violent'] as const;
export type NoticeGround = (typeof noticeGrounds)[number];

export const policeNoticeBody = z.strictObject({
  ground: z.enum(noticeGrounds),
  facts: z.array(z.enum(dangerTypes)).min(1).max(dangerTypes.length).describe('The danger, and nothing else'),
  steps: leastWords(5, 200).describe('Preventive steps that were taken; not told to the police'),
});

/** What the police are told, as one word of a task. */
const aboutOf = (ground: NoticeGround, facts: readonly FactType[]): string =>
  [ground, ...[...new Set(facts)].sort()].join(' ');

export interface ToldToPolice {
  readonly ground: NoticeGround;
  readonly facts: readonly FactType[];
}

export function toldIn(about: string | null): ToldToPolice | undefined {
  const [first, ...rest] = about?.split(' ') ?? [];
  const ground = noticeGrounds.find((one) => one === first);
  return ground && { ground, facts: dangerTypes.filter((type) => rest.includes(type)) };
}

/** @throws ActionRefused where the police are being told just that */
export function policeTold(state: State, { ground, facts }: Omit<z.infer<typeof policeNoticeBody>, 'steps'>): Content {
  const about = aboutOf(ground, facts);
  if ([...openTasks(state), ...state.wants].some((one) => isPoliceNotice(one.kind) && one.about === about)) {
    throw new ActionRefused('telling the police', `the police are being told this of ${state.id}`, ['other facts']);
  }
  return { kind: 'asked', want: { kind: 'police-notice', about } };
}

export const isPoliceNotice = (kind: TaskKind): boolean => kind === 'police-notice';

/** Of a task by its number. */
export const isPoliceNoticeNo = (no: string): boolean => /^police-notice-\d+/.test(no);
