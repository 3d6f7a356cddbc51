/**
 * What is said of a case or dispute as a whole: events withdrawn, parts shared, contests and requests that a post enters for an
 * agent, holds, what is taken up again, merged and made two. Everything in it follows from the seed and from what was read.
 */
import { iso } from '../../shared/calendar/calendar.ts';
import type { components, HejieClient } from '../../shared/client/index.ts';
import { isCaseId, isDisputeId } from '../../shared/domain/ids.ts';
import type { AlongVerb } from './along.ts';
import type { Answered } from './beside.ts';
import { draw, pick } from './random.ts';
import type { CaseView } from './says.ts';
import { type Intent, logOf, type Staff } from './staff.ts';

const day = 86_400_000;

const ofWhole = [
  'withdraw-event',
  'share',
  'contest',
  'ask-right',
  'hold',
  'release-hold',
  'reopen',
  'merge',
  'unmerge',
  'break-glass',
  'tell-agreement',
] as const satisfies readonly AlongVerb[];
type OfWhole = (typeof ofWhole)[number];
export const isOfWhole = (verb: AlongVerb): verb is OfWhole => ofWhole.some((one) => one === verb);

/** It touches another log than its own: nothing else may happen meanwhile. */
export const touchesOthers = ({ verb }: Intent): boolean => touching.has(verb);
const touching: ReadonlySet<Intent['verb']> = new Set([
  'merge',
  'unmerge',
  'own-affairs',
  'stop-levels',
  'release-levels',
]);

const agent = { name: '王律师', mandate: '当事人本人签署的授权委托书，2026年1月。' };
/** Of what is kept of somebody; to restrict or withdraw says something of the work that goes on. */
const asked = ['know', 'copy', 'explain', 'transfer', 'erase'] as const;

interface Saying {
  readonly staff: Staff;
  readonly client: HejieClient;
  readonly now: number;
  readonly view: CaseView | undefined;
}

type WholeIntent = Pick<Intent, 'key' | 'taskId' | 'post' | 'to'> & { readonly verb: OfWhole };

/** Undefined: there is nothing to say it about. */
export async function sayOfWhole(
  { staff, client, now, view }: Saying,
  { key, taskId, post, verb, to }: WholeIntent,
): Promise<Answered<unknown> | undefined> {
  const chance = (about: string) => draw(staff.seed, taskId, key, post, about);
  const id = logOf(taskId);
  const params = { path: { id }, header: { 'Idempotency-Key': `${taskId}:${key}` } };
  const level = view?.level && 'renewal' in view.level ? view.level : undefined;
  switch (verb) {
    case 'withdraw-event': {
      const event = view?.events?.findLast(({ state }) => state === 'verified');
      if (!event) return undefined;
      const body = { event: event.id, reason: '监控显示当日对方不在现场，复核后确认该事件不属实。' };
      return client.POST('/cases/{id}/event-withdrawals', { params, body });
    }
    case 'share': {
      if (to === undefined) return undefined;
      const fields = (['events', 'needs', 'visit'] as const).slice(0, 1 + Math.floor(3 * chance('fields')));
      const until = iso(now + (1 + Math.floor(20 * chance('until'))) * day);
      const reason = '当事人同意接受心理疏导，须了解近期事件以便安排上门。';
      return client.POST('/cases/{id}/shares', {
        params,
        body: { to, need: 'counselling', fields: [...fields], until, reason },
      });
    }
    case 'contest': {
      if (!view?.told || !level || level.underReview != null) return undefined;
      const body = { agent, reason: '当天本人不在现场，刀是邻居自己拿出来的，决定依据的事实不对。' };
      return client.POST('/cases/{id}/contests', { params, body });
    }
    case 'ask-right': {
      const ofPerson = { params, words: '请说明并提供本人在此事中的个人信息。' };
      if (isCaseId(id)) return askInCase(client, ofPerson, chance('what') < 0.5);
      const right = pick(asked, chance('right')) ?? 'copy';
      return askInDispute(client, ofPerson, right);
    }
    case 'hold': {
      const until = iso(now + (30 + Math.floor(60 * chance('until'))) * day);
      const reason = '当事人已就定级决定提起行政诉讼，材料须保留至判决生效。';
      return client.POST('/holds/{id}', { params, body: { until, reason } });
    }
    case 'release-hold':
      return client.POST('/holds/{id}/release', {
        params,
        body: { reason: '判决已生效，双方均未上诉，不再需要保留材料。' },
      });
    case 'reopen': {
      const verified = view?.events?.some(({ state }) => state === 'verified') ?? true;
      if (view?.status !== 'closed' || view.endsAs === 'contested' || view.endsAs === 'merged' || !verified)
        return undefined;
      const body = { reason: '双方上月再次争吵，邻居担心重演，请重新评估并安排回访。' };
      return client.POST('/cases/{id}/reopening', { params, body });
    }
    case 'merge':
      return merge(client, params, (others) => pick(others, chance('into')));
    case 'break-glass':
      return client.POST('/cases/{id}/break-glass', {
        params,
        body: { reason: '当事人称今晚要上门，须立即知道住址以便保护受影响人。' },
      });
    case 'tell-agreement': {
      const outcome = chance('kept') < 0.7 ? 'kept' : 'broken';
      return tellAgreement(client, params, view, { outcome, party: 'complainant', agent });
    }
    case 'unmerge':
      return chance('unmerged') < 0.4 ? undefined : unmerge(client, params, view);
  }
}

interface OfPerson {
  readonly params: { readonly path: { readonly id: string }; readonly header: { readonly 'Idempotency-Key': string } };
  readonly words: string;
}

/** It was somebody else, or they want to know why. */
async function askInCase(client: HejieClient, { params, words }: OfPerson, wrong: boolean): Promise<Answered<unknown>> {
  if (!wrong) return client.POST('/matters/{id}/requests', { params, body: { right: 'explain', words, agent } });
  const body = { right: 'correct' as const, what: 'role' as const, words: '被反映的人不是本人，请更正。', agent };
  return client.POST('/matters/{id}/requests', { params, body });
}

/** Whoever asked for help, or may be hurt; where nobody did, nobody asks. */
async function askInDispute(
  client: HejieClient,
  { params, words }: OfPerson,
  right: (typeof asked)[number],
): Promise<Answered<unknown> | undefined> {
  if (!isDisputeId(params.path.id)) return undefined;
  const read = await client.GET('/disputes/{id}', { params: { path: params.path } });
  if (read.error) return read;
  const ref = read.data.people?.find((person) => person.part === 'complainant' && person.ref !== undefined)?.ref;
  if (ref === undefined) return undefined;
  return client.POST('/matters/{id}/requests', { params, body: { right, ref, words, agent } });
}

/** Into another of the area that is further on, or as far. */
async function merge(
  client: HejieClient,
  { path, header }: OfPerson['params'],
  pick: (others: readonly string[]) => string | undefined,
): Promise<Answered<unknown> | undefined> {
  const subject = isCaseId(path.id) ? 'case' : 'dispute';
  const board = await client.GET('/cases', { params: { query: { subject, limit: 100 } } });
  if (board.error) return board;
  const own = board.data.cases.find(({ id }) => id === path.id);
  const fits = board.data.cases.filter(
    ({ id, phase }) => id !== path.id && (own?.phase !== 'level' || phase === 'level'),
  );
  const into = pick(fits.map(({ id }) => id).sort());
  if (own === undefined || into === undefined) return undefined;
  const body = { into, reason: '两份报告登记了不同电话，经走访确认是同一个人。' };
  return subject === 'case'
    ? client.POST('/cases/{id}/merge', { params: { path, header }, body })
    : client.POST('/disputes/{id}/merge', { params: { path, header }, body });
}

/** What a party says of the agreement that is to be looked at. */
async function tellAgreement(
  client: HejieClient,
  { path, header }: OfPerson['params'],
  view: CaseView | undefined,
  body: components['schemas']['AgreementTelling'],
): Promise<Answered<unknown> | undefined> {
  const read = view || isCaseId(path.id) ? undefined : await client.GET('/disputes/{id}', { params: { path } });
  if (read?.error) return read;
  const agreements = view?.agreements ?? read?.data?.dispute.agreements ?? [];
  const made = agreements.find(({ outcome }) => outcome === null);
  return made && client.POST('/agreements/{id}/accounts', { params: { path: { id: made.id }, header }, body });
}

/** What went into another. */
async function unmerge(
  client: HejieClient,
  params: OfPerson['params'],
  view: CaseView | undefined,
): Promise<Answered<unknown> | undefined> {
  const body = { reason: '再次核对身份后确认是两个人，合并有误，应当分开。' };
  if (isCaseId(params.path.id)) {
    return view?.mergedInto === undefined ? undefined : client.POST('/cases/{id}/unmerge', { params, body });
  }
  const read = await client.GET('/disputes/{id}', { params: { path: params.path } });
  if (read.error) return read;
  return read.data.dispute.mergedInto === undefined
    ? undefined
    : client.POST('/disputes/{id}/unmerge', { params, body });
}
