/** What goes out about posts and the roster: posts and instants, never persons (S14). */
import { iso } from '../../shared/calendar/calendar.ts';
import { sha256 } from '../../shared/domain/ids.ts';
import type { DeputyFinding, Finding, GapFinding, PostFinding } from '../../shared/domain/watching.ts';

export interface Outgoing {
  readonly topic: 'alarms' | 'notices';
  readonly id: string;
  readonly kind: Finding['kind'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** So many posts fit into a message of less than 200 KB. */
const chunk = 1500;

/** @param versionOf the state of what was raised: an id is the same until that is marked, and another when it comes back */
export function messagesOf(due: readonly Finding[], versionOf: (finding: Finding) => number, now: number): Outgoing[] {
  const id = (findings: readonly Finding[]) =>
    sha256(findings.map((finding) => `${versionOf(finding)} ${finding.key}`).join('\n')).slice(0, 24);
  const listed = (kind: PostFinding['kind']) => chunked(due.filter((one): one is PostFinding => one.kind === kind));
  return [
    ...[...listed('post-without-holder'), ...listed('post-about-to-lose-holder')].map((findings) =>
      unattendedPosts(id(findings), findings, now),
    ),
    ...due.filter((one): one is GapFinding => one.kind === 'roster-gap').map((gap) => rosterGap(id([gap]), gap, now)),
    ...due.filter((one): one is DeputyFinding => one.kind === 'deputised').map((one) => toDeputy(id([one]), one, now)),
  ];
}

function chunked(findings: readonly PostFinding[]): [PostFinding, ...PostFinding[]][] {
  const [first, ...more] = findings.slice(0, chunk);
  return first ? [[first, ...more], ...chunked(findings.slice(chunk))] : [];
}

const unattendedPosts = (id: string, findings: readonly [PostFinding, ...PostFinding[]], now: number): Outgoing => ({
  topic: 'alarms',
  id,
  kind: findings[0].kind,
  body: {
    at: iso(now),
    posts: findings.map(({ kind, post, from }) =>
      kind === 'post-without-holder' ? { post } : { post, from: iso(from) },
    ),
  },
});

const rosterGap = (id: string, { kind, area, from, to, departments }: GapFinding, now: number): Outgoing => ({
  topic: 'alarms',
  id,
  kind,
  body: { at: iso(now), county: area, from: iso(from), to: iso(to), departments },
});

const text =
  '【和解】您代理的岗位自即刻起由您办理，请登录查看。 [Hejie] The post you deputise for is yours from now on, please log in.';

const toDeputy = (id: string, { kind, post }: DeputyFinding, now: number): Outgoing => ({
  topic: 'notices',
  id,
  kind,
  body: { post, urgency: 'now', at: iso(now), text },
});
