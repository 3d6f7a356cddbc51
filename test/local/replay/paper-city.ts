/**
 * A city on paper: the pure domain behind the few methods that a replay asks of a cloud. No table, no engine, no functions; so
 * that what belongs to the replay alone can be tried in a second.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiRequest, ApiResponse, OutboxMessage, ReplayCloud } from '../../../local/replay/cloud.ts';
import { type City, parseCity } from '../../../shared/config/city.ts';
import { responsible } from '../../../shared/config/posts.ts';
import { type Action, type Content, type Draft, system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import {
  type CaseId,
  caseIdFor,
  type DisputeId,
  disputeIdFor,
  isLogId,
  type LogId,
  shortHash,
  splitTaskId,
} from '../../../shared/domain/ids.ts';
import { nextTimer } from '../../../shared/domain/ladder.ts';
import { assessmentDraft, closingDraft, openingDraft, slaDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { message } from '../../../shared/domain/notices.ts';
import { parseReport, reportIdOf } from '../../../shared/domain/report.ts';
import { identityOf, pairOf, routeOf } from '../../../shared/domain/routing.ts';
import { isClosed, openTasks, type State } from '../../../shared/domain/state.ts';
import { isVerb, taskCommand } from '../../../shared/domain/task-commands.ts';
import { viewOf } from '../../../shared/domain/views.ts';
import { HejieError, Unknown } from '../../../shared/errors.ts';
import { executionName } from '../../../shared/record/executions.ts';
import { actionKey, headKey, noticeKey, partitionOf, taskKey } from '../../../shared/record/table.ts';

const house = join(import.meta.dirname, '..', '..', '..');
const cityPath = join(house, 'infra', 'cities', 'taizhou.json');
export const taizhou: City = parseCity(JSON.parse(readFileSync(cityPath, 'utf8')), cityPath);
export const examples = readFileSync(join(house, 'examples', 'reports.jsonl'), 'utf8');

const topic = 'arn:aws-cn:sns:cn-north-1:000000000000:notices';

export class PaperCity implements ReplayCloud {
  readonly outputs = { NoticesTopicArn: topic };
  readonly city: City;
  readonly logs = new Map<LogId, { state: State; actions: Action[] }>();
  readonly reports = new Map<string, { dispute: DisputeId | null; case: CaseId | null }>();
  readonly sent: OutboxMessage[] = [];
  readonly accesses: Record<string, unknown>[] = [];
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
      const draft = slaDraft(this.city, state, state.rev, due.no, due.step, this.#now);
      if (!draft) throw new Error(`the timer of ${id}.${due.no} demands nothing`);
      this.#commit(id, draft, false);
    }
  }

  async settled(): Promise<void> {}

  #commit(id: LogId, draft: Draft, byLifecycle: boolean): Action {
    const log = this.logs.get(id);
    const { action, state } = next(id, log?.state, draft, byLifecycle);
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

  async request({ method, path, headers = {}, body }: ApiRequest): Promise<ApiResponse> {
    try {
      const answer = this.#answer(method, path, headers, body);
      this.afterCommand();
      return answer;
    } catch (error) {
      if (!(error instanceof HejieError)) throw error;
      return { status: error.status, body: { type: `urn:hejie:problem:${error.type}`, detail: error.message } };
    }
  }

  #answer(method: string, path: string, headers: Readonly<Record<string, string>>, body: unknown): ApiResponse {
    const [, , what = '', id = '', verb = ''] = path.split('/');
    if (method === 'POST' && what === 'reports') return { status: 202, body: this.#receive(body) };
    if (what === 'cases' && isLogId(id)) {
      const log = this.logs.get(id);
      if (!log) throw new Unknown('case', id, 'a known one');
      const at = this.#now;
      this.accesses.push({
        pk: 'L#1',
        sk: String(this.accesses.length),
        at,
        person: headers['hejie-person'],
        post: headers['hejie-post'],
        what: id,
        outcome: 'shown',
      });
      return { status: 200, body: { case: viewOf(log.state) } };
    }
    const parts = splitTaskId(id);
    if (!parts || !isVerb(verb)) throw new Unknown('route', path, 'a known one');
    const by = { role: 'staff', person: headers['hejie-person'] ?? '', post: headers['hejie-post'] ?? '' } as const;
    const key = `${parts.task} ${verb} ${by.person} ${headers['idempotency-key']}`;
    const log = this.logs.get(parts.logId);
    const done = log?.actions.find((action) => action.key === key);
    if (done) return { status: 200, body: { taskId: id, n: done.n, repeated: true } };
    if (!log) throw new Unknown('case', parts.logId, 'a known one');
    const { city } = this;
    const { draft } = taskCommand({ city, state: log.state, task: parts.task, verb, by, at: this.#now, key, body });
    const { n } = this.#commit(parts.logId, draft, false);
    return { status: 200, body: { taskId: id, n, repeated: false } };
  }

  #receive(body: unknown): unknown {
    const report = parseReport(body);
    const id = reportIdOf(report);
    const known = this.reports.get(id);
    if (known) return { report: id, ...known, repeated: true };
    const { facts, concern, wants, kind } = routeOf(report, this.#now);
    const { area, disputeType, channel } = report;
    const named = (identity: string | undefined, own: LogId): LogId => {
      if (identity === undefined) return own;
      const log = this.pointers.get(identity) ?? own;
      this.pointers.set(identity, log);
      return log;
    };
    const pair = pairOf(report);
    const identity = concern && identityOf(concern);
    const dispute = kind === 'enquiry' ? null : (named(pair && `D ${pair}`, disputeIdFor(id)) as DisputeId);
    const caseId = concern ? (named(identity && `C ${identity}`, caseIdFor(id)) as CaseId) : null;
    const about = { kind: 'reported' as const, report: id, channel, area, disputeType };
    const take = (log: LogId, content: Content) =>
      this.#commit(log, { at: this.#now, by: system, key: id, rev: 0, content }, false);
    if (dispute) {
      const owner = responsible(this.city, { kind: wants ?? 'settle', area, disputeType, tier: 'village' });
      take(dispute, { ...about, owner, ...(caseId ? { caseId } : {}), ...(wants ? { wants } : {}) });
    }
    if (dispute && caseId) {
      const owner = responsible(this.city, { kind: 'verify', area, disputeType, tier: 'township' });
      const event = {
        id: `E-${shortHash(`event ${id}`)}`,
        at: Date.parse(report.occurredAt ?? report.reportedAt),
        facts,
        ...(report.verified ? { verified: report.channel } : {}),
      };
      take(caseId, { ...about, owner, dispute, event });
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
    yield* this.accesses;
  }
}
