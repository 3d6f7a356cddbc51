/** Cases and disputes as the API shows them: every part beyond the id is there only where the matrix grants its field. */
import * as z from 'zod';
import { deferralGrounds, pauseReasons } from '../../domain/actions.ts';
import { contactSchema } from '../../domain/citizen-notices.ts';
import { factTypes } from '../../domain/facts.ts';
import { renewals } from '../../domain/level-end.ts';
import { noticeParts } from '../../domain/notice-text.ts';
import { noticeGrounds } from '../../domain/police-notice.ts';
import { parts as partsOfDispute } from '../../domain/report.ts';
import { closedAs, eventStates } from '../../domain/state.ts';
import { phases } from '../../domain/who-may/matrix.ts';
import {
  agreementOutcomes,
  channels,
  enquiryOutcomes,
  enquiryQuestions,
  levels,
  measureKinds,
  referralKinds,
  sides,
  taskKinds,
  toldOutcomes,
  urgencies,
} from '../../domain/words.ts';
import {
  agreementId,
  areaCode,
  caseId,
  disputeId,
  disputeType,
  instant,
  name,
  next,
  personId,
  postId,
  referralId,
  roundId,
  taskId,
} from './common.ts';

const colour = z.enum(levels).meta({ id: 'Level', description: 'Set by people; ends by itself' });
const factType = z.enum(factTypes).meta({ id: 'FactType', description: 'From the closed catalogue' });
const measureKind = z.enum(measureKinds).meta({ id: 'MeasureKind', description: 'Help only' });
const taskKind = z.enum(taskKinds).meta({ id: 'TaskKind', description: 'Kind of human work' });
const eventState = z
  .enum(eventStates)
  .meta({ id: 'EventState', description: 'duplicate: another telling of an event beside it, counted there' });
const occurredAt = instant.nullable().describe('When it happened; null: nobody has said');
const phase = z
  .enum(Object.keys(phases) as [keyof typeof phases])
  .meta({ id: 'Phase', description: 'Where it stands, for who may see what' });
const post = z.string().describe('A post: <area code>.<duty>');

const statute = z
  .strictObject({ zh: z.string(), en: z.string(), limit: name, law: name, article: z.string() })
  .meta({ id: 'Statute', description: 'What the law gives how much time for: information' });

export const legalRoute = z
  .strictObject({
    zh: z.string(),
    en: z.string(),
    law: z.string(),
    clocks: z.array(statute).optional().describe('How long it takes by law'),
  })
  .meta({ id: 'LegalRoute', description: 'Where somebody can go when mediation settles nothing' });

const taskView = z
  .strictObject({
    taskId,
    no: z.string().describe('Kind and number within its case or dispute'),
    kind: taskKind,
    measure: measureKind.nullable(),
    event: z.string().nullable().describe('The event that it is about'),
    about: z
      .string()
      .nullable()
      .describe(
        'Of what the county assigns: the task, or `case`; of a case offered as a whole: by which post; of an agreement: its number',
      ),
    level: colour.nullable().describe('By the clocks of which level it runs; null also where that may not be seen'),
    owner: post.describe('The accountable post'),
    joining: post.nullable().describe('A post that takes part: it acknowledges too and may report danger'),
    joinedAt: instant.nullable().describe('When that post acknowledged'),
    takenBy: personId.nullable().describe('Named for a mandatory report: who acknowledged it, and alone answers'),
    openedAt: instant,
    from: instant,
    begun: z.boolean().describe('Its window is open'),
    acknowledgedAt: instant.nullable(),
    acknowledgeBy: instant.nullable().describe('Until when it is to be acknowledged; then it climbs'),
    actedAt: instant.nullable().describe('When something was first done about it'),
    actBy: instant.nullable().describe('Until when something must have been done about it; then it climbs'),
    paused: z
      .strictObject({ since: instant, waitingFor: z.enum(pauseReasons) })
      .nullable()
      .describe('Its clocks stand still while others have to act'),
    extensions: z.int().nonnegative().describe('How often its end was put off'),
    mediator: z.string().nullable().describe('Whom the parties chose'),
    consents: z.array(z.enum(sides)).describe('Of a mediation: who has said that they want it'),
    due: instant.describe('Until when it is to be answered; then it climbs, or its level lapses'),
    statutory: z
      .strictObject({
        zh: z.string(),
        en: z.string(),
        article: z.string(),
        due: instant.describe('When the time that the law gives is over; never later than that'),
        longer: z.boolean().describe('Put off as the law allows: by agreement, or once with reasons'),
        others: z.array(statute).describe('Clocks of law that follow from it: a court’s, a review’s'),
      })
      .optional()
      .describe('The clock of law beside the city’s preset; absent: there is none'),
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
  heldUntil: instant.nullable().optional().describe('Legal hold: kept until then, whatever its time'),
  agreements: z
    .array(
      z.strictObject({
        id: agreementId,
        on: instant,
        outcome: z.enum(agreementOutcomes).nullable(),
        said: z
          .partialRecord(z.enum(sides), z.enum(toldOutcomes))
          .optional()
          .describe('What the parties themselves said of it, for whoever looks at it'),
      }),
    )
    .optional()
    .describe('What parties agreed on, and what became of it; null: not looked at yet'),
  mergedInto: z.union([caseId, disputeId]).optional().describe('It went into that one, with all that it was'),
  absorbed: z
    .array(z.union([caseId, disputeId]))
    .optional()
    .describe('What went into this one'),
  tasks: z.array(taskView).optional(),
  help: z
    .strictObject({ tasks: z.array(taskView) })
    .optional()
    .describe('Tasks of hardship relief, counselling, crisis help'),
};

const enquiries = z
  .array(
    z.strictObject({
      task: z.string(),
      department: z.string(),
      question: z.enum(enquiryQuestions),
      outcome: z.enum(enquiryOutcomes).nullable().describe('null: not answered yet'),
    }),
  )
  .optional()
  .describe('Department enquiries: no events, and no points');

const caseView = z
  .strictObject({
    id: caseId,
    ...shared,
    disputes: z.array(disputeId).optional(),
    endsAs: z.enum(closedAs).nullable().optional().describe('How it ended, or is ending'),
    level: z
      .union([
        z.strictObject({
          colour,
          since: instant,
          lapses: instant,
          awaitsSecondTo: z.string().nullable(),
          afterRed: z.boolean(),
          renewed: z.boolean(),
          renewal: z.enum(renewals).describe('Who may renew it on the same events'),
          decidedBy: z.int().nullable(),
          underReview: instant.nullable().describe('Since when it is contested; it goes on meanwhile'),
        }),
        z.strictObject({ colour: z.null(), resolvedAt: instant }),
      ])
      .nullable()
      .optional(),
    safetyPlan: z.boolean().optional(),
    told: z.boolean().optional().describe('The person concerned has been told'),
    checkIns: z
      .array(z.strictObject({ no: z.string(), from: instant, begun: z.boolean() }))
      .optional()
      .describe('For the person concerned: when somebody will ask how things are; each may be declined'),
    deferral: z
      .strictObject({
        ground: z.enum(deferralGrounds),
        until: instant,
        agreed: z.boolean().describe('A second person has agreed'),
      })
      .nullable()
      .optional()
      .describe('The notice to the person concerned is put off; never shown to them'),
    affectedFirst: z
      .boolean()
      .optional()
      .describe('Telling the person concerned may put somebody in danger: that person is told before'),
    tellFrom: instant
      .nullable()
      .optional()
      .describe('The affected person was told before: the notice may go out from then on'),
    events: z
      .array(
        z.strictObject({
          id: z.string(),
          occurredAt,
          reportedAt: instant.optional(),
          receivedAt: instant.optional(),
          state: eventState,
          sameAs: z.string().optional().describe('The event that this is another telling of'),
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
        waiting: z.array(
          z.strictObject({
            kind: measureKind,
            owner: post.nullable().describe('null: the county assigns it'),
            due: instant.optional(),
            mediator: z.string().optional(),
          }),
        ),
        done: z.int().nonnegative().optional(),
      })
      .nullable()
      .optional(),
    agreed: z
      .array(z.strictObject({ kind: measureKind, owner: post.nullable() }))
      .optional()
      .describe('What talks agreed on and no plan holds yet'),
    shared: z
      .array(z.strictObject({ to: post, need: measureKind, fields: z.array(z.string()), until: instant }))
      .optional()
      .describe('With whom part of it is shared, for which help, until when'),
    needs: z.strictObject({ facts: z.array(factType), measures: z.array(measureKind) }).optional(),
    danger: z.array(factType).optional(),
    visit: z.string().nullable().optional().describe('How to come, not why'),
    enquiries,
  })
  .meta({ id: 'Case', description: 'One person of concern; only the granted fields are there' });

const notices = z
  .array(z.strictObject({ ground: z.enum(noticeGrounds), facts: z.array(factType), task: taskView }))
  .optional()
  .describe('What the police are told: the ground and the danger, nothing else');

const disputeView = z
  .strictObject({ id: disputeId, ...shared, outcomes: z.array(z.string()).optional(), enquiries, notices })
  .meta({ id: 'Dispute', description: 'A dispute; only the granted fields are there' });

const referralView = z
  .strictObject({
    id: referralId,
    ...shared,
    outcomes: z.array(z.string()).optional(),
    wanted: z.array(z.enum(referralKinds)).optional().describe('Help that is wanted and not yet answered'),
  })
  .meta({ id: 'Referral', description: 'Help without a dispute; only the granted fields are there' });

export const roundReply = z
  .strictObject({
    round: z
      .strictObject({
        id: roundId,
        ...shared,
        outcomes: z.array(z.string()).optional(),
        day: z.iso.date().optional(),
        places: z.array(z.string()).optional(),
        found: z.array(z.string()).optional().describe('Places where a dispute was found'),
      })
      .meta({ id: 'Round', description: 'Places to look at on a day, never persons' }),
  })
  .meta({ id: 'RoundReply', description: 'A grid round' });

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
    contact: contactSchema.optional().describe('How they may safely be reached'),
    erased: z.literal(true).optional().describe('Erased: nothing else is there any more'),
  })
  .meta({ id: 'PersonInRole', description: 'Somebody in a dispute, in one role' });

const wordsView = z
  .strictObject({
    dispute: disputeId,
    report: z.string(),
    source: z.string().optional(),
    text: z.string().optional().describe('Words on needs are masked by ■ for whoever may not see needs'),
    agreement: z.string().optional().describe('What both sides agreed on, where it was settled on the spot'),
    erased: z.literal(true).optional(),
  })
  .meta({ id: 'Words', description: 'What a report said' });

const withPeople = {
  people: z.array(personView).optional(),
  words: z.array(wordsView).optional(),
};

const notice = z
  .array(z.strictObject({ part: z.enum(noticeParts), zh: z.string(), en: z.string() }))
  .meta({ id: 'NoticeText', description: 'What the person concerned is told (PIPL 17); nobody else is named' });
export const noticeReply = z
  .strictObject({ id: caseId, notice })
  .meta({ id: 'Notice', description: 'The notice to the person concerned' });

export const caseReply = z
  .strictObject({ case: caseView, ...withPeople, notice: notice.optional() })
  .meta({ id: 'CaseReply', description: 'A case and, where granted, who is in its disputes' });
export const disputeReply = z
  .strictObject({ dispute: disputeView, ...withPeople })
  .meta({ id: 'DisputeReply', description: 'A dispute and, where granted, who is in it' });
export const referralReply = z
  .strictObject({
    referral: referralView,
    people: z.array(personView.omit({ dispute: true })).optional(),
    words: z.array(wordsView.omit({ dispute: true })).optional(),
  })
  .meta({ id: 'ReferralReply', description: 'A referral and, where granted, who is in it' });
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

export const agendaReply = z
  .strictObject({
    taskId,
    owner: post.describe('Accountable for the talk'),
    due: instant,
    departments: z.array(z.string()).describe('Who is asked to it: a post would tell the place'),
    area: areaCode.describe('The township: a smaller place would tell who is meant'),
    disputeType,
    events: z.array(
      z.strictObject({
        id: z.string(),
        occurredAt,
        state: eventState,
        facts: z.array(fact),
      }),
    ),
    assessment: z
      .strictObject({ proposal: z.enum(['none', ...levels]), trend: z.string(), note: z.string() })
      .nullable(),
    needs: z.int().nonnegative().optional().describe('How many needs are known, never which; not for the police'),
    tasks: z.array(z.strictObject({ kind: taskKind, due: instant })),
  })
  .meta({ id: 'Agenda', description: 'What a talk of several departments is about: nobody is named' });

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
      asked: taskKind.optional().describe('Work that was asked for'),
      party: z.enum(sides).optional().describe('Whose wish about a mediation'),
      wants: z.boolean().optional(),
      routes: z.array(legalRoute).optional().describe('Where else the parties can go'),
      withdrawn: z.array(z.string()).optional().describe('Tasks that a changed plan ended'),
      present: z.array(post).optional().describe('Posts that took part in a talk'),
      to: z.string().optional(),
      other: z.string().optional().describe('Of a merge or its undoing: the other case or dispute'),
      tier: z.string().optional(),
      waitingFor: z.enum(pauseReasons).optional(),
      due: instant.optional(),
      beyondLaw: z
        .enum(['agreement', 'reasons'])
        .optional()
        .describe('Put off beyond the law’s end: both parties agree, or once with reasons'),
      occurredAt: instant.optional().describe('When it happened: as told, or as whoever looked at it found'),
      sameAs: z.string().optional().describe('The event that it is another telling of, as whoever looked at it found'),
      reportedAt: instant.optional(),
      level: colour.nullable().optional(),
      choice: z.string().optional(),
      deferral: z.strictObject({ ground: z.enum(deferralGrounds), until: instant }).optional(),
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
    subject: z.enum(['case', 'dispute', 'referral', 'round']),
    status: z.string(),
    phase,
    owner: post,
    area: areaCode,
    disputeType,
    openedAt: instant,
    changedAt: instant,
    level: colour.nullable().optional().describe('null also where yellow or orange is under review'),
    underReview: z.boolean().optional().describe('A contest of the level is open'),
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
    urgency: z.enum(urgencies).nullable().describe('How soon somebody must look; over with its task'),
    climbs: z.int().nonnegative(),
  })
  .meta({ id: 'TaskLine', description: 'An open task' });
export const tasksReply = z
  .strictObject({ tasks: z.array(taskLine), next })
  .meta({ id: 'Tasks', description: 'Open tasks, the most urgent first, then the next due' });

export const matterLine = z
  .strictObject({
    dispute: disputeId.optional(),
    case: caseId.optional(),
    referral: referralId.optional().describe('Instead of a dispute: help that the person asked for'),
    part: z.enum(partsOfDispute),
    requests: z
      .array(
        z.strictObject({
          about: z.enum(['contest', 'correction', 'right']),
          at: instant,
          takenUpAt: instant.nullable().describe('When somebody first took it up'),
          answerBy: instant.nullable(),
          outcome: z.string().nullable(),
          answeredAt: instant.nullable(),
        }),
      )
      .optional()
      .describe('What the person asked for; absent: nothing'),
    agreements: z
      .array(z.strictObject({ id: agreementId, on: instant, asked: z.boolean() }))
      .optional()
      .describe(
        'What the person is a party to; asked: somebody is to look whether it was kept, and they may say; absent: nothing',
      ),
  })
  .meta({ id: 'Matter', description: 'A dispute that the person takes part in' });

export const cell = z
  .strictObject({
    value: z.string(),
    count: z.int().nullable().describe('null: fewer than ten, or one that would tell them'),
  })
  .meta({ id: 'Cell', description: 'A count, suppressed where small' });
export const statisticsReply = z
  .strictObject({
    area: areaCode,
    at: instant,
    month: z.string().describe('The month whose decisions are counted'),
    tables: z.array(z.strictObject({ name: z.string(), cells: z.array(cell) })),
  })
  .meta({ id: 'Statistics', description: 'Counts of what is open, small cells suppressed' });
