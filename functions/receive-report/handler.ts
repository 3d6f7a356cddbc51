import { channelsOf } from '../../shared/domain/who-may/channels.ts';
import { InputInvalid } from '../../shared/errors.ts';
import { type Desk, receive } from '../../shared/record/intake.ts';
import type { Handler } from '../middleware/api.ts';

/** Idempotent by channel and source id: the same report again changes nothing. Residents get a receipt only. */
export const receiveReport =
  (desk: () => Desk): Handler<'send-report'> =>
  async ({ body, caller, guard, now }) => {
    const { role } = await guard.to({ what: 'report', relations: new Set() });
    const channels = channelsOf(role);
    if (!channels.includes(body.channel)) {
      throw new InputInvalid([{ path: 'channel', value: body.channel, allowed: channels.join(', ') }]);
    }
    if (body.verified && caller.as === 'citizen') {
      throw new InputInvalid([{ path: 'verified', value: '(given)', allowed: 'only what a post has verified' }]);
    }
    const { report, dispute, case: caseId, repeated } = await receive(desk(), body, now);
    return { body: caller.as === 'citizen' ? { report, repeated } : { report, dispute, case: caseId, repeated } };
  };
