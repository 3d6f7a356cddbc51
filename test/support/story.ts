/** What happens in many stories: somebody answers a task, a case comes to a red level, an answer holds what was asked for. */
import type { CityOnOneMachine } from './city-on-one-machine.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const reason = '周一当事人持刀威胁邻居，情况属实，两个部门今天必须同时到场。';

/** What the API's client was answered; a story goes on only with that. */
export function shown<T>({ data, error }: { readonly data?: T; readonly error?: unknown }): T {
  if (data === undefined) throw new Error(`refused: ${JSON.stringify(error)}`);
  return data;
}

/** The path of a request with one identifier. */
export const ofId = (id: string) => ({ params: { path: { id } } });

export async function taskOf(city: CityOnOneMachine, id: string, kind: string) {
  const { tasks } = await city.case(id);
  const found = tasks.find(({ no }) => no.startsWith(`${kind}-`));
  if (!found) throw new Error(`no ${kind} among ${tasks.map(({ no }) => no).join(', ')}`);
  return found;
}

/** The post that is accountable answers. */
export async function answered(city: CityOnOneMachine, id: string, kind: string, body: object): Promise<void> {
  const { taskId, owner } = await taskOf(city, id, kind);
  const done = await city.act(taskId, 'answer', owner, body);
  if (done.status !== 200) throw new Error(`${kind}: ${JSON.stringify(done.body)}`);
}

/** A report that is verified, and decided by one person: red, until a second person agrees. */
export async function toRed(city: CityOnOneMachine, more: object = {}): Promise<{ dispute: string; case: string }> {
  const sent = await city.report(more);
  await answered(city, sent.case, 'verify', { outcome: 'verified' });
  const { events } = await city.case(sent.case);
  const [event] = events as { id: string }[];
  await answered(city, sent.case, 'decide', { outcome: 'confirm', reason, events: [event?.id] });
  return sent;
}
