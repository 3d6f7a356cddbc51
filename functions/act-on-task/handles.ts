/** “I have it”: whoever was called says so by the handle of the call, after signing in, for the post that is accountable. */
import { type Handle, handleOf, useHandle } from '../../shared/record/handles.ts';
import type { Log } from '../../shared/record/log.ts';
import type { Call, Handler, Reply } from '../middleware/api.ts';

type Acknowledge = (call: Call & { readonly params: Pick<Handle, 'taskId'>; readonly body: unknown }) => Promise<Reply>;

export const acknowledgeByHandle =
  (log: () => Log, acknowledge: Acknowledge): Handler<'acknowledge-handle'> =>
  async (call) => {
    const { table } = log();
    const { handle } = call.params;
    const use = `${call.caller.person} ${call.key}`;
    const { taskId } = await handleOf(table, handle, use, call.now);
    const reply = await acknowledge({ ...call, params: { taskId } });
    await useHandle(table, handle, use);
    return reply;
  };
