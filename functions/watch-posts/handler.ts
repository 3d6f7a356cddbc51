import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { countiesOf, countyOf } from '../../shared/config/places.ts';
import {
  deputised,
  type Finding,
  gapsAhead,
  type PostFinding,
  type Records,
  toRaise,
  unattended,
  watchedSince,
  watchedUntil,
} from '../../shared/domain/watching.ts';
import { type Directory, linesOf, newest, project } from '../../shared/record/directory.ts';
import { tasksOf } from '../../shared/record/lists.ts';
import { readRaised, writeRaised } from '../../shared/record/raised.ts';
import { shiftsOf } from '../../shared/record/roster.ts';
import { messagesOf, type Outgoing } from './messages.ts';

export interface Topic {
  readonly sns: SNSClient;
  readonly topicArn: string;
}

interface Watched {
  /** Posts whose projections a crash had left behind. */
  readonly repaired: number;
  readonly raised: number;
}

/** Every 5 minutes: tells of posts that nobody acts for, of gaps in the roster, and deputies that they stand in. */
export const watch =
  (directory: () => Directory, topics: { readonly [T in Outgoing['topic']]: () => Topic }) =>
  async ({ now }: { now: number }): Promise<Watched> => {
    const { records, repaired } = await recordsOf(directory());
    const findings = [
      ...(await postsToAlarm(directory(), records, now)),
      ...(await gapsOf(directory(), records, now)),
      ...deputised(directory().city, records, now),
    ];
    const raised = await raise(directory(), findings, now, (message) => publish(topics[message.topic](), message));
    const watched = { repaired, raised };
    console.log(JSON.stringify({ level: 'info', message: 'watched posts', posts: records.size, ...watched }));
    return watched;
  };

/** The newest version of every post; those whose projection lags are read themselves, and projected. */
async function recordsOf(directory: Directory): Promise<{ records: Records; repaired: number }> {
  const lines = await linesOf(directory);
  let repaired = 0;
  const read = lines.map(async ({ post, record, lags }) => {
    if (!lags) return record;
    const found = await newest(directory, post);
    // A mark without its version: somebody was about to write and did not.
    if (!found || found.n === record?.n) return record;
    await project(directory, found);
    repaired += 1;
    return found;
  });
  const records = (await Promise.all(read)).filter((record) => record !== undefined);
  return { records: new Map(records.map((record) => [record.post, record])), repaired };
}

/** Posts that work comes to, and any other that has open tasks all the same. */
async function postsToAlarm(directory: Directory, records: Records, now: number): Promise<PostFinding[]> {
  const { needed, others } = unattended(directory.city, records, now);
  const tasks = await Promise.all(others.map(({ post }) => tasksOf(directory.table, post)));
  return [...needed, ...others.filter((_, i) => (tasks[i] ?? []).length > 0)];
}

async function gapsOf(directory: Directory, records: Records, now: number): Promise<Finding[]> {
  const { city } = directory;
  const until = watchedUntil(city, now);
  const counties = city.areas.filter(({ tier }) => tier === 'county').map(({ code }) => code);
  const found = await Promise.all(
    counties.map(async (county) => {
      const shifts = await shiftsOf(directory, county, watchedSince(now), until);
      return gapsAhead(city, county, shifts, records, now);
    }),
  );
  return found.flat();
}

/** Publishes what is due and marks it then: after a crash between, the same message goes out again under the same id. */
async function raise(
  directory: Directory,
  findings: readonly Finding[],
  now: number,
  send: (message: Outgoing) => Promise<void>,
): Promise<number> {
  const before = await readRaised(directory);
  const counties = countiesOf([...before.keys(), ...findings.map(({ area }) => area)]);
  const outcomes = counties.map((county) => {
    const item = before.get(county);
    const own = findings.filter(({ area }) => countyOf(area) === county);
    return { county, item, ...toRaise(own, item?.raised ?? {}, now) };
  });
  const versionOf = ({ area }: Finding) => before.get(countyOf(area))?.version ?? 0;
  const due = outcomes.flatMap((outcome) => outcome.due);
  const messages = messagesOf(due, versionOf, now);
  for (const message of messages) await send(message);
  for (const { county, item, due, next } of outcomes) {
    const cured = Object.keys(item?.raised ?? {}).length > Object.keys(next).length;
    if (due.length > 0 || cured) await writeRaised(directory, county, item, next);
  }
  return messages.length;
}

async function publish({ sns, topicArn }: Topic, { id, kind, body }: Outgoing): Promise<void> {
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  const { post } = body;
  await sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Message: JSON.stringify({ id, kind, ...body }),
      MessageAttributes: {
        id: attribute(id),
        kind: attribute(kind),
        ...(typeof post === 'string' ? { post: attribute(post) } : {}),
      },
    }),
  );
}
