import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkers, type Evidence, type Invariant, invariants, violations } from '../../../local/replay/invariants.ts';
import { type Item, type Step, type TheRecord, tell } from '../../../local/replay/record.ts';
import type { City } from '../../../shared/config/city.ts';
import type { Action, Content } from '../../../shared/domain/actions.ts';
import { type Access, accessSchema, type Found, type Link, link } from '../../../shared/domain/audit.ts';
import type { LogId } from '../../../shared/domain/ids.ts';
import type { Grant } from '../../../shared/domain/recalling.ts';
import type { State } from '../../../shared/domain/state.ts';
import { taizhou } from './paper-city.ts';
import { evidenceOf, quarter, replayOnPaper } from './support.ts';

let healthy: Evidence;
beforeAll(async () => {
  healthy = evidenceOf(await replayOnPaper());
});

const withRecord = (evidence: Evidence, change: Partial<TheRecord>): Evidence => ({
  ...evidence,
  told: tell({ ...evidence.told.record, ...change }),
});

const withStates = (evidence: Evidence, change: (state: State) => State): Evidence => ({
  ...evidence,
  told: { ...evidence.told, states: evidence.told.states.map(change) },
});

const withSteps = (evidence: Evidence, change: (state: State) => State): Evidence => {
  const steps = [...evidence.told.steps].map(
    ([id, all]) => [id, all.map((step) => ({ ...step, after: change(step.after) }))] as const,
  );
  return { ...evidence, told: { ...evidence.told, steps: new Map(steps) } };
};

const monday = Date.parse('2026-01-05T09:00:00+08:00');
const contested = {
  ...({ n: 1, at: monday, decision: 1, level: 'yellow', notes: [], agent: false, answered: null } as const),
  ...{ tellAt: null, takenUpAt: null },
};
const granted: Grant = {
  id: 'C-000000000000.share-1',
  to: '331003.county-health',
  by: ['shared'],
  at: monday,
  recalled: null,
  share: { from: '331003001.township-centre', need: 'counselling', fields: ['events'], until: monday * 2 },
};

/** Changes the first log in which an action fits. */
function withLog(
  evidence: Evidence,
  fits: (action: Action) => boolean,
  change: (actions: readonly Action[], at: number) => readonly Action[],
): Evidence {
  const logs = new Map<LogId, readonly Action[]>(evidence.told.record.logs);
  for (const [id, actions] of logs) {
    const at = actions.findIndex(fits);
    if (at < 0) continue;
    logs.set(id, change(actions, at));
    return withRecord(evidence, { logs });
  }
  throw new Error('no such action in the quarter');
}

const withAction = (
  evidence: Evidence,
  fits: (action: Action) => boolean,
  change: (action: Action) => Action,
): Evidence =>
  withLog(evidence, fits, (actions, at) => actions.map((action, i) => (i === at ? change(action) : action)));

/** After the first step that an action fits comes another one. */
function withAnother(evidence: Evidence, fits: (action: Action) => boolean, another: (step: Step) => Step): Evidence {
  const steps = [...evidence.told.steps].map(([id, all]) => {
    const at = all.findIndex(({ action }) => fits(action));
    return [id, all.flatMap((step, i) => (i === at ? [step, another(step)] : [step]))] as const;
  });
  return { ...evidence, told: { ...evidence.told, steps: new Map(steps) } };
}

/** Its time begins with the decision; what it rests on is what it was. */
const longer = (state: State): State => {
  if (state.subject !== 'case' || !state.level) return state;
  const { since, lapses } = state.level;
  return { ...state, level: { ...state.level, since: since + 3_600_000, lapses: lapses + 3_600_000 } };
};

const isKind = (kind: Content['kind']) => (action: Action) => action.content.kind === kind;
const isLevel = ({ content }: Action) =>
  content.kind === 'answered' && content.answer.task === 'decide' && content.answer.decision.level === 'red';
const isYellow = ({ content }: Action) =>
  content.kind === 'answered' && content.answer.task === 'decide' && content.answer.decision.level === 'yellow';
const isSecond = ({ content }: Action) => content.kind === 'answered' && content.answer.task === 'second';
const staffWrites = ({ by, content }: Action) => by.role === 'staff' && content.kind === 'acknowledged';
const isLapse = ({ content }: Action) => content.kind === 'lapsed' && content.task.startsWith('renew');
const without = <T>(all: readonly T[], i: number): T[] => all.filter((_, k) => k !== i);

const withChains = (evidence: Evidence, change: (found: readonly Found[]) => readonly Found[]): Evidence =>
  withRecord(evidence, {
    chains: new Map([...evidence.told.record.chains].map(([chain, found]) => [chain, change(found)])),
  });

/** Written anew with their hashes: the chains verify. */
const withAccesses = (evidence: Evidence, change: (access: Access) => Access): Evidence =>
  withChains(evidence, (found) => {
    const links: Link[] = [];
    for (const { record } of found) {
      const access = change(accessSchema.strip().parse(record));
      links.push(link(String(asItem(record).chain), links.at(-1), access, taizhou.audit.years));
    }
    return links.map((one) => ({ n: one.n, record: one }));
  });

const asItem = (record: unknown) => z.looseObject({}).parse(record);
const phraseOf = ({ secrets }: Evidence): string => `经查：${[...secrets].find((secret) => secret.length > 7)}。`;

const stray = { id: 'stray', kind: 'opened', at: 0, toCitizen: false } as const;
const midnight = Date.parse('2026-01-06T00:30:00+08:00');

const isConsent = ({ content }: Action): boolean => content.kind === 'consented' && content.wants;
const closing = (action: Action): Action => ({ ...action, content: { kind: 'closed' } });

const isAnswer =
  (task: string, outcome?: string) =>
  ({ content }: Action): boolean =>
    content.kind === 'answered' &&
    content.answer.task === task &&
    (outcome === undefined || content.answer.outcome === outcome);

/** What is planted, and which checker must see it. */
const plants: [Invariant, string, (evidence: Evidence) => Evidence][] = [
  [
    '1 one accountable post',
    'a task of nobody',
    (e) =>
      withAction(e, isKind('opened'), (action) => {
        const { content } = action;
        if (content.kind !== 'opened') return action;
        return { ...action, content: { ...content, tasks: content.tasks.map((t) => ({ ...t, owner: 'nobody' })) } };
      }),
  ],
  [
    '1 one accountable post',
    'a worklist that shows another owner',
    (e) => {
      const [first, ...rest] = e.told.record.tasks;
      return withRecord(e, { tasks: first ? [{ ...first, owner: '331000.city-duty' }, ...rest] : [] });
    },
  ],
  [
    '2 no silent deadline',
    'a reminder that never came',
    (e) => withLog(e, isKind('climbed'), (actions, at) => withoutReminder(actions, at)),
  ],
  [
    '2 no silent deadline',
    'a case that nobody looked at after its tasks were opened',
    (e) => withLog(e, isKind('opened'), (actions, at) => actions.slice(0, at + 1)),
  ],
  [
    '3 reported once',
    'the same report twice',
    (e) => withLog(e, isKind('reported'), (actions, at) => [...actions.slice(0, at + 1), ...actions.slice(at)]),
  ],
  [
    '3 reported once',
    'a report that was received and not taken in',
    (e) =>
      withRecord(e, {
        reports: e.told.record.reports.map((report, i) => (i === 0 ? { ...report, pending: true } : report)),
      }),
  ],
  [
    '4 decided first',
    'a level that the machine gave',
    (e) => withAction(e, isLevel, (action) => ({ ...action, by: { role: 'system', person: 'hejie', post: null } })),
  ],
  ['4 decided first', 'a level without a reason', (e) => withAction(e, isLevel, ({ note: _, ...action }) => action)],
  [
    '4 decided first',
    'a second decision by the first person',
    (e) =>
      withLog(e, isSecond, (actions, at) => {
        const first = actions.slice(0, at).findLast(isLevel);
        return actions.map((action, i) => (i === at && first ? { ...action, by: first.by } : action));
      }),
  ],
  [
    '4 decided first',
    'measures before any decision',
    (e) =>
      withAction(e, isKind('opened'), (action) => {
        const { content } = action;
        if (content.kind !== 'opened') return action;
        return {
          ...action,
          content: { ...content, tasks: content.tasks.map((t) => ({ ...t, kind: 'measure' as const })) },
        };
      }),
  ],
  ['5 notices', 'a message that never left', (e) => ({ ...e, messages: without(e.messages, 3) })],
  [
    '5 notices',
    'a message twice without a crash',
    (e) => ({ ...e, messages: [...e.messages, ...e.messages.slice(0, 1)] }),
  ],
  [
    '5 notices',
    'a message that nobody decided on',
    (e) => ({ ...e, messages: [...e.messages, { ...stray, text: '' }] }),
  ],
  [
    '6 driven after a crash',
    'an open case that nothing drives',
    (e) => ({ ...e, executions: without(e.executions, 0) }),
  ],
  ['7 complete history', 'a changed action', (e) => withAction(e, isKind('answered'), (a) => ({ ...a, at: a.at + 1 }))],
  ['7 complete history', 'a missing action', (e) => withLog(e, isKind('reminded'), without)],
  [
    '7 complete history',
    'a head that is not the fold',
    (e) => withRecord(e, { heads: e.told.record.heads.map((head, i) => (i === 0 ? { ...head, state: {} } : head)) }),
  ],
  [
    '8 within the post',
    'a post that acknowledges what is not its own',
    (e) =>
      withAction(e, staffWrites, (action) => ({
        ...action,
        by: { role: 'staff', person: 'x', post: '331024.county-housing' },
      })),
  ],
  [
    '8 within the post',
    'somebody who acts for a post that is not theirs',
    (e) =>
      withAction(e, staffWrites, (action) => ({
        ...action,
        by: { role: 'staff', person: 'x', post: action.by.post ?? '' },
      })),
  ],
  [
    '8 within the post',
    'a reader from another county',
    (e) => withAccesses(e, (access) => ({ ...access, post: '331024.county-housing' })),
  ],
  [
    '8 within the post',
    'a name shown before the threshold',
    (e) => withAccesses(e, (access) => ({ ...access, fields: [...access.fields, 'parties', 'affected'] })),
  ],
  [
    '8 within the post',
    'a refusal of whoever works with it',
    (e) => withAccesses(e, (access) => ({ ...access, outcome: 'denied', fields: [], why: 'not-permitted' })),
  ],
  [
    '8 every access',
    'a read that is not in the log',
    (e) => {
      const [[person, reads] = ['nobody', 0]] = Object.entries(e.reads);
      return { ...e, reads: { ...e.reads, [person]: reads + 1 } };
    },
  ],
  ['8 every access', 'a read in the log that nobody made', (e) => ({ ...e, reads: {} })],
  [
    '8 every access',
    'an access that was changed',
    (e) => withChains(e, (found) => found.map(({ n, record }) => ({ n, record: { ...asItem(record), post: null } }))),
  ],
  ['8 every access', 'a chain whose end is cut off', (e) => withChains(e, () => [])],
  [
    '9 every level ends',
    'a level for a year',
    (e) =>
      withAction(e, isLevel, (action) => {
        const { content } = action;
        if (content.kind !== 'answered' || content.answer.task !== 'decide') return action;
        const decision = { ...content.answer.decision, lapses: action.at + 365 * 86_400_000 };
        return { ...action, content: { ...content, answer: { ...content.answer, decision } } };
      }),
  ],
  [
    '9 every level ends',
    'a level that lapsed with one reminder',
    (e) =>
      withLog(e, isLapse, (actions, at) =>
        without(
          actions,
          actions.slice(0, at).findLastIndex(({ content }) => content.kind === 'warned' && /^renew/.test(content.task)),
        ),
      ),
  ],
  [
    '9 every level ends',
    'a level that is decided on again for longer, and nothing newer is known',
    (e) => withAnother(e, isYellow, (step) => ({ ...step, before: step.after, after: longer(step.after) })),
  ],
  ['9 every level ends', 'a level past its end', (e) => withLog(e, isLevel, (actions, at) => actions.slice(0, at + 1))],
  [
    'both want mediation',
    'an agreement after which one party’s wish is taken out of the record',
    (e) =>
      withLog(
        e,
        (action) => isConsent(action),
        (actions, at) => without(actions, at),
      ),
  ],
  [
    'affected person first',
    'a person concerned who was told before the affected person',
    (e) => withLog(e, isAnswer('forewarn'), (actions, at) => without(actions, at)),
  ],
  [
    'safety plans kept',
    'a safety plan that goes with a task of another kind',
    (e) =>
      withLog(e, isAnswer('safety-plan', 'ended'), (actions, at) =>
        actions.map((action, i) => (i === at ? closing(action) : action)),
      ),
  ],
  [
    'citizens sleep',
    'a message at midnight',
    (e) => ({
      ...e,
      messages: [...e.messages, { ...stray, kind: undefined, text: '', at: midnight, toCitizen: true }],
    }),
  ],
  ['nothing repaired', 'a repair in a city without a crash', (e) => ({ ...e, repairs: 1 })],
  [
    'contests answered',
    'a contest of January that nobody answered, of a level that stands',
    (e) => withStates(e, (state) => (state.subject === 'case' ? { ...state, contests: [contested] } : state)),
  ],
  [
    'shares shut',
    'a share of a case that has no level any more',
    (e) =>
      withSteps(e, (state) =>
        state.subject === 'case' && state.level === null ? { ...state, grants: [granted] } : state,
      ),
  ],
  [
    'merges lose nothing',
    'a case that went into one which never took it in',
    (e) =>
      withStates(e, (state) =>
        state.subject === 'case' ? { ...state, merged: { into: 'C-000000000000', resting: state } } : state,
      ),
  ],
  [
    'forgotten in time',
    'words of somebody whose log is gone',
    (e) => withRecord(e, { items: [...e.told.record.items, { pk: 'D#D-000000000000', sk: 'TEXT#police/1' }] }),
  ],
  ['forgotten in time', 'a city that forgets nobody for two years', (e) => ({ ...e, now: e.now + 730 * 86_400_000 })],
  [
    'red ends',
    'a red on which nobody decides anew, and a level 45 days later',
    (e) => withLog(e, isLevel, (actions, at) => actions.slice(0, at + 1)),
  ],
  [
    'recalled is asked for',
    'something called back that nobody asks for',
    (e) => withSteps(e, (state) => ({ ...state, grants: [{ ...granted, recalled: 'resolved' as const }] })),
  ],
  [
    'check-ins end',
    'a resolution with other check-ins than the city has',
    (e) => ({ ...e, city: { ...e.city, levels: withCheckIns(e.city.levels, [1, 2]) } }),
  ],
  [
    'holds end',
    'a hold for two years',
    (e) =>
      withStep(e, (step) => ({
        ...step,
        action: { ...step.action, content: { kind: 'held', until: step.action.at + 730 * 86_400_000, since: 0 } },
      })),
  ],
  [
    'months add up',
    'an action that did not count',
    (e) => withRecord(e, { items: e.told.record.items.filter(isOther('M#')) }),
  ],
  [
    'months add up',
    'something counted twice',
    (e) =>
      withRecord(e, {
        items: e.told.record.items.flatMap((item) =>
          isOther('M#')(item) ? [item] : [item, { ...item, sk: `${String(item.sk)}1` }],
        ),
      }),
  ],
  [
    'switch holds',
    'levels that were decided while the switch was off',
    (e) =>
      withRecord(e, {
        items: [...e.told.record.items, { pk: 'S#', sk: 'V#1', turn: { at: monday - 86_400_000, state: 'stopped' } }],
      }),
  ],
  [
    '10 nobody named',
    'a name in a message',
    (e) => ({ ...e, messages: [{ ...stray, kind: undefined, text: `请联系${[...e.secrets][0]}` }] }),
  ],
  [
    '10 nobody named',
    'words of a report beside the log',
    (e) => withRecord(e, { items: [...e.told.record.items, { pk: 'C#C-1', sk: 'NOTE#1', text: phraseOf(e) }] }),
  ],
  [
    '10 nobody named',
    'an item of a kind that nobody knows',
    (e) => withRecord(e, { items: [...e.told.record.items, { pk: 'X#1', sk: 'A' }] }),
  ],
  [
    '10 nobody named',
    'a phone in a log line',
    (e) => ({ ...e, loose: [{ where: 'a log', text: 'call 13800000000 now' }] }),
  ],
  ['10 nobody named', 'a colour in a notice', (e) => ({ ...e, messages: [{ ...stray, text: '红色任务' }] })],
];

const isOther =
  (pk: string) =>
  (item: Item): boolean =>
    !String(item.pk).startsWith(pk);

const withCheckIns = (all: City['levels'], checkIns: number[]): City['levels'] => ({
  yellow: { ...all.yellow, checkIns },
  orange: { ...all.orange, checkIns },
  red: { ...all.red, checkIns },
});

/** The first step of every log changed. */
const withStep = (evidence: Evidence, change: (step: Step) => Step): Evidence => ({
  ...evidence,
  told: {
    ...evidence.told,
    steps: new Map(
      [...evidence.told.steps].map(([id, all]) => [id, all.map((one, i) => (i === 0 ? change(one) : one))]),
    ),
  },
});

/** Without the last reminder before the climb. */
function withoutReminder(actions: readonly Action[], at: number): readonly Action[] {
  const reminder = actions.slice(0, at).findLastIndex(isKind('reminded'));
  return without(actions, reminder);
}

describe('what must always be true', () => {
  it('holds in a healthy quarter, of which people are named in the reports', () => {
    expect(violations(invariants(healthy))).toEqual([]);
    expect(healthy.secrets.size).toBeGreaterThan(0);
    expect(quarter.length).toBeGreaterThan(100);
  });

  it.each(plants)('%s: %s is found', (name, _, plant) => {
    expect(checkers[name](healthy).violated).toEqual([]);
    expect(checkers[name](plant(healthy)).violated).not.toEqual([]);
  });

  it('every checker has something planted', () => {
    expect(new Set(plants.map(([name]) => name))).toEqual(new Set(Object.keys(checkers)));
  });

  it('a repeated message after a kill is what may happen', () => {
    const repeated = { ...healthy, kills: 1, messages: [...healthy.messages, ...healthy.messages.slice(0, 1)] };
    expect(checkers['5 notices'](repeated).violated).toEqual([]);
  });
});
