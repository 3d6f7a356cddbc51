/** A city in a process of its own, which a test can kill (SIGKILL) and start again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ApiAnswer, ApiCall, Wish } from '../../local/cloud/index.ts';
import type { Spacing } from '../../local/cloud/schedules.ts';
import type { PeoplesCloud } from '../../local/people.ts';

/** The reconciler comes round so often that between two deeds everybody recovers; the other schedules wait for a day. */
export const roundsOfReconciler =
  (milliseconds: () => number): Spacing =>
  (_, name) =>
    name.endsWith('-reconcile') ? milliseconds() : 86_400_000;

/** After so many writes and calls, and so many milliseconds: in the midst of something. */
export interface Death {
  readonly effects: number;
  readonly milliseconds: number;
}

export class MortalCity implements PeoplesCloud {
  readonly #args: readonly string[];
  readonly #at: number;
  #process: ChildProcess | undefined;
  #url = '';

  /** @param rounds milliseconds between two rounds of the reconciler while time passes */
  constructor(assembly: string, data: string, at: string, rounds = 10 * 60_000) {
    this.#args = [import.meta.filename, assembly, at, data, String(rounds)];
    this.#at = Date.parse(at);
  }

  /** @param death when it kills itself, unless somebody does before */
  async live(death?: Death): Promise<void> {
    const at = death ? [String(death.effects), String(death.milliseconds)] : [];
    const child = spawn(process.execPath, [...this.#args, ...at], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    this.#process = child;
    this.#url = await new Promise<string>((found, failed) => {
      let said = '';
      child.stdout?.on('data', (part: Buffer) => {
        said += part.toString();
        const [url] = /http:\S+/.exec(said) ?? [];
        if (url !== undefined) found(url);
      });
      child.once('exit', () => failed(new Error(`the city ended: ${said}`)));
    });
  }

  /** Nothing is finished, nothing is written any more. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Lets time pass until then, timer by timer. @throws TypeError where the city ends before */
  async passUntil(time: number): Promise<void> {
    const child = this.#process;
    await new Promise<void>((passed, failed) => {
      const ended = () => failed(new TypeError('the city ended'));
      if (!child?.connected) return ended();
      child.once('exit', ended);
      child.once('message', () => {
        child.off('exit', ended);
        passed();
      });
      child.send(time, (error) => error && ended());
    });
  }

  now(): number {
    return this.#at;
  }

  async issue(wish: Wish): Promise<string> {
    const headers = { 'content-type': 'application/json', accept: 'text/plain' };
    const body = JSON.stringify(wish);
    return (await fetch(`${this.#url}/identity/token`, { method: 'POST', headers, body })).text();
  }

  /** @throws TypeError where the city ends before it has answered */
  async request({ method, path, headers = {}, body }: ApiCall): Promise<ApiAnswer> {
    const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await fetch(`${this.#url}${path}`, { method, headers, ...text });
    const isJson = answer.headers.get('content-type')?.includes('json');
    const said = isJson ? await answer.json() : await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: said };
  }
}

if (import.meta.main) {
  const { CityOnOneMachine } = await import('./city-on-one-machine.ts');
  const [assembly = '', at = '', data, rounds, effects, milliseconds] = process.argv.slice(2);
  const die = () => process.kill(process.pid, 'SIGKILL');
  let count = 0;
  const dies = () => {
    count += 1;
    if (count === Number(effects)) setTimeout(die, Number(milliseconds));
    return undefined;
  };
  const city = await CityOnOneMachine.open(
    assembly,
    at,
    data,
    roundsOfReconciler(() => Number(rounds)),
    dies,
  );
  process.on('message', async (until) => {
    await city.pass(Math.max(0, Number(until) - city.cloud.now()));
    process.send?.('passed');
  });
  console.log(city.cloud.url);
}
