/** The synthesized city, run for a test: people speak to it through the API's client, time skipped. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cloud, type CloudOptions, openCloud } from '../../local/cloud/index.ts';
import type { Strikes } from '../../local/cloud/strikes.ts';
import { People, personOf, type Somebody } from '../../local/people.ts';
import type { HejieClient } from '../../shared/client/index.ts';
import { type City, parseCity } from '../../shared/config/city.ts';

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
  reviewer: '331000.independent-reviewer',
  administrator: '331000.administrator',
  auditor: '331000.auditor',
} as const;

const cityFile = join(import.meta.dirname, '../../infra/cities/taizhou.json');

export interface Said {
  readonly kind: string;
  readonly taskId: string;
  readonly post: string;
  readonly at: number;
}

type Body = Record<string, unknown>;

/** What a report became: no test asks for what is not there. */
export interface Sent {
  readonly dispute: string;
  readonly case: string;
  readonly referral: string;
}

export { personOf };

/** Whoever repairs, forgets, seals and watches comes every ten days, unless a story is about them: most of a life is waiting. */
const seldom = 10 * 86_400_000;

export class CityOnOneMachine {
  readonly data: string;
  readonly cloud: Cloud;
  readonly city: City;
  readonly people: People;
  #commands = 0;

  private constructor(cloud: Cloud, data: string) {
    this.cloud = cloud;
    this.data = data;
    this.city = parseCity(JSON.parse(readFileSync(cityFile, 'utf8')), 'taizhou.json');
    this.people = new People(this.city, cloud);
  }

  static async open(
    assembly: string,
    at: string,
    data = mkdtempSync(join(tmpdir(), 'city-')),
    scheduleSpacing: CloudOptions['scheduleSpacing'] = seldom,
    strikes?: Strikes,
  ): Promise<CityOnOneMachine> {
    const befalls = strikes ? { strikes } : {};
    const cloud = await openCloud({
      assembly,
      data,
      clock: 'jump',
      startAt: Date.parse(at),
      scheduleSpacing,
      ...befalls,
    });
    return new CityOnOneMachine(cloud, data);
  }

  /** An idempotency key that no command had before. */
  key(): string {
    this.#commands += 1;
    return `k${this.#commands}`;
  }

  as(post: string, who: Partial<Somebody> = {}): Promise<HejieClient> {
    return this.people.forPost(post, { person: personOf(post), ...who });
  }

  /** Headers by which somebody acts for a post: for requests that no client would send. */
  async headers(post: string, person = personOf(post), purpose?: string): Promise<Record<string, string>> {
    await this.people.forPost(post, { person });
    const usual = { '331000.independent-reviewer': 'oversight', '331000.auditor': 'oversight' }[post];
    const administers = post === posts.administrator ? 'administration' : undefined;
    const token = await this.cloud.issue({ person, purpose: purpose ?? usual ?? administers ?? 'handling' });
    return { authorization: `Bearer ${token}`, 'hejie-post': post };
  }

  async report(more: object = {}, post: string = posts.police): Promise<Sent> {
    const key = this.key();
    const { status, body } = await this.cloud.request({
      method: 'POST',
      path: '/v1/reports',
      headers: { ...(await this.headers(post)), 'idempotency-key': key },
      body: {
        channel: 'police',
        sourceId: `t${key}`,
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
    return body as Sent;
  }

  async act(taskId: string, verb: string, post: string, body: object, person = personOf(post)) {
    const answer = await this.cloud.request({
      method: 'POST',
      path: `/v1/tasks/${taskId}/${verb}`,
      headers: { ...(await this.headers(post, person)), 'idempotency-key': this.key() },
      body,
    });
    await this.cloud.settled();
    return { status: answer.status, body: answer.body as Body };
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

  async get(path: string, post: string, person = personOf(post)) {
    const headers = await this.headers(post, person);
    const { status, body } = await this.cloud.request({ method: 'GET', path, headers });
    return { status, body: body as Body };
  }

  /** The case as the county sees it. */
  async case(id: string): Promise<Body & { tasks: { no: string; taskId: string; owner: string; begun: boolean }[] }> {
    const { body } = await this.get(`/v1/cases/${id}`, posts.county);
    return body.case as never;
  }

  /** Messages to posts. */
  said(): Said[] {
    return this.cloud
      .outbox(0)
      .filter(({ topicArn }) => topicArn === this.cloud.outputs.NoticesTopicArn)
      .map(({ message, at }) => {
        const { kind, taskId, post } = JSON.parse(message);
        return { kind, taskId, post, at };
      });
  }
}
