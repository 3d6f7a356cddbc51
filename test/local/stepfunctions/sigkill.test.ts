import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** A Lambda endpoint: gives n + 1 and notes every call. */
let lambdas: Server;
let lambdaUrl = '';
const invoked: number[] = [];

beforeAll(async () => {
  lambdas = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { n } = JSON.parse(Buffer.concat(parts).toString());
      invoked.push(n);
      response.writeHead(200, { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' });
      setTimeout(() => response.end(JSON.stringify({ n: n + 1 })), 5);
    });
  });
  await new Promise<void>((listening) => {
    lambdas.listen(0, '127.0.0.1', listening);
  });
  const address = lambdas.address();
  lambdaUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(() => {
  lambdas.close();
});

/** The engine as a process of its own, whose hours are seconds. */
async function serverOn(file: string): Promise<{ process: ChildProcess; client: SFNClient }> {
  const args = ['local/stepfunctions/api/server.ts', '--port', '0', '--data', file, '--clock', 'x600'];
  const child = spawn(process.execPath, [...args, '--endpoint-lambda', lambdaUrl], {
    cwd: join(import.meta.dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endpoint = await new Promise<string>((found, failed) => {
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString();
      const [url] = /http:\S+/.exec(said) ?? [];
      if (url !== undefined) found(url);
    });
    child.once('exit', () => failed(new Error(`the server ended: ${said}`)));
  });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  return { process: child, client: new SFNClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }) };
}

const kill = (child: ChildProcess): Promise<void> =>
  new Promise((ended) => {
    child.once('exit', () => ended());
    child.kill('SIGKILL');
  });

const task = (Next: string) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'add', Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  Next,
});
const wait = (Next: string) => ({ Type: 'Wait', Seconds: 30, Next });

it('killed by SIGKILL five times, it finishes what it began, and enters no state twice', {
  timeout: 90_000,
}, async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'killed-')), 'engine.sqlite');
  const names = Array.from({ length: 60 }, (_, i) => `e${i}`);
  const executionArn = (name: string) => `arn:aws:states:us-east-1:000000000000:execution:m:${name}`;
  let server = await serverOn(file);
  const States = { A: task('B'), B: wait('C'), C: task('D'), D: wait('E'), E: task('F'), F: { Type: 'Succeed' } };
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'A', States });
  const roleArn = 'arn:aws:iam::000000000000:role/r';
  const { stateMachineArn } = await server.client.send(
    new CreateStateMachineCommand({ name: 'm', definition, roleArn }),
  );
  for (const [i, name] of names.entries()) {
    const input = JSON.stringify({ n: i * 100 });
    await server.client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    // In the middle of starts, of calls and of waits.
    if (i % 12 !== 11) continue;
    await kill(server.process);
    server = await serverOn(file);
  }
  for (const [i, name] of names.entries()) {
    const describe = new DescribeExecutionCommand({ executionArn: executionArn(name) });
    let { status, output } = await server.client.send(describe);
    while (status === 'RUNNING') {
      await new Promise((later) => setTimeout(later, 20));
      ({ status, output } = await server.client.send(describe));
    }
    expect({ status, output }, name).toEqual({ status: 'SUCCEEDED', output: JSON.stringify({ n: i * 100 + 3 }) });
    const history = new GetExecutionHistoryCommand({ executionArn: executionArn(name) });
    const { events = [] } = await server.client.send(history);
    const entered = events.flatMap(({ stateEnteredEventDetails: details }) => (details ? [details.name] : []));
    expect(entered, name).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    const times = events.map(({ timestamp }) => timestamp?.getTime() ?? 0);
    expect(times, `${name}: time does not run back`).toEqual(times.toSorted((a, b) => a - b));
    for (const n of [0, 1, 2]) expect(invoked, `${name} called its function`).toContain(i * 100 + n);
  }
  await kill(server.process);
});
