import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SFN } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { BadOptions, optionsIn } from '../../../local/stepfunctions/api/server.ts';

const roleArn = 'arn:aws:iam::123456789012:role/engine';
const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'S',
  States: { S: { Type: 'Pass', End: true } },
});

describe('the command line', () => {
  it('has a port, a place in memory and real time unless told otherwise', () => {
    const { port, file, partition, region, account, endpoints } = optionsIn([], {});
    expect({ port, file, partition, region, account, endpoints }).toEqual({
      port: 8083,
      file: ':memory:',
      partition: 'aws',
      region: 'us-east-1',
      account: '000000000000',
      endpoints: { region: 'us-east-1', endpoints: {} },
    });
  });

  it('takes endpoints for all services and for single ones, and keys from the environment', () => {
    const args = [
      '--endpoint',
      'http://127.0.0.1:4566',
      '--endpoint-lambda=http://127.0.0.1:3001',
      '--region',
      'cn-north-1',
    ];
    const { partition, endpoints } = optionsIn(args, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' });
    expect(partition).toBe('aws-cn');
    expect(endpoints).toEqual({
      region: 'cn-north-1',
      endpoint: 'http://127.0.0.1:4566',
      endpoints: { lambda: 'http://127.0.0.1:3001' },
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    });
  });

  it('has a clock that may hurry', async () => {
    const { clock } = optionsIn(['--clock', 'x60000'], {});
    const before = clock.now();
    await expect.poll(() => clock.now() - before).toBeGreaterThan(60_000);
  });

  it('says what it does not understand', () => {
    const wrong = [
      ['--port', '99999'],
      ['--clock', 'x0'],
      ['--clock', 'slow'],
      ['--endpoint', '4566'],
      ['--endpoint-s4', 'http://a'],
      ['file'],
    ];
    for (const args of wrong) expect(() => optionsIn(args, {})).toThrow(BadOptions);
  });

  it('serves until it is told to stop', { timeout: 30_000 }, async () => {
    const script = join(import.meta.dirname, '../../../local/stepfunctions/api/server.ts');
    const child = spawn(process.execPath, [script, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const died = ended.then(([code]) => Promise.reject(new Error(`it ended with ${code} before it served`)));
    const [line] = await Promise.race([once(child.stdout, 'data'), died]);
    died.catch(() => {});
    const url = /http:\S+/.exec(String(line))?.[0] ?? '';
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new SFN({ endpoint: url, region: 'us-east-1', credentials });
    await client.createStateMachine({ name: 'm', definition, roleArn });
    const { stateMachines } = await client.listStateMachines({});
    expect(stateMachines?.map(({ name }) => name)).toEqual(['m']);
    client.destroy();
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
