import { mayHelp } from '../../shared/domain/help.ts';
import { shortHash } from '../../shared/domain/ids.ts';
import type { Report } from '../../shared/domain/report.ts';
import { channelsOf } from '../../shared/domain/who-may/channels.ts';
import type { Caller } from '../../shared/domain/who-may/standing.ts';
import { ConflictOfInterest, InputInvalid } from '../../shared/errors.ts';
import { type Desk, receive } from '../../shared/record/intake.ts';
import { partyHashes } from '../../shared/record/people.ts';
import type { Handler } from '../middleware/api.ts';
import { checkLetIn } from './sunset.ts';

async function isParty({ keys }: Desk, { parties }: Caller, { people }: Report): Promise<boolean> {
  if (parties.length === 0) return false;
  const named = await Promise.all(people.map((person) => partyHashes(keys, person)));
  return named.flat().some((hash) => parties.includes(hash));
}

/** Residents choose their source ids without knowing of each other: the same one of another person is another report. */
const ownOf = (caller: Caller, body: Report): Report =>
  caller.as === 'citizen' ? { ...body, sourceId: shortHash(`report ${caller.person} ${body.sourceId}`) } : body;

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
    if (body.settlement && (caller.as === 'citizen' || body.disputeType === 'none')) {
      throw new InputInvalid([
        { path: 'settlement', value: '(not repeated)', allowed: 'a dispute that a post has settled' },
      ]);
    }
    const chosen = body.people.findIndex((person) => person.contact && person.role !== 'complainant');
    if (chosen >= 0 && caller.as === 'citizen') {
      // A channel is safe only if the person named it: residents say their own.
      throw new InputInvalid([
        { path: `people.${chosen}.contact`, value: '(not repeated)', allowed: 'only one’s own' },
      ]);
    }
    if (body.verified && (await isParty(desk(), caller, body))) {
      throw new ConflictOfInterest('a party does not verify a report: somebody else of the post must');
    }
    const sender = caller.as === 'post' ? caller.person : undefined;
    const report = ownOf(caller, body);
    await checkLetIn(desk(), caller, report, now);
    const received = await receive(desk(), report, now, sender);
    const { report: id, dispute, case: caseId, referral, repeated } = received;
    // What became of somebody else's report is theirs to be told.
    const isTold = caller.as === 'post' && (!repeated || received.sender === sender);
    // Whether help was offered then is not for the police, also where they told of the need.
    const helps = caller.as === 'post' && mayHelp(caller.role);
    const told = { report: id, dispute, case: caseId, ...(referral && helps ? { referral } : {}), repeated };
    return { body: isTold ? told : { report: id, repeated } };
  };
