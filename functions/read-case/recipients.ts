/** Who received something about whoever asks: of a case, a dispute or help that is their own. */
import type { LogId } from '../../shared/domain/ids.ts';
import { answersTo, namesOf } from '../../shared/domain/merged.ts';
import { joined, type Received, type Recipient, receivedIn, recipientsFor } from '../../shared/domain/recipients.ts';
import type { CaseState, State } from '../../shared/domain/state.ts';
import { isReported } from '../../shared/domain/who-may/standing.ts';
import { actionsAfter, type Log } from '../../shared/record/log.ts';
import { type Matter, ownMattersOf } from '../../shared/record/people.ts';
import type { Handler } from '../middleware/api.ts';
import { matterAt } from '../middleware/named.ts';
import type { Reading } from '../middleware/showing.ts';

export const readRecipients =
  (reading: () => Reading): Handler<'read-recipients'> =>
  async ({ params, guard, caller }) => {
    const { log } = reading();
    const { state, linked } = await matterAt(log, params.id);
    const { role } = await guard.toLog(state, linked);
    const mine = await ownMattersOf(log.table, caller.parties);
    const recipients =
      role === 'person-concerned'
        ? await toConcerned(log, state, linked.filter(isAbout(mine)))
        : await toHelped(log, state, linked, mine);
    return { body: { id: state.id, recipients } };
  };

const isAbout =
  (mine: readonly Matter[]) =>
  (one: CaseState): boolean =>
    mine.some((matter) => isReported(matter) && answersTo(one, matter.case));

async function receivedAt(log: Log, state: State): Promise<Received[]> {
  const of = async (id: LogId) => receivedIn(id, await actionsAfter(log.table, id, 0));
  const [home = [], ...others] = await Promise.all(namesOf(state).map(of));
  return joined(home, others.flat());
}

/** Up to the newest decision that they were told of. */
async function toConcerned(log: Log, state: State, about: readonly CaseState[]): Promise<Recipient[]> {
  const cases = state.subject === 'case' ? [state] : about;
  const decided = await Promise.all(cases.map((one) => decidedAt(log, one)));
  // Where there is no case there was no event to decide on.
  const until = cases.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...decided);
  const of = state.subject === 'case' ? 'case' : 'dispute';
  return recipientsFor(log.city, await receivedAt(log, state), { as: 'concerned', of, decidedAt: until });
}

async function decidedAt({ table }: Log, { id, decision }: CaseState): Promise<number> {
  const [action] = decision ? await actionsAfter(table, id, decision.n - 1) : [];
  return action?.at ?? 0;
}

/** A complainant's own name may also have been shown with a case that their report led to. */
async function toHelped(
  log: Log,
  state: State,
  linked: readonly CaseState[],
  mine: readonly Matter[],
): Promise<Recipient[]> {
  const own = mine.filter(({ part, dispute }) => part === 'complainant' && answersTo(state, dispute));
  const complains = own.length > 0;
  const of = state.subject === 'referral' ? 'referral' : 'dispute';
  const here = recipientsFor(log.city, await receivedAt(log, state), { as: 'helped', of, complains });
  const cases = linked.filter(({ reports }) => own.some(({ report }) => reports.includes(report)));
  const there = await Promise.all(
    cases.map(async (one) =>
      recipientsFor(log.city, await receivedAt(log, one), { as: 'helped', of: 'case', complains }),
    ),
  );
  return [...here, ...there.flat()].sort((one, other) => one.on.localeCompare(other.on));
}
