/** Where a message that just went out is to go: for the city's gateway, and nobody else. */
import { addresseeAt, reachAt } from '../../shared/record/contacts.ts';
import type { People } from '../../shared/record/people.ts';
import type { Handler } from '../middleware/api.ts';

/** One number, written down in the chain of the dispute like every look at it. */
export const readContact =
  (people: () => People): Handler<'read-contact'> =>
  async ({ params, guard, now }) => {
    const place = await addresseeAt(people().table, params.handle, now);
    await guard.to({ what: `contact ${params.handle}`, log: place.dispute, relations: new Set() });
    return { body: await reachAt(people(), params.handle, place) };
  };
