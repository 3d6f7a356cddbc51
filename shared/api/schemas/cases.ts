/** Cases and disputes as the API shows them: every part beyond the id is there only where the matrix grants its field. */
import { z } from 'zod';
import { factTypes } from '../../domain/facts.ts';
import { parts as partsOfDispute } from '../../domain/report.ts';
import { phases } from '../../domain/who-may/matrix.ts';
import { channels, levels, measureKinds, taskKinds } from '../../domain/words.ts';
import { areaCode, caseId, disputeId, disputeType, instant, next, personId, postId, taskId } from './common.ts';

const colour = z.enum(levels).meta({ id: 'Level', description: 'Set by people; ends by itself' });
const factType = z.enum(factTypes).meta({ id: 'FactType', description: 'From the closed catalogue' });
const measureKind = z.enum(measureKinds).meta({ id: 'MeasureKind', description: 'Help only' });
const taskKind = z.enum(taskKinds).meta({ id: 'TaskKind', description: 'Kind of human work' });
const phase = z
  .enum(Object.keys(phases) as [keyof typeof phases])
  .meta({ id: 'Phase', description: 'Where it stands, for who may see what' });
const post = z.string().describe('A post: <area code>.<duty>');

const taskView = z
  .strictObject({
    taskId,
    no: z.string().describe('Kind and number within its case or dispute'),
    kind: taskKind,
    measure: measureKind.nullable(),
    event: z.string().nullable().describe('The event that it is about'),
    level: colour.nullable().describe('By the clocks of which level it runs; null also where that may not be seen'),
    owner: post.describe('The accountable post'),
    openedAt: instant,
    from: instant,
    begun: z.boolean().describe('Its window is open'),
    acknowledgedAt: instant.nullable(),
    acknowledgeBy: instant.nullable().describe('Until when it is to be acknowledged; then it climbs'),
    due: instant.describe('Until when it is to be answered; then it climbs, or its level lapses'),
    climbs: z.int().nonnegative().describe('How many tiers it has climbed'),
    handOff: z
      .strictObject({ id: z.string(), to: post, until: instant })
      .nullable()
      .describe('Offered to another post: the owner stays accountable until that one accepts'),
  })
  .meta({ id: 'Task', description: 'Human work with clocks, for which exactly one post is accountable' });

const fact = z.strictObject({
  type: factType,
  value: z.number().optional(),
  negated: z.literal(true).optional(),
  hearsay: z.literal(true).optional(),
});

const shared = {
  status: z.string().optional(),
  phase: phase.optional(),
  area: areaCode.optional(),
  disputeType: disputeType.optional(),
  owner: post.optional().describe('The post accountable for the whole'),
  openedAt: instant.optional(),
  changedAt: instant.optional(),
  tasks: z.array(taskView).optional(),
  help: z
    .strictObject({ tasks: z.array(taskView) })
    .optional()
    .describe('Tasks of hardship relief, counselling, crisis help'),
};

const caseView = z
  .strictObject({
    id: caseId,
    ...shared,
    disputes: z.array(disputeId).optional(),
    level: z
      .union([
        z.strictObject({
          colour,
          since: instant,
          lapses: instant,
          awaitsSecondTo: z.string().nullable(),
          afterRed: z.boolean(),
          renewed: z.boolean(),
          decidedBy: z.int().nullable(),
        }),
        z.strictObject({ colour: z.null(), resolvedAs: colour, resolvedAt: instant }),
      ])
      .nullable()
      .optional(),
    safetyPlan: z.boolean().optional(),
    told: z.boolean().optional().describe('The person concerned has been told'),
    events: z
      .array(
        z.strictObject({
          id: z.string(),
          at: instant,
          receivedAt: instant.optional(),
          state: z.enum(['unverified', 'verified', 'withdrawn']),
          channel: z.enum(channels).optional(),
          facts: z.array(fact),
        }),
      )
      .optional(),
    assessment: z
      .strictObject({ proposal: z.enum(['none', ...levels]), trend: z.string(), note: z.string() })
      .nullable()
      .optional(),
    plan: z
      .strictObject({
        waiting: z.array(z.strictObject({ kind: measureKind, owner: post })),
        done: z.int().nonnegative().optional(),
      })
      .nullable()
      .optional(),
    needs: z.strictObject({ facts: z.array(factType), measures: z.array(measureKind) }).optional(),
    danger: z.array(factType).optional(),
    visit: z.string().nullable().optional().describe('How to come, not why'),
  })
  .meta({ id: 'Case', description: 'One person of concern; only the granted fields are there' });

const disputeView = z
  .strictObject({ id: disputeId, ...shared, outcomes: z.array(z.string()).optional() })
  .meta({ id: 'Dispute', description: 'A dispute; only the granted fields are there' });

const personView = z
  .strictObject({
    dispute: disputeId,
    ref: z
      .string()
      .optional()
      .describe('Which person in role: for an erasure; not for whoever was reported: it names the channel'),
    part: z.enum(partsOfDispute).describe('What the person is in the dispute'),
    name: z.string().optional(),
    idNumber: z.string().optional(),
    phone: z.string().optional(),
    bornOn: z.string().optional(),
    address: z.string().optional(),
    erased: z.literal(true).optional().describe('Erased: nothing else is there any more'),
  })
  .meta({ id: 'PersonInRole', description: 'Somebody in a dispute, in one role' });

const wordsView = z
  .strictObject({
    dispute: disputeId,
    report: z.string(),
    source: z.string().optional(),
    text: z.string().optional().describe('Words on needs are masked by ■ for whoever may not see needs'),
    erased: z.literal(true).optional(),
  })
  .meta({ id: 'Words', description: 'What a report said' });

const withPeople = {
  people: z.array(personView).optional(),
  words: z.array(wordsView).optional(),
};

export const caseReply = z
  .strictObject({ case: caseView, ...withPeople })
  .meta({ id: 'CaseReply', description: 'A case and, where granted, who is in its disputes' });
export const disputeReply = z
  .strictObject({ dispute: disputeView, ...withPeople })
  .meta({ id: 'DisputeReply', description: 'A dispute and, where granted, who is in it' });
export const affectedReply = z
  .strictObject({ dispute: disputeId, people: z.array(personView) })
  .meta({ id: 'AffectedReply', description: 'The affected person and children, under keys and a view of their own' });

export const dangerNote = z
  .strictObject({
    id: caseId,
    danger: z.array(factType).describe('Weapons and threats that were reported and not withdrawn'),
    addresses: z.array(z.string()).describe('Where those in it live, without names'),
    visit: z.string().nullable().describe('How to come, not why'),
    logged: z
      .enum(['before', 'afterwards'])
      .describe('afterwards: the audit could be written nowhere, it is logged as break-glass'),
  })
  .meta({ id: 'DangerNote', description: 'What whoever comes must know: no name' });

const entry = z
  .union([
    z.strictObject({ n: z.int().positive(), at: instant.optional(), withheld: z.literal(true) }),
    z.strictObject({
      n: z.int().positive(),
      at: instant,
      kind: z.string(),
      post: z.string().nullable(),
      person: personId.optional(),
      task: z.string().optional(),
      tasks: z.array(z.strictObject({ kind: taskKind, owner: post, due: instant })).optional(),
      outcome: z.string().optional(),
      to: z.string().optional(),
      tier: z.string().optional(),
      level: colour.nullable().optional(),
      choice: z.string().optional(),
      events: z.array(z.string()).optional(),
      model: z.string().optional(),
      inputHash: z.string().optional(),
      proposal: z.enum(['none', ...levels]).optional(),
      points: z.number().optional(),
      note: z.string().optional(),
    }),
  ])
  .meta({ id: 'HistoryEntry', description: 'One numbered action; what is not for the reader keeps its number' });

export const historyReply = z
  .strictObject({ id: z.string(), actions: z.array(entry), next })
  .meta({ id: 'History', description: 'The numbered actions, oldest first' });

const boardLine = z
  .strictObject({
    id: z.string(),
    subject: z.enum(['case', 'dispute']),
    status: z.string(),
    phase,
    owner: post,
    area: areaCode,
    disputeType,
    openedAt: instant,
    changedAt: instant,
    level: colour.nullable().optional(),
  })
  .meta({
    id: 'BoardLine',
    description: 'An open case or dispute, by place and by when it was opened; nobody is ranked',
  });
export const boardReply = z
  .strictObject({ cases: z.array(boardLine), next })
  .meta({ id: 'Board', description: 'Open cases and disputes' });

const taskLine = z
  .strictObject({
    taskId,
    kind: taskKind,
    owner: postId,
    due: instant.describe('The next timer; of the overdue: the end of the present window'),
    climbs: z.int().nonnegative(),
  })
  .meta({ id: 'TaskLine', description: 'An open task' });
export const tasksReply = z
  .strictObject({ tasks: z.array(taskLine), next })
  .meta({ id: 'Tasks', description: 'Open tasks, the next due first' });

export const matterLine = z
  .strictObject({ dispute: disputeId, case: caseId.optional(), part: z.enum(partsOfDispute) })
  .meta({ id: 'Matter', description: 'A dispute that the person takes part in' });

const cell = z
  .strictObject({
    value: z.string(),
    count: z.int().nullable().describe('null: fewer than ten, or one that would tell them'),
  })
  .meta({ id: 'Cell', description: 'A count, suppressed where small' });
export const statisticsReply = z
  .strictObject({
    area: areaCode,
    at: instant,
    tables: z.array(z.strictObject({ name: z.string(), cells: z.array(cell) })),
  })
  .meta({ id: 'Statistics', description: 'Counts of what is open, small cells suppressed' });
