/** An ordinary quarrel that came in through 110 is offered to the village, which may decline it (110 → village). Pure. */
import type { City } from '../config/city.ts';
import { responsible } from '../config/posts.ts';
import type { Want } from './actions.ts';
import type { Report } from './report.ts';

type Where = Pick<Report, 'channel' | 'area' | 'disputeType'>;

/** Until the village has accepted the police post stays accountable: for the dispute, and for settling it. */
export function passedOn(city: City, { channel, area, disputeType }: Where, wants: readonly Want[]): readonly Want[] {
  if (channel !== 'police') return wants;
  const owner = responsible(city, { kind: 'verify', disputeType, area, tier: 'township' });
  const offerTo = responsible(city, { kind: 'settle', disputeType, area, tier: 'village' });
  return owner === offerTo ? wants : wants.map((want) => (want.kind === 'settle' ? { ...want, owner, offerTo } : want));
}
