/** npm start: a city on this machine, with a quarter of its life already in it, and then in real time. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CityInvalid } from '../shared/config/city.ts';
import { CannotStart } from './cloud/errors.ts';
import { NotNamed, People, personOf } from './people.ts';
import { commandsOf, exampleIn } from './replay/commands.ts';
import { ReplayFailed } from './replay/drive.ts';
import { cityIn, dataFolderOf, emptied, fromCaller, house, stackOf } from './replay/house.ts';
import { interruptible } from './replay/interrupt.ts';
import { violations } from './replay/invariants.ts';
import { BadOptions, defaultCity, defaultSeed, optionsIn, text, wholeNumber } from './replay/options.ts';
import { collect, tell } from './replay/record.ts';
import { type Replay, replay, write } from './replay/run.ts';
import { tableOf } from './replay/table.ts';

const usage = 'npm start -- [--fresh] [--exit] [--port N] [--data DIR] [--city NAME] [--seed N] [--assembly DIR]';

const kinds = {
  fresh: { type: 'boolean' },
  exit: { type: 'boolean' },
  port: { type: 'string' },
  data: { type: 'string' },
  city: { type: 'string' },
  seed: { type: 'string' },
  assembly: { type: 'string' },
} as const;

const usualPort = 8080;

const isFree = (port: number): Promise<boolean> =>
  new Promise((told) => {
    const probe = createServer();
    probe.once('error', () => told(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => told(true)));
  });

/** The port that was asked for, or else the first free one from the usual on. @throws CannotStart */
async function portFor(asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (asked === 0 || (await isFree(asked))) return asked;
    throw new CannotStart(`Port ${asked} is taken: choose another with --port, or leave it out.`);
  }
  for (let port = usualPort; port < usualPort + 100; port++) if (await isFree(port)) return port;
  return 0;
}

async function main(): Promise<number> {
  const { values, files } = optionsIn(process.argv.slice(2), kinds, usage);
  if (files.length > 0) throw new BadOptions(`"${files[0]}" is not expected here. Usage: ${usage}`);
  const seed = wholeNumber(values.seed, 'seed', 0, 4_294_967_295) ?? defaultSeed;
  const port = await portFor(wholeNumber(values.port, 'port', 0, 65_535));
  const given = text(values.assembly);
  const assembly = given === undefined ? undefined : fromCaller(given);
  const city = assembly === undefined ? (text(values.city) ?? defaultCity) : cityIn(assembly).id;
  const data = text(values.data) === undefined ? dataFolderOf(city) : fromCaller(text(values.data) ?? '');
  if (values.fresh) emptied(data, stackOf(city));
  const { stopped, interrupted } = interruptible();
  console.log(`和解 Hejie: 启动 starting ${city}, 数据 data in ${data}`);
  const running = await replay({
    city,
    data,
    file: join(house, 'examples', 'reports.jsonl'),
    seed,
    port,
    screen: process.stdout,
    stopped,
    ...(assembly === undefined ? {} : { assembly }),
  });
  try {
    return await live(running, data, values.exit === true, interrupted);
  } finally {
    await running.close();
  }
}

async function live(running: Replay, data: string, exits: boolean, interrupted: Promise<void>): Promise<number> {
  const { cloud, city, result, faults, wasDone } = running;
  for (const fault of faults) console.error(fault);
  if (!result) {
    console.log('\n已停止 stopped: npm start 继续 goes on from here.');
    return 130;
  }
  const { summary } = result;
  const file = join(data, 'summary.json');
  if (!wasDone || !existsSync(file)) write(file, `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`\n${tableOf(summary)}\n`);
  const code = faults.length > 0 || violations(summary.invariants).length > 0 ? 1 : 0;
  if (exits) return code;
  await cloud.goRealTime();
  const example = exampleIn(city, tell(await collect(cloud.scan())).states);
  await new People(city, cloud).forPost(example.post, { person: personOf(example.post) });
  console.log(commandsOf(example, { city, url: cloud.url, now: cloud.now() }));
  await interrupted;
  console.log('\n正在停止 stopping …');
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const known = [BadOptions, CannotStart, CityInvalid, NotNamed, ReplayFailed].some((kind) => error instanceof kind);
  if (!known) throw error;
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
