/** What a simulated post says beside its task, as requests of the API's client. Everything in them follows from the seed. */
import { localDate } from '../../shared/calendar/calendar.ts';
import type { components, HejieClient, Problem } from '../../shared/client/index.ts';
import { standsByItself } from '../../shared/domain/state.ts';
import { enquiryQuestions } from '../../shared/domain/words.ts';
import { personOf } from '../people.ts';
import { type AlongVerb, alongVerbs } from './along.ts';
import { gridBelow } from './neighbours.ts';
import { draw, pick } from './random.ts';
import { type CaseView, places } from './says.ts';
import { type Intent, logOf, type Staff } from './staff.ts';
import { isOfWhole, sayOfWhole } from './whole.ts';

const minute = 60_000;
const day = 1440 * minute;

export type BesideIntent = Intent & { readonly verb: AlongVerb };
export const isBeside = (verb: Intent['verb']): verb is AlongVerb => alongVerbs.some((one) => one === verb);
/** What the API answered; a refusal ends the intent. */
export interface Answered<D> {
  readonly data?: D;
  readonly error?: Problem;
  readonly response: Pick<Response, 'status'>;
}

type Dispute = components['schemas']['DisputeReply'];

export interface Saying {
  readonly staff: Staff;
  /** Of whoever says it. */
  readonly client: HejieClient;
  readonly now: number;
  /** Of the case, where somebody looks at it first. */
  readonly view: CaseView | undefined;
  /** That post has its person: nobody is planned for a shift before they hold it. */
  readonly named: (post: string) => Promise<unknown>;
}

/** Undefined: there is nothing to say it about. */
export async function sayBeside(
  { staff, client, now, view, named }: Saying,
  intent: BesideIntent,
): Promise<Answered<unknown> | undefined> {
  const { key, taskId, post, verb, to = '' } = intent;
  if (isOfWhole(verb)) return sayOfWhole({ staff, client, now, view }, { ...intent, verb });
  const chance = (about: string) => draw(staff.seed, taskId, key, post, about);
  const one = <const T extends string>(of: readonly [T, ...T[]], about: string): T => pick(of, chance(about));
  const onTask = { path: { taskId }, header: { 'Idempotency-Key': key } };
  const id = logOf(taskId);
  const onWhole = { path: { id }, header: { 'Idempotency-Key': `${taskId}:${key}` } };
  switch (verb) {
    case 'attempt':
      return client.POST('/tasks/{taskId}/attempt', { params: onTask, body: { note: '已上门，未谈成，约定再谈。' } });
    case 'pause': {
      const waitingFor = one(['party', 'department', 'court', 'appraisal'], 'waiting');
      return client.POST('/tasks/{taskId}/pause', {
        params: onTask,
        body: { waitingFor, note: '等待对方回复后再继续办理。' },
      });
    }
    case 'resume':
      return client.POST('/tasks/{taskId}/resume', { params: onTask, body: {} });
    case 'extend': {
      const tasks = [...(view?.tasks ?? []), ...(view?.help?.tasks ?? [])];
      const due = Date.parse(tasks.find((task) => task.taskId === taskId)?.due ?? '');
      if (Number.isNaN(due)) return undefined;
      const until = new Date(due + (1 + Math.floor(3 * chance('longer'))) * day).toISOString();
      return client.POST('/tasks/{taskId}/extend', {
        params: onTask,
        body: { until, reason: '双方约定过几天再谈一次，还需要一些时间才能办好这件事。' },
      });
    }
    case 'danger':
      return client.POST('/tasks/{taskId}/danger', { params: onTask, body: { facts: ['threat_to_harm'] } });
    case 'keep-contact': {
      const read = await client.GET('/disputes/{id}', { params: { path: { id } } });
      if (read.error) return read;
      const ref = askingIn(read.data);
      if (ref === undefined) return undefined;
      const hours = chance('hours') < 0.5 ? { from: '09:00', to: '11:30' } : {};
      const contact = { channel: 'sms' as const, reach: '13900000000', never: [], ...hours };
      return client.PUT('/disputes/{id}/contacts', { params: onWhole, body: { ref, contact } });
    }
    case 'ask-department': {
      const departments = ['human-resources', 'civil-affairs', 'justice', 'housing', 'health'] as const;
      const body = { department: one(departments, 'department'), question: one(enquiryQuestions, 'question') };
      return client.POST('/disputes/{id}/enquiries', { params: onWhole, body });
    }
    case 'tell-police':
      return client.POST('/disputes/{id}/police-notices', {
        params: onWhole,
        body: { ground: 'may-turn-violent', facts: ['weapon_access'], steps: '已将双方劝离，安排分开调解。' },
      });
    case 'plan-round': {
      const area = gridBelow(staff.city, post);
      if (area === undefined) return undefined;
      const date = localDate(now + (1 + Math.floor(4 * chance('day'))) * day);
      const { header } = onWhole;
      return client.POST('/rounds', { params: { header }, body: { area, day: date, places: [...places] } });
    }
    case 'call-in': {
      await named(to);
      // Begins when nothing else does.
      const from = now + minute / 2;
      const times = { from: new Date(from).toISOString(), to: new Date(from + 8 * 60 * minute).toISOString() };
      const body = { post: to, person: personOf(to), channel: one(['voice', 'sms', 'work-chat'], 'channel'), ...times };
      return client.POST('/roster', { params: { header: onWhole.header }, body });
    }
    case 'order-contact':
      return client.POST('/cases/{id}/protective-contacts', {
        params: onWhole,
        body: { reason: '对方称今晚还要上门，须立即联系受影响人并到场了解情况。' },
      });
    case 'opt-in':
      return client.PUT('/cases/{id}/opt-in', {
        params: onWhole,
        body: { wants: true, alone: true, reason: '已单独与受影响人面谈，其本人愿意在专员陪同下协商。' },
      });
    case 'amend-plan': {
      const events = (view?.events ?? []).filter(standsByItself).map((event) => event.id);
      const measures = (view?.tasks ?? []).filter((task) => task.kind === 'measure').map(({ no }) => no);
      if (events.length === 0) return undefined;
      const withdraw = chance('withdraw') < 0.5 ? measures.slice(0, 1) : [];
      return client.POST('/cases/{id}/plan-amendments', {
        params: onWhole,
        body: {
          reason: '复查发现情况有变，原措施不再合适，改为更需要的帮助。',
          events: events.slice(-20),
          add: [{ kind: one(['counselling', 'legal-aid', 'joint-visit', 'work-and-training'], 'added') }],
          withdraw,
        },
      });
    }
    case 'hand-over':
      return client.POST('/cases/{id}/hand-over', {
        params: onWhole,
        body: { to, reason: '当事人的事务主要由该岗位办理，由其负责整案更为合适。' },
      });
  }
}

/** Who asked for help, or may be hurt. */
const askingIn = ({ people = [] }: Dispute): string | undefined =>
  people.find(({ part, ref }) => part === 'complainant' && ref !== undefined)?.ref;
