/** What a stage lets through: a bucket that fills at its rate and holds its burst. Real time: it guards a real machine. */
import { listOf, objectOf } from './json.ts';
import type { Template } from './template.ts';

export class Throttle {
  readonly #rate: number;
  readonly #burst: number;
  readonly #now: () => number;
  #left: number;
  #at: number;

  /** @param now milliseconds of any clock that does not stand still */
  constructor(rate: number, burst: number, now = () => performance.now()) {
    this.#rate = rate;
    this.#burst = burst;
    this.#now = now;
    this.#left = burst;
    this.#at = now();
  }

  static of(template: Template): Throttle {
    const [stage] = template.resources('AWS::ApiGateway::Stage');
    const all = listOf(stage?.properties.MethodSettings)
      .map(objectOf)
      .find(({ HttpMethod, ResourcePath }) => HttpMethod === '*' && ResourcePath === '/*');
    const limit = (value: unknown) => (value === undefined ? Number.POSITIVE_INFINITY : Number(value));
    return new Throttle(limit(all?.ThrottlingRateLimit), limit(all?.ThrottlingBurstLimit));
  }

  admits(): boolean {
    if (this.#burst === Number.POSITIVE_INFINITY) return true;
    const now = this.#now();
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
