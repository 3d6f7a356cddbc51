/** A city in a process of its own, which a test can kill (SIGKILL) and start again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ApiAnswer, ApiCall, Wish } from '../../local/cloud/index.ts';
import type { PeoplesCloud } from '../../local/people.ts';

export class MortalCity implements PeoplesCloud {
  readonly #args: readonly string[];
  readonly #at: number;
  #process: ChildProcess | undefined;
  #url = '';

  constructor(assembly: string, data: string, at: string) {
    this.#args = [import.meta.filename, assembly, data, at];
    this.#at = Date.parse(at);
  }

  async live(): Promise<void> {
    const child = spawn(process.execPath, this.#args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    this.#url = await new Promise<string>((found, failed) => {
      let said = '';
      child.stdout.on('data', (part: Buffer) => {
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
  const { openCloud } = await import('../../local/cloud/index.ts');
  const [assembly = '', data = '', at = ''] = process.argv.slice(2);
  const cloud = await openCloud({ assembly, data, clock: 'jump', startAt: Date.parse(at) });
  console.log(cloud.url);
}
