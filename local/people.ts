/**
 * People of a city on one machine: each is named to a post before they first act for it, signs in with the development issuer,
 * and speaks through the API's own client.
 */
import { type components, type HejieClient, hejieClient, type Problem } from '../shared/client/index.ts';
import type { City } from '../shared/config/city.ts';
import { post as postOf } from '../shared/config/posts.ts';
import { administratorPost } from '../shared/domain/directory.ts';
import { purposeFor } from '../shared/domain/who-may/purposes.ts';
import type { Cloud } from './cloud/index.ts';

export type PeoplesCloud = Pick<Cloud, 'issue' | 'now' | 'request'>;

/** Somebody as the identity provider knows them. */
export interface Somebody {
  readonly person: string;
  readonly idNumber?: string;
  readonly phone?: string;
}

/** Who holds a post on one machine, unless somebody else is named. */
export const personOf = (post: string): string => `${post}#1`;

type Holder = components['schemas']['PostChange']['holders'][number];

interface Token {
  readonly text: string;
  readonly until: number;
}

/** Tokens of a simulated city live as long as any may: time is skipped. */
const day = 86_400;

/** Somebody cannot be named to a post: what the API answers. */
export class NotNamed extends Error {
  override readonly name = 'NotNamed';

  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.status = status;
    this.problem = problem;
  }
}

export class People {
  readonly #city: City;
  readonly #cloud: PeoplesCloud;
  readonly #tokens = new Map<string, Token>();
  readonly #holders = new Map<string, Promise<readonly string[]>>();
  /** Who names others, once there is an administrator: the founder then no longer may. */
  #administrator: Somebody | undefined;

  constructor(city: City, cloud: PeoplesCloud) {
    this.#city = city;
    this.#cloud = cloud;
  }

  /** A client of somebody who acts for a post; the post is theirs from now on, if it was not. @throws NotNamed */
  async forPost(post: string, who: Somebody): Promise<HejieClient> {
    await this.#named(post, who.person);
    return this.client(who, purposeFor(postOf(this.#city, post).role), post);
  }

  /** A client of somebody in their own affairs. */
  citizen(who: Somebody): HejieClient {
    return this.client(who, 'own-affairs');
  }

  /** @param purpose any: what is refused is the API's to say */
  client(who: Somebody, purpose: string, post?: string): HejieClient {
    return hejieClient({
      baseUrl: 'http://city/v1',
      token: () => this.#token(who, purpose),
      fetch: (request) => this.#fetch(request),
      ...(post === undefined ? {} : { post }),
    });
  }

  /** Whoever founds the city names everybody. */
  founder(): HejieClient {
    const { founder } = this.#city.identity;
    return this.client({ person: founder }, 'administration', administratorPost(this.#city));
  }

  #naming(): HejieClient {
    const administrator = this.#administrator;
    return administrator ? this.client(administrator, 'administration', administratorPost(this.#city)) : this.founder();
  }

  async #token(who: Somebody, purpose: string): Promise<string> {
    const key = `${who.person} ${purpose}`;
    const known = this.#tokens.get(key);
    if (known && known.until > this.#cloud.now()) return known.text;
    const text = await this.#cloud.issue({ ...who, purpose, expiresIn: day });
    this.#tokens.set(key, { text, until: this.#cloud.now() + (day - 60) * 1000 });
    return text;
  }

  async #fetch(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    const { status, headers, body } = await this.#cloud.request({
      method: request.method,
      path: `${pathname}${search}`,
      headers: Object.fromEntries(request.headers),
      ...(text === '' ? {} : { body: text }),
    });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  }

  /** One after another for a post: each names all who hold it. */
  #named(post: string, person: string): Promise<readonly string[]> {
    const known = this.#holders.get(post) ?? Promise.resolve([]);
    const after = known.then((holders) => (holders.includes(person) ? holders : this.#name(post, person)));
    // What failed is tried again by whoever comes next.
    this.#holders.set(
      post,
      after.catch(() => known),
    );
    return after;
  }

  /** Most posts have nobody yet: that is tried first, and a read only where it is not so. */
  async #name(postId: string, person: string): Promise<readonly string[]> {
    const by = this.#administrator;
    const first = await this.#put(postId, [], 0, person);
    const { status } = first.response;
    if (status === 403 && !by) return this.#afterFounder(postId, person);
    if (first.error && status !== 412) throw new NotNamed(status, first.error);
    // Under the same key somebody else may have been named: the first command is what counts then.
    const holders = first.data?.holders.map((holder) => holder.person) ?? [];
    return holders.includes(person) ? holders : this.#nameToo(postId, person);
  }

  /** Somebody was named administrator before, by others: the founder no longer may name anybody, and they can. */
  async #afterFounder(postId: string, person: string): Promise<readonly string[]> {
    const administrator = administratorPost(this.#city);
    if (postId === administrator) return this.#administers(person);
    await this.#named(administrator, personOf(administrator));
    return this.#name(postId, person);
  }

  async #administers(person: string): Promise<readonly string[]> {
    const before = this.#administrator;
    this.#administrator = { person };
    try {
      return await this.#nameToo(administratorPost(this.#city), person);
    } catch (error) {
      this.#administrator = before;
      throw error;
    }
  }

  /** Beside those who hold it already. */
  async #nameToo(postId: string, person: string): Promise<readonly string[]> {
    const read = await this.#naming().GET('/posts/{postId}', { params: { path: { postId } } });
    if (!read.data) throw new NotNamed(read.response.status, read.error);
    const { holders, version } = read.data;
    if (holders.some((holder) => holder.person === person)) return holders.map((holder) => holder.person);
    const { data, error, response } = await this.#put(postId, holders, version, person);
    if (!data) throw new NotNamed(response.status, error);
    return data.holders.map((holder) => holder.person);
  }

  async #put(postId: string, there: readonly Holder[], version: number, person: string) {
    const from = new Date(this.#cloud.now()).toISOString();
    const header = { 'If-Match': `"${version}"`, 'Idempotency-Key': `name-${person}` };
    const put = await this.#naming().PUT('/posts/{postId}', {
      params: { path: { postId }, header },
      body: { holders: [...there, { person, from, to: null }], reason: '任命 appointment' },
    });
    if (put.data && postId === administratorPost(this.#city)) this.#administrator ??= { person };
    return put;
  }
}
