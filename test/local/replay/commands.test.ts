import { beforeAll, describe, expect, it } from 'vitest';
import { personOf } from '../../../local/people.ts';
import { commandsOf, type Example, exampleIn } from '../../../local/replay/commands.ts';
import { post as postOf } from '../../../shared/config/posts.ts';
import { parseReport } from '../../../shared/domain/report.ts';
import { channelsOf } from '../../../shared/domain/who-may/channels.ts';
import { taizhou } from './paper-city.ts';
import { evidenceOf, type Replayed, replayOnPaper } from './support.ts';

const where = { city: taizhou, url: 'http://127.0.0.1:8080', now: Date.parse('2026-04-01T09:00:00+08:00') };

/** What a command sends. */
const bodiesIn = (text: string): unknown[] =>
  [...text.matchAll(/-d '(\{.*?\})' http/g)].map(([, body = '']) => JSON.parse(body));

describe('the commands to copy', () => {
  let replayed: Replayed;
  let example: Example;
  beforeAll(async () => {
    replayed = await replayOnPaper();
    example = exampleIn(taizhou, evidenceOf(replayed).told.states);
  });

  it('sign somebody in for a post with an open task, and act for that post alone', () => {
    const text = commandsOf(example, where);
    expect(example.work?.task.owner).toBe(example.post);
    expect(text).toContain(`-d 'person=${personOf(example.post)}' -d purpose=handling`);
    expect(new Set(text.match(/hejie-post: [\w.-]+/g))).toEqual(new Set([`hejie-post: ${example.post}`]));
    expect(text).toContain('/v1/docs');
    expect(text).toContain('npm run audit -- verify --endpoint http://127.0.0.1:8080');
  });

  it('send a report that this post may send, and an answer that its task takes', async () => {
    const [report, answer] = bodiesIn(commandsOf(example, where));
    const { channel, area } = parseReport(report);
    const { role, area: own } = postOf(taizhou, example.post);
    expect(channelsOf(role)).toContain(channel);
    expect(area).toBe(own);
    const { state, task } = example.work ?? {};
    const token = await replayed.paper.issue({ person: personOf(example.post), purpose: 'handling' });
    const { status } = await replayed.paper.request({
      method: 'POST',
      path: `/v1/tasks/${state?.id}.${task?.no}/answer`,
      headers: { authorization: `Bearer ${token}`, 'hejie-post': example.post, 'idempotency-key': 'example' },
      body: answer,
    });
    expect(status).toBe(200);
  });

  it('where nothing is to be done, ask for the tasks of whoever coordinates the city', () => {
    const idle = exampleIn(taizhou, []);
    expect(idle).toEqual({ post: '331000.city-duty' });
    expect(commandsOf(idle, where)).toContain('/v1/me/tasks');
  });
});
