/** What happens in many stories: somebody answers a task, a case comes to a red level, an answer holds what was asked for. */
import { type CityOnOneMachine, personOf, posts, type Sent } from './city-on-one-machine.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const reason = '周一当事人持刀威胁邻居，情况属实，两个部门今天必须同时到场。';
export const changes = '今天起保护受影响人，两个部门一起上门。';

/** What the API's client was answered; a story goes on only with that. */
export function shown<T>({ data, error }: { readonly data?: T; readonly error?: unknown }): T {
  if (data === undefined) throw new Error(`refused: ${JSON.stringify(error)}`);
  return data;
}

/** The path of a request with one identifier. */
export const ofId = (id: string) => ({ params: { path: { id } } });

export async function taskOf(city: CityOnOneMachine, id: string, kind: string) {
  const { tasks } = await city.case(id);
  const found = tasks.find(({ no }) => no.replace(/-\d+$/, '') === kind);
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
  await answered(city, sent.case, 'decide', { outcome: 'confirm', reason, changes, events: [event?.id] });
  return sent;
}

/** Two departments talked, and what they said is written down: nothing of it climbs any more. */
export async function talkedOver(city: CityOnOneMachine, id: string): Promise<void> {
  await answered(city, id, 'talk', { outcome: 'met', present: [posts.county, posts.countyPolice] });
  await answered(city, id, 'minutes', { outcome: 'written' });
}

/**
 * The notice to the person concerned, where it starts deferred: the affected person is told first, the safety plan reviewed, and two
 * days are hers.
 */
export async function toldAfterHer(city: CityOnOneMachine, id: string, safetyPlan = 'kept'): Promise<void> {
  await answered(city, id, 'forewarn', { outcome: 'told', safetyPlan });
  await city.pass(2 * day);
  await answered(city, id, 'notify', { outcome: 'told' });
}

/** A command of its own, by a post: what came of it, and the refusal's name. */
export async function commanded(
  city: CityOnOneMachine,
  path: string,
  post: string,
  body: object,
  person = personOf(post),
): Promise<{ status: number; type: unknown; body: Record<string, unknown> }> {
  const headers = { ...(await city.headers(post, person)), 'idempotency-key': city.key() };
  const { status, body: answer } = await city.cloud.request({ method: 'POST', path, headers, body });
  await city.cloud.settled();
  const told = answer as Record<string, unknown>;
  return { status, type: told.type, body: told };
}

/** Planned from now on, by the administrator. */
export async function onDuty(city: CityOnOneMachine, post: string, hours = 24, person = personOf(post)): Promise<void> {
  await city.as(post, { person });
  const from = city.cloud.now();
  const shift = {
    post,
    person,
    channel: 'voice',
    from: new Date(from).toISOString(),
    to: new Date(from + hours * hour).toISOString(),
  };
  const { status, body } = await commanded(city, '/v1/roster', '331000.administrator', shift);
  if (status >= 300) throw new Error(JSON.stringify(body));
}

interface Line {
  readonly taskId: string;
  readonly kind: string;
  readonly urgency: string | null;
}

/** What a post has before it, in the order in which it is shown. */
export async function queueOf(city: CityOnOneMachine, post: string): Promise<Line[]> {
  const { body } = await city.get('/v1/me/tasks?limit=100', post);
  return body.tasks as Line[];
}

/** Two who quarrel, not the same as in any other report of the story. */
export const quarrel = (n: number) => ({
  people: [
    { role: 'complainant', name: `王${n}`, phone: `138000010${String(n).padStart(2, '0')}` },
    { role: 'respondent', name: `刘${n}`, phone: `138000020${String(n).padStart(2, '0')}` },
  ],
});

/** What was told is verified: a level is proposed, nobody has decided. */
export async function toProposal(
  city: CityOnOneMachine,
  more: object = {},
): Promise<{ dispute: string; case: string; event: string }> {
  const sent = await city.report(more);
  await answered(city, sent.case, 'verify', { outcome: 'verified' });
  const { events } = await city.case(sent.case);
  const [event] = events as { id: string }[];
  return { ...sent, event: event?.id ?? '' };
}

/** A report that is verified, decided to be at a lower level than proposed, and the affected person protected: a plan is due. */
export async function toPlan(city: CityOnOneMachine, level: 'yellow' | 'orange', more: object = {}): Promise<Sent> {
  const sent = await city.report(more);
  await answered(city, sent.case, 'verify', { outcome: 'verified' });
  const { events } = await city.case(sent.case);
  const [event] = events as { id: string }[];
  await answered(city, sent.case, 'decide', { outcome: 'lower', level, reason, changes, events: [event?.id] });
  await answered(city, sent.case, 'protect', { outcome: 'protected' });
  return sent;
}

/** What levels ask for is done, and their one measure waits for a party: for a month nothing of it climbs. Takes two days. */
export async function atRest(city: CityOnOneMachine, ...ids: readonly string[]): Promise<void> {
  const has = async (id: string, kind: string) =>
    (await city.case(id)).tasks.some(({ no }) => no.startsWith(`${kind}-`));
  for (const id of ids) {
    if (await has(id, 'protect')) await answered(city, id, 'protect', { outcome: 'protected' });
    if (await has(id, 'talk')) await talkedOver(city, id);
    await answered(city, id, 'forewarn', { outcome: 'told', safetyPlan: 'kept' });
  }
  await city.pass(2 * day);
  for (const id of ids) {
    await answered(city, id, 'notify', { outcome: 'told' });
    await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'joint-visit' }] });
    await measureWaits(city, id);
  }
}

/** Its measure waits for a party, for another month. */
export async function measureWaits(city: CityOnOneMachine, id: string): Promise<void> {
  const { taskId, owner } = await taskOf(city, id, 'measure');
  await city.act(taskId, 'acknowledge', owner, {});
  const note = '当事人外出务工，约定回来后再商谈。';
  const { status, body } = await city.act(taskId, 'pause', owner, { waitingFor: 'party', note });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

/** Every action of a case, as the independent reviewer reads it. */
export async function historyOf(city: CityOnOneMachine, id: string) {
  type Entry = { n: number; at: string; kind: string; task?: string; level?: string | null; post: string | null };
  const found: Entry[] = [];
  for (let query = ''; ; ) {
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100${query}`, '331000.independent-reviewer');
    found.push(...(body.actions as Entry[]));
    if (typeof body.next !== 'string') return found;
    query = `&cursor=${encodeURIComponent(body.next)}`;
  }
}

/** Both parties say that they want the mediation. */
export async function bothConsent(city: CityOnOneMachine, taskId: string, owner: string): Promise<void> {
  for (const party of ['complainant', 'respondent']) {
    const { status, body } = await city.act(taskId, 'consents', owner, { party, wants: true });
    if (status !== 200) throw new Error(JSON.stringify(body));
  }
}

/** Writes a version of a record that is kept by number. */
export async function put(city: CityOnOneMachine, path: string, post: string, etag: string, body: object) {
  const headers = { ...(await city.headers(post)), 'idempotency-key': city.key(), 'if-match': etag };
  const answer = await city.cloud.request({ method: 'PUT', path, headers, body });
  return { status: answer.status, body: answer.body as Record<string, unknown> };
}

/** A case at a lower level than proposed in which all that was planned is done, and no safety plan was wanted. */
export async function toResolution(
  city: CityOnOneMachine,
  level: 'yellow' | 'orange',
  more: object = {},
): Promise<Sent> {
  const sent = await toProposal(city, more);
  const { case: id } = sent;
  await answered(city, id, 'decide', { outcome: 'lower', level, reason, changes, events: [sent.event] });
  await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
  await talkedOver(city, id);
  await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'joint-visit' }] });
  await answered(city, id, 'measure', { outcome: 'done' });
  await answered(city, id, 'resolve', { outcome: 'resolved' });
  return { ...sent, referral: '' };
}

/** Everybody who received something of it says that it is gone. */
export async function allDestroyed(city: CityOnOneMachine, id: string): Promise<void> {
  const { body } = await city.get('/v1/recalls?area=331003&limit=100', posts.reviewer);
  for (const { taskId, owner } of body.recalls as { taskId: string; owner: string }[]) {
    if (!taskId.startsWith(`${id}.`)) continue;
    const done = await city.act(taskId, 'answer', owner, { outcome: 'destroyed' });
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  }
}
