/**
 * A city on paper: the pure domain behind the few methods that a replay asks of a cloud. No table, no engine, no functions; so
 * that what belongs to the replay alone can be tried in a second.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Wish } from '../../../local/cloud/index.ts';
import type { ApiRequest, ApiResponse, OutboxMessage, ReplayCloud } from '../../../local/replay/cloud.ts';
import { stepsOf } from '../../../local/replay/record.ts';
import { viewOfPost } from '../../../shared/api/post-views.ts';
import { localDate } from '../../../shared/calendar/calendar.ts';
import { type City, parseCity } from '../../../shared/config/city.ts';
import { countyOf } from '../../../shared/config/places.ts';
import { post as postOf, responsible } from '../../../shared/config/posts.ts';
import { type Action, type By, type Content, type Draft, system } from '../../../shared/domain/actions.ts';
import { type Link, link } from '../../../shared/domain/audit.ts';
import { next } from '../../../shared/domain/commit.ts';
import { changed, type PostRecord, through } from '../../../shared/domain/directory.ts';
import {
  type CaseId,
  caseIdFor,
  type DisputeId,
  disputeIdFor,
  isLogId,
  type LogId,
  referralIdFor,
  shortHash,
  splitTaskId,
} from '../../../shared/domain/ids.ts';
import { nextTimer } from '../../../shared/domain/ladder.ts';
import { assessmentDraft, closingDraft, openingDraft, slaDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { message } from '../../../shared/domain/notices.ts';
import { parseReport, reportIdOf } from '../../../shared/domain/report.ts';
import { countedOf } from '../../../shared/domain/report-month/counted.ts';
import { askingOf, identityOf, pairOf, routeOf } from '../../../shared/domain/routing.ts';
import { isClosed, openTasks, type State } from '../../../shared/domain/state.ts';
import { isVerb, taskCommand } from '../../../shared/domain/task-commands.ts';
import { viewOf } from '../../../shared/domain/views.ts';
import { permitted } from '../../../shared/domain/who-may/permit.ts';
import { phaseOf, standingOf } from '../../../shared/domain/who-may/standing.ts';
import { HejieError, NotPermitted, PreconditionFailed, Unknown } from '../../../shared/errors.ts';
import { executionName } from '../../../shared/record/executions.ts';
import {
  actionKey,
  chainPartition,
  headKey,
  linkKey,
  monthPartition,
  noticeKey,
  partitionOf,
  postPartition,
  taskKey,
  versionKey,
} from '../../../shared/record/table.ts';

const house = join(import.meta.dirname, '..', '..', '..');
const cityPath = join(house, 'infra', 'cities', 'taizhou.json');
export const taizhou: City = parseCity(JSON.parse(readFileSync(cityPath, 'utf8')), cityPath);
export const examples = readFileSync(join(house, 'examples', 'reports.jsonl'), 'utf8');

type Staff = Extract<By, { role: 'staff' }>;

const wishSchema = z.object({ person: z.string() });
const changeSchema = z.object({
  holders: z.array(z.object({ person: z.string(), from: z.string() })),
  reason: z.string(),
});

export const refusal = (status: number, type: string, detail = '', more: object = {}): ApiResponse => ({
  status,
  headers: {},
  body: { type: `urn:hejie:problem:${type}`, title: type, status, detail, ...more },
});

const topic = 'arn:aws-cn:sns:cn-north-1:000000000000:notices';

export class PaperCity implements ReplayCloud {
  readonly outputs = { NoticesTopicArn: topic };
  readonly city: City;
  readonly logs = new Map<LogId, { state: State; actions: Action[] }>();
  readonly reports = new Map<string, { dispute: DisputeId | null; case: CaseId | null }>();
  readonly sent: OutboxMessage[] = [];
  readonly chains = new Map<string, Link[]>();
  readonly posts = new Map<string, PostRecord[]>();
  readonly pointers = new Map<string, LogId>();
  /** Called after each command and before its answer: a test may end the process here. */
  afterCommand: () => void = () => undefined;
  /** In which order what falls due at once is done. */
  shuffle: <T>(things: T[]) => T[] = (things) => things;
  #now: number;

  constructor(city: City, startAt: number) {
    this.city = city;
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  nextTimer(): number | undefined {
    let soonest: number | undefined;
    for (const { state } of this.logs.values()) {
      for (const task of openTasks(state)) {
        const at = Math.ceil(nextTimer(this.city, task).at / 1000) * 1000;
        soonest = Math.min(soonest ?? at, at);
      }
    }
    return soonest;
  }

  async jumpTo(at: number): Promise<void> {
    this.#now = Math.max(this.#now, at);
    for (const id of this.shuffle([...this.logs.keys()])) this.#timers(id);
  }

  #timers(id: LogId): void {
    for (;;) {
      const state = this.logs.get(id)?.state;
      const due = this.shuffle(state ? openTasks(state) : []).find(
        (task) => nextTimer(this.city, task).at <= this.#now,
      );
      if (!state || !due) return;
      const draft = slaDraft(this.city, state, state.rev, due.no, due.step, this.#now, []);
      if (!draft) throw new Error(`the timer of ${id}.${due.no} demands nothing`);
      this.#commit(id, draft, false);
    }
  }

  async settled(): Promise<void> {}

  #commit(id: LogId, draft: Draft, byLifecycle: boolean): Action {
    const log = this.logs.get(id);
    const { action, state } = next(id, log?.state, draft);
    if (log) {
      log.actions.push(action);
      log.state = state;
    } else {
      this.logs.set(id, { state, actions: [action] });
    }
    this.#send(id);
    if (!byLifecycle) this.#lifecycle(id);
    return action;
  }

  #lifecycle(id: LogId): void {
    for (;;) {
      const state = this.logs.get(id)?.state;
      if (!state || isClosed(state)) return;
      const { rev } = state;
      const draft =
        assessmentDraft(state, rev, this.#now) ??
        openingDraft(this.city, state, rev, this.#now) ??
        closingDraft(state, rev, this.#now);
      if (!draft) return;
      this.#commit(id, draft, true);
    }
  }

  #send(id: LogId): void {
    const state = this.logs.get(id)?.state;
    for (const task of this.shuffle(state ? openTasks(state) : [])) {
      for (const notice of task.notices) {
        if (!state) continue;
        const told = message(state, task, notice);
        if (this.sent.some((known) => known.id === told.id)) continue;
        const { id: noticeId, kind, post } = told;
        this.sent.push({
          seq: this.sent.length + 1,
          id: noticeId,
          topicArn: topic,
          at: this.#now,
          message: JSON.stringify(told),
          attributes: { kind, post },
        });
      }
    }
  }

  outbox(after: number): readonly OutboxMessage[] {
    return this.sent.slice(after);
  }

  /** On paper a token is what it says. */
  async issue(wish: Wish): Promise<string> {
    return JSON.stringify(wish);
  }

  async request({ method, path, headers = {}, body }: ApiRequest): Promise<ApiResponse> {
    try {
      const answer = this.#answer(method, path, headers, typeof body === 'string' ? JSON.parse(body) : body);
      this.afterCommand();
      return { headers: {}, ...answer };
    } catch (error) {
      if (!(error instanceof HejieError)) throw error;
      return refusal(error.status, error.type, error.message, 'allowed' in error ? { allowed: error.allowed } : {});
    }
  }

  #answer(method: string, path: string, headers: Readonly<Record<string, string>>, body: unknown) {
    const [, , what = '', id = '', verb = ''] = decodeURIComponent(path).split('/');
    const { person } = wishSchema.parse(JSON.parse((headers.authorization ?? '').replace('Bearer ', '')));
    const by = { role: 'staff', person, post: headers['hejie-post'] ?? '' } as const;
    const key = headers['idempotency-key'] ?? '';
    if (what === 'posts') return { status: 200, body: this.#post(method, id, by, key, headers['if-match'], body) };
    if (!through(this.city, by.post, this.posts.get(by.post)?.at(-1), person, this.#now)) {
      throw new NotPermitted(`${person} does not act for ${by.post}`);
    }
    if (method === 'POST' && what === 'reports') return { status: 202, body: this.#receive(body) };
    if (method === 'GET' && what === 'cases') return { status: 200, body: { case: this.#read(id, by) } };
    return { status: 200, body: this.#act(id, verb, by, key, body) };
  }

  #post(method: string, id: string, by: Staff, key: string, ifMatch: string | undefined, body: unknown): unknown {
    const versions = this.posts.get(id) ?? [];
    if (method === 'GET') return viewOfPost(this.city, id, versions.at(-1), this.#now);
    const applied = versions.find((version) => version.key === key && version.by.person === by.person);
    if (applied) return viewOfPost(this.city, id, applied, this.#now);
    if (ifMatch !== `"${versions.length}"`) throw new PreconditionFailed(`${id} is at ${versions.length}`);
    const { holders, reason } = changeSchema.parse(body);
    const made = { at: this.#now, by, reason, key };
    const named = holders.map(({ person, from }) => ({ person, from: Date.parse(from), to: null }));
    const record = changed(id, versions.at(-1), { holders: named, deputy: null }, made);
    this.posts.set(id, [...versions, record]);
    return viewOfPost(this.city, id, record, this.#now);
  }

  /** As the guard does it: the matrix is asked, the access written down, and then it is shown. */
  #read(id: string, by: Staff): unknown {
    const state = isLogId(id) ? this.logs.get(id)?.state : undefined;
    if (!state) throw new Unknown('case', id, 'a known one');
    const { role } = postOf(this.city, by.post);
    const relations = standingOf(this.city, postOf(this.city, by.post), by.person, this.#now, state);
    const fields = permitted({ operation: 'read-case', role, relations, phase: phaseOf(state) });
    const chain = this.chains.get(id) ?? [];
    const access = {
      ...{ at: this.#now, person: by.person, post: by.post, role, purpose: 'handling', what: id },
      ...{ operation: 'read-case', kind: 'read' as const, correlationId: String(chain.length) },
      ...(fields
        ? { outcome: 'shown' as const, fields: [...fields].sort() }
        : { outcome: 'denied' as const, fields: [], why: 'not-permitted' }),
    };
    this.chains.set(id, [...chain, link(id, chain.at(-1), access, this.city.audit.years)]);
    if (!fields) throw new NotPermitted(`${role} may not read ${id}`);
    return viewOf(state, fields);
  }

  #act(taskId: string, route: string, by: Staff, idempotencyKey: string, body: unknown): unknown {
    const parts = splitTaskId(taskId);
    const verb = route === 'consents' ? 'consent' : route;
    if (!parts || !isVerb(verb)) throw new Unknown('route', `${taskId}/${route}`, 'a known one');
    const key = `${parts.task} ${verb} ${by.person} ${idempotencyKey}`;
    const log = this.logs.get(parts.logId);
    const done = log?.actions.find((action) => action.key === key);
    if (done) return { taskId, n: done.n, repeated: true };
    if (!log) throw new Unknown('case', parts.logId, 'a known one');
    const { city } = this;
    const { draft } = taskCommand({ city, state: log.state, task: parts.task, verb, by, at: this.#now, key, body });
    const { n } = this.#commit(parts.logId, draft, false);
    return { taskId, n, repeated: false };
  }

  #receive(body: unknown): unknown {
    const report = parseReport(body);
    const id = reportIdOf(report);
    const known = this.reports.get(id);
    if (known) return { report: id, ...known, repeated: true };
    const { facts, concern, wants, kind, help } = routeOf(report, this.#now);
    const { area, disputeType, channel } = report;
    const named = (identity: string | undefined, own: LogId): LogId => {
      if (identity === undefined) return own;
      const log = this.pointers.get(identity) ?? own;
      this.pointers.set(identity, log);
      return log;
    };
    if (help?.[0]) {
      const asking = askingOf(report);
      const referral = named(asking && `H ${asking}`, referralIdFor(id));
      const owner = responsible(this.city, { kind: help[0], area, disputeType, tier: 'village' });
      const content = { kind: 'reported', report: id, channel, area, disputeType, owner, wants, help } as const;
      this.#commit(referral, { at: this.#now, by: system, key: id, rev: 0, content }, false);
      this.reports.set(id, { dispute: null, case: null });
      return { report: id, dispute: null, case: null, referral, repeated: false };
    }
    const pair = pairOf(report);
    const identity = concern && identityOf(concern);
    const dispute = kind === 'enquiry' ? null : (named(pair && `D ${pair}`, disputeIdFor(id)) as DisputeId);
    const caseId = concern ? (named(identity && `C ${identity}`, caseIdFor(id)) as CaseId) : null;
    const about = { kind: 'reported' as const, report: id, channel, area, disputeType };
    const take = (log: LogId, content: Content) =>
      this.#commit(log, { at: this.#now, by: system, key: id, rev: 0, content }, false);
    if (dispute) {
      const owner = responsible(this.city, { kind: wants[0]?.kind ?? 'settle', area, disputeType, tier: 'village' });
      take(dispute, { ...about, owner, ...(caseId ? { caseId } : {}), ...(wants.length > 0 ? { wants } : {}) });
    }
    if (dispute && caseId) {
      const owner = responsible(this.city, { kind: 'verify', area, disputeType, tier: 'township' });
      const event = {
        id: `E-${shortHash(`event ${id}`)}`,
        at: Date.parse(report.occurredAt ?? report.reportedAt),
        facts,
        ...(report.verified ? { verified: report.channel } : {}),
      };
      const when = report.occurredAt === undefined ? {} : { occurredAt: event.at };
      take(caseId, { ...about, ...when, owner, dispute, event });
    }
    this.reports.set(id, { dispute, case: caseId });
    return { report: id, dispute, case: caseId, repeated: false };
  }

  counters() {
    return {
      executions: 0,
      transitions: 0,
      invocations: {},
      readUnits: {},
      writeUnits: {},
      messages: this.sent.length,
    };
  }

  /** As Step Functions would list them. */
  executions(): { name: string; status: string }[] {
    const open = [...this.logs.values()].filter(({ state }) => !isClosed(state));
    return open.map(({ state }) => ({ name: executionName(state.id, state.rev), status: 'RUNNING' }));
  }

  async *scan(): AsyncGenerator<Record<string, unknown>> {
    for (const [id, { state, actions }] of this.logs) {
      const pk = partitionOf(id);
      for (const action of actions) yield { pk, sk: actionKey(action.n), action };
      yield { pk, sk: headKey, n: state.n, hash: state.hash, state };
      for (const { action, before, after } of stepsOf(id, actions)) {
        const counted = countedOf(before, after, action);
        if (!counted) continue;
        const month = monthPartition(countyOf(counted.area), localDate(action.at).slice(0, 7));
        const arose = counted.day === undefined ? '' : 'AROSE#';
        yield { pk: month, sk: `${arose}${id}#${actionKey(action.n)}`, log: id, ...counted };
      }
      for (const { no, seq, owner } of openTasks(state)) yield { pk, sk: taskKey(no), seq, state: 'open', owner };
    }
    for (const { id: noticeId, message: text } of this.sent) {
      const { taskId, kind, step } = JSON.parse(text);
      const parts = splitTaskId(taskId);
      if (parts) {
        yield {
          pk: partitionOf(parts.logId),
          sk: noticeKey(parts.task, kind, step),
          id: noticeId,
          state: 'sent',
          until: 0,
        };
      }
    }
    for (const [id, receipt] of this.reports) {
      const [channel, sourceId] = id.split('/');
      yield { pk: `R#${channel}`, sk: sourceId, report: id, ...receipt };
    }
    for (const [chain, links] of this.chains) {
      for (const one of links) yield { pk: chainPartition(chain), sk: linkKey(one.n), ...one };
    }
    for (const [post, versions] of this.posts) {
      for (const record of versions) yield { pk: postPartition(post), sk: versionKey(record.n), record };
    }
  }
}
