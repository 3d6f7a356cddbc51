/** Who hears of a turn of the switch: whoever runs the city, and the posts that are asked for decisions. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { iso } from '../../shared/calendar/calendar.ts';
import type { City } from '../../shared/config/city.ts';
import { posts } from '../../shared/config/posts.ts';
import { sha256 } from '../../shared/domain/ids.ts';
import { decidingPosts, type SwitchState, type Turn } from '../../shared/domain/switching.ts';

export interface Telling {
  readonly sns: SNSClient;
  readonly alarms: string;
  readonly notices: string;
}

const texts: Record<Exclude<SwitchState, 'releasing'>, string> = {
  stopped:
    '【和解】新的决定自即刻起暂停，帮助和保护照常，请登录查看。 [Hejie] New decisions are stopped from now on, help and protection go on, please log in.',
  released: '【和解】决定自即刻起恢复，请登录办理。 [Hejie] Decisions can be made again, please log in.',
};

/** So many at a time. */
const atOnce = 20;

export async function tell({ sns, alarms, notices }: Telling, city: City, { n, at, by, state }: Turn): Promise<void> {
  const send = (topicArn: string, id: string, body: object, post?: string) => {
    const kind = `levels-${state}`;
    const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
    return sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: JSON.stringify({ id, kind, at: iso(at), ...body }),
        MessageAttributes: {
          id: attribute(id),
          kind: attribute(kind),
          ...(post === undefined ? {} : { post: attribute(post) }),
        },
      }),
    );
  };
  const idFor = (whom: string) => sha256(`switch ${n} ${whom}`).slice(0, 24);
  await send(alarms, idFor('alarms'), { by: by.post });
  // That one of two wants the release changes nothing yet for those who decide.
  if (state === 'releasing') return;
  const deciding = decidingPosts(city, posts(city));
  for (let i = 0; i < deciding.length; i += atOnce) {
    const some = deciding.slice(i, i + atOnce);
    await Promise.all(
      some.map((post) => send(notices, idFor(post), { post, urgency: 'now', text: texts[state] }, post)),
    );
  }
}
