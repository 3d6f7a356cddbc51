/** The synthesized city, run for a test: reports and answers through its API, time skipped. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cloud, openCloud } from '../../local/cloud/index.ts';

export const fact = (type: string, more: object = {}) => ({
  type,
  value: true,
  start: 0,
  end: 3,
  negated: false,
  hearsay: false,
  ...more,
});

export const grid = '331003001001001';
export const posts = {
  mediator: '331003001001.village-mediator',
  township: '331003001.township-centre',
  police: '331003001.community-police',
  county: '331003.county-centre',
  countyPolice: '331003.county-police',
} as const;

export interface Said {
  readonly kind: string;
  readonly taskId: string;
  readonly post: string;
  readonly at: number;
}

export class CityOnOneMachine {
  readonly data: string;
  readonly cloud: Cloud;
  #commands = 0;

  private constructor(cloud: Cloud, data: string) {
    this.cloud = cloud;
    this.data = data;
  }

  static async open(
    assembly: string,
    at: string,
    data = mkdtempSync(join(tmpdir(), 'city-')),
  ): Promise<CityOnOneMachine> {
    const cloud = await openCloud({ assembly, data, clock: 'jump', startAt: Date.parse(at) });
    return new CityOnOneMachine(cloud, data);
  }

  #next(): number {
    this.#commands += 1;
    return this.#commands;
  }

  async report(more: object = {}): Promise<{ dispute: string; case: string }> {
    const { status, body } = await this.cloud.request({
      method: 'POST',
      path: '/v1/reports',
      body: {
        channel: 'police',
        sourceId: `t${this.#next()}`,
        source: '派出所',
        reportedAt: new Date(this.cloud.now()).toISOString(),
        area: grid,
        disputeType: 'neighbour',
        text: '报警人称邻居持刀扬言杀人',
        facts: [fact('threat_to_kill'), fact('weapon_present')],
        people: [
          { role: 'complainant', name: '王小花', phone: '13800000001' },
          { role: 'respondent', name: '刘大强', phone: '13800000002' },
        ],
        ...more,
      },
    });
    if (status !== 202) throw new Error(JSON.stringify(body));
    await this.cloud.settled();
    return body as { dispute: string; case: string };
  }

  async act(taskId: string, verb: string, post: string, body: object, person = `${post}#1`) {
    const answer = await this.cloud.request({
      method: 'POST',
      path: `/v1/tasks/${taskId}/${verb}`,
      headers: { 'hejie-person': person, 'hejie-post': post, 'idempotency-key': `k${this.#next()}` },
      body,
    });
    await this.cloud.settled();
    return { status: answer.status, body: answer.body as Record<string, unknown> };
  }

  /** Lets time pass, timer by timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.cloud.now() + milliseconds;
    for (;;) {
      await this.cloud.settled();
      const next = this.cloud.nextTimer();
      await this.cloud.jumpTo(next === undefined ? end : Math.min(next, end));
      await this.cloud.settled();
      if (next === undefined || next > end) return;
    }
  }

  async get(path: string, post: string) {
    const headers = { 'hejie-person': `${post}#1`, 'hejie-post': post };
    const { status, body } = await this.cloud.request({ method: 'GET', path, headers });
    return { status, body: body as Record<string, unknown> };
  }

  /** The case as the county sees it. */
  async case(
    id: string,
  ): Promise<Record<string, unknown> & { tasks: { no: string; taskId: string; owner: string; begun: boolean }[] }> {
    const { body } = await this.get(`/v1/cases/${id}`, posts.county);
    return body.case as never;
  }

  said(): Said[] {
    return this.cloud.outbox(0).map(({ message, at }) => {
      const { kind, taskId, post } = JSON.parse(message);
      return { kind, taskId, post, at };
    });
  }
}
