/**
 * Once in the life of a simulated city the independent reviewer stops new levels, and the administrator and the reviewer release
 * them again, each for their own department.
 */
import { intoOfficeHours } from '../../shared/calendar/calendar.ts';
import type { components, HejieClient } from '../../shared/client/index.ts';
import { administratorPost } from '../../shared/domain/directory.ts';
import type { Answered } from './beside.ts';
import { reviewerOf } from './neighbours.ts';
import { between, draw } from './random.ts';
import type { Intent, Staff } from './staff.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What turns the switch, in the order in which it happens. */
export function switchTurns({ city, seed }: Staff, from: number): Intent[] {
  const chance = (about: string) => draw(seed, 'switch', about);
  const stopped = Math.floor(intoOfficeHours(city, from + between(5, 25, chance('stop')) * day) / hour) * hour;
  const released = stopped + Math.ceil(between(2, 20, chance('release'))) * hour;
  // Nothing else happens at that second.
  const turn = (key: string, post: string, verb: Intent['verb'], at: number): Intent => ({
    ...{ key, post, verb, at: at + 35_000 },
    taskId: 'switch.1',
  });
  return [
    turn('stop', reviewerOf(city), 'stop-levels', stopped),
    turn('release', administratorPost(city), 'release-levels', released),
    turn('release-too', reviewerOf(city), 'release-levels', released + hour),
  ];
}

type Wish = components['schemas']['SwitchWish'];

const wishes: Readonly<Record<'stop-levels' | 'release-levels', Wish>> = {
  'stop-levels': { levels: 'stop', reason: '发现评估结果异常，核查完成前暂停一切新的定级。' },
  'release-levels': { levels: 'release', reason: '核查已经完成，评估结果无误，恢复正常定级。' },
};

export const turnSwitch = (
  client: HejieClient,
  { key }: Intent,
  verb: keyof typeof wishes,
): Promise<Answered<unknown>> =>
  client.POST('/switch', { params: { header: { 'Idempotency-Key': key } }, body: wishes[verb] });
