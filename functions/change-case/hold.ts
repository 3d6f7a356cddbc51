/** Legal holds: the independent reviewer keeps a case or dispute from being forgotten, and releases it. */
import { iso } from '../../shared/calendar/calendar.ts';
import type { Content } from '../../shared/domain/actions.ts';
import { held, released } from '../../shared/domain/holding.ts';
import { isDisputeId, noteIdFor } from '../../shared/domain/ids.ts';
import type { State } from '../../shared/domain/state.ts';
import { withLinked } from '../../shared/record/erasure.ts';
import { markOpen } from '../../shared/record/log.ts';
import { commitWithNote } from '../../shared/record/notes.ts';
import { type Call, etagOf, type Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt, checkSeenOf, disputeAt, unknown } from '../middleware/named.ts';
import type { Changing } from './handler.ts';

/** Telling whoever knows of it may open what is closed: the open mark comes first. */
export const holdCase =
  (changing: () => Changing): Handler<'hold-case'> =>
  async (call) => {
    const { city } = changing().log;
    const { proceeding } = call.body;
    const until = Date.parse(call.body.until);
    const made = await committed(changing(), call, 'hold', (state, linked) =>
      held(city, state, linked, { until, proceeding }, call.now),
    );
    const { content } = made.action;
    const body = { id: made.state.id, until: iso(content.kind === 'held' ? content.until : until) };
    return { body: { ...body, n: made.action.n, repeated: made.again }, etag: etagOf(made.state.n) };
  };

export const releaseHold =
  (changing: () => Changing): Handler<'release-hold'> =>
  async (call) => {
    const made = await committed(changing(), call, 'release', (state) => released(state, call.now));
    return {
      body: { id: made.state.id, n: made.action.n, repeated: made.again },
      etag: etagOf(made.state.n),
    };
  };

type Holding = Pick<Call, 'guard' | 'caller' | 'key' | 'now' | 'seen'> & {
  readonly params: { readonly id: string };
  readonly body: { readonly reason: string };
};

type Made = (state: State, linked: readonly State[]) => Content;

/** What is held with it counts too. */
async function committed({ log, keys }: Changing, call: Holding, what: string, make: Made) {
  const { id } = call.params;
  const dispute = isDisputeId(id) ? await disputeAt(log, id) : undefined;
  const state = dispute?.state ?? (await caseAt(log, id));
  await call.guard.toLog(state, dispute?.linked);
  const [, ...linked] = await withLinked(log.table, state);
  const by = staffOf(call.caller);
  const key = `${what} ${by.person} ${call.key}`;
  const command = (current: State | undefined) => {
    if (!current) throw unknown('case', id);
    checkSeenOf(current, call.seen);
    const content = make(current, linked);
    const note = noteIdFor(current.id, key);
    return { draft: { at: call.now, by, key, rev: 0, content, note }, text: call.body.reason };
  };
  const made = await commitWithNote(log, keys, state.id, key, command, async ({ content }) => {
    if (content.kind === 'held') await markOpen(log, state.id);
  });
  if (!made) throw unknown('case', id);
  return made;
}
