/** Which actions are allowed in which state: one table, used by every command; a refusal names the state and what is allowed. */
import { ActionRefused, type HejieError, NotYours, RecordBusy, Superseded } from '../errors.ts';
import type { ActionKind, Answer, AnswerTo, By, Content, Draft, Want } from './actions.ts';
import { checkApart, checkContested } from './contesting.ts';
import { checkCited } from './deciding.ts';
import { isBesideTheEnd } from './folding/afterwards.ts';
import { asksCounty } from './folding/handing-over.ts';
import { absoluteEnd } from './level-end.ts';
import { checkConsents, checkJointSessions } from './mediation.ts';
import { isMergeable, mergedInto, movingOf } from './merged.ts';
import { apart } from './reviewing-apart.ts';
import { type CaseState, describeState, describeToOneself, type Matter, openTasks, type State } from './state.ts';
import { goesOn, longest } from './told.ts';
import { checkWithdrawn } from './withdrawing.ts';

const onTasks = [
  'began',
  'acknowledged',
  'answered',
  'reminded',
  'warned',
  'climbed',
  'handOffOffered',
  'handOffAccepted',
  'handOffDeclined',
  'handOffExpired',
  'takeOverExpired',
  'joined',
  'joiningClimbed',
  'attempted',
  'paused',
  'resumed',
  'extended',
  'paged',
  'ended',
  'consented',
  'contestWidened',
  'routesTold',
] as const satisfies readonly ActionKind[];

/** What somebody may ask for about their own data, however far things are (PIPL 44–50), and what follows for others. */
const ofRights = ['rightAsked', 'correctionAsked', 'recalled'] as const satisfies readonly ActionKind[];
/** What people ask for at any time. */
const onLog = [
  'reported',
  'opened',
  'asked',
  ...ofRights,
  ...onTasks,
  'agreementTold',
  'revised',
] as const satisfies readonly ActionKind[];
/** What is asked for after an end. Of a case: only what has its own time then. */
const besideTheEnd = ['asked', ...ofRights] as const satisfies readonly ActionKind[];
/** What is done to a case that is under way. */
const onCase = [
  ...onLog,
  'assessed',
  'glassBroken',
  'visitInstructed',
  'optedIn',
  'dangerReported',
  'eventWithdrawn',
] as const satisfies readonly ActionKind[];
const onLevel = [...onCase, 'lapsed', 'planAmended', 'contested', 'shared'] as const satisfies readonly ActionKind[];

const allowedOnCase = {
  reported: onCase,
  assessed: onCase,
  protecting: onLevel,
  planning: onLevel,
  'carrying-out': onLevel,
  resolved: [
    ...onLog,
    'checkInsDeclined',
    'dangerReported',
    'eventWithdrawn',
    'glassBroken',
    'visitInstructed',
    'closed',
  ],
  ending: [...onLog, 'dangerReported', 'reopened', 'closed'],
  closed: ['reported', 'reopened', ...besideTheEnd],
} as const satisfies Record<CaseState['status'], readonly ActionKind[]>;

const allowedOnMatter = {
  open: [...onLog, 'contactChanged', 'closed'],
  // Work that is asked for opens it again; how people are reached counts as long as a case looks after them.
  closed: ['reported', 'contactChanged', ...besideTheEnd],
} as const satisfies Record<Matter['status'], readonly ActionKind[]>;

/** Whoever has a right to be erased has it however far things are; and what may be sued about is kept however far they are. */
const always = [
  'mergeDeclined',
  'erasureOrdered',
  'erased',
  'forgotten',
  'held',
  'holdReleased',
  'discharged',
] as const satisfies readonly ActionKind[];

/** While two become one, or one two again, the clocks of what is open go on and nobody does anything. */
const onClocks = [
  'began',
  'reminded',
  'warned',
  'climbed',
  'handOffExpired',
  'takeOverExpired',
  'joiningClimbed',
  'resumed',
  'paged',
  'ended',
  'contestWidened',
  'routesTold',
  'lapsed',
  'revised',
] as const satisfies readonly ActionKind[];

function allowedByMerge(state: State): readonly ActionKind[] | undefined {
  if (!isMergeable(state)) return undefined;
  if (state.merged) return ['unmerged'];
  if (state.moving) return [...onClocks, ...(state.moving.what === 'into' ? intoOther : (['released'] as const))];
  return undefined;
}
const intoOther = ['merged', 'mergeWithdrawn'] as const satisfies readonly ActionKind[];

/** Whether two are one is said of what is under way; that they are not, at any time. */
function mergingOf(state: State): readonly ActionKind[] {
  if (!isMergeable(state)) return [];
  const underWay = state.subject === 'dispute' || !(state.status === 'closed' || state.status === 'ending');
  return ['unmergeOffered', ...(underWay ? (['mergeOffered', 'absorbed'] as const) : [])];
}

export const allowedActions = (state: State): readonly ActionKind[] => [
  ...(allowedByMerge(state) ?? ordinarily(state)),
  ...always,
];

const ordinarily = (state: State): readonly ActionKind[] => [
  ...mergingOf(state),
  ...(state.subject === 'case' ? allowedOnCase[state.status] : allowedOnMatter[state.status]),
];

/**
 * @throws ActionRefused, NoVerifiedEvent, or Superseded where an execution's command extends a log that a newer revision drives.
 */
export function check(state: State | undefined, draft: Draft): void {
  const { content } = draft;
  if (!state) {
    if (content.kind !== 'reported') throw new ActionRefused(content.kind, 'nothing has been reported', ['reported']);
    return;
  }
  if (draft.rev !== 0 && draft.rev !== state.rev) {
    throw new Superseded(`revision ${draft.rev} of ${state.id} is not the current ${state.rev}`);
  }
  const allowed = allowedActions(state);
  if (!allowed.includes(content.kind)) throw refusal(state, draft, allowed);
  checkTask(state, content, draft.at);
  checkApart(state, draft);
  if (state.subject === 'case') {
    checkCase(state, content, draft.at);
    if (content.kind === 'answered') checkAnswer(state, content.answer, draft);
  }
  if (content.kind === 'closed' && openTasks(state).length > 0) {
    throw new ActionRefused('closed', `${state.id} has open tasks`, Object.keys(state.tasks));
  }
}

/** Whoever names what went into another is told which, unless they ask for themself: that there is another is not theirs to know. */
function refusal(state: State, { content, by }: Draft, allowed: readonly ActionKind[]): HejieError {
  if (movingOf(state)) return new RecordBusy(`${describeState(state)} and just moving; send it again`);
  const into = mergedInto(state);
  if (by.role === 'citizen')
    return new ActionRefused(content.kind, describeToOneself(state), into === null ? allowed : []);
  return new ActionRefused(content.kind, describeState(state), into === null ? allowed : [into]);
}

function checkTask(state: State, content: Content, at: number): void {
  if (!('task' in content)) return;
  const task = state.tasks[content.task];
  const refuse = (why: string, allowed: readonly string[]) =>
    new ActionRefused(content.kind, `task ${content.task} of ${state.id} ${why}`, allowed);
  if (!task) throw refuse('is not open', Object.keys(state.tasks));
  if (task.kind === 'citizen-notice' && content.kind !== 'began' && content.kind !== 'ended') {
    throw refuse('is a message that goes out by itself', []);
  }
  if ('handOff' in content && content.kind !== 'handOffOffered' && task.handOff?.id !== content.handOff) {
    throw refuse('has no such open hand-off', task.handOff ? [task.handOff.id] : []);
  }
  if (content.kind === 'handOffOffered' && task.handOff) throw refuse('is already being handed off', [task.handOff.id]);
  if (content.kind === 'handOffOffered' && countyAsked(state, task.no)) {
    throw refuse('came back too often: the county decides whose it is', ['acknowledged', 'answered']);
  }
  if (content.kind === 'handOffOffered' && task.kind === 'take-over') {
    throw refuse('offers a whole case: it is accepted or declined', ['acknowledged', 'answered']);
  }
  if (content.kind === 'handOffOffered' && task.kind === 'destroy') {
    throw refuse('is for whoever received it', ['acknowledged', 'answered']);
  }
  if (content.kind === 'handOffOffered' && (task.kind === 'access-review' || apart.has(task.kind))) {
    throw refuse('is reviewed by nobody who handles disputes', ['acknowledged', 'answered']);
  }
  if (content.kind === 'acknowledged' && task.acknowledgedAt !== null)
    throw refuse('is already acknowledged', ['answered']);
  if (content.kind === 'joined' && task.joinedAt !== null) throw refuse('is already acknowledged', []);
  if (content.kind === 'paused' && task.acknowledgedAt === null) throw refuse('is not acknowledged', ['acknowledged']);
  if (content.kind === 'paused' && task.paused) throw refuse('is paused already', ['resumed', 'answered']);
  if (content.kind === 'resumed' && !task.paused) throw refuse('is not paused', ['paused', 'answered']);
  if (content.kind === 'extended' && task.acknowledgedAt === null)
    throw refuse('is not acknowledged', ['acknowledged']);
  if (content.kind === 'began' && task.begun) throw refuse('has already begun', []);
  const early =
    content.kind === 'acknowledged' ||
    content.kind === 'joined' ||
    content.kind === 'answered' ||
    content.kind === 'attempted';
  if (early && !task.begun) {
    throw refuse(`begins only at ${new Date(task.from).toISOString()}`, []);
  }
  if (content.kind === 'answered' && content.answer.task !== task.kind) {
    throw refuse(`is a ${task.kind} task`, [task.kind]);
  }
  if (content.kind === 'answered') checkConsents(task, content.answer);
  if (content.kind === 'answered' && keepsLevel(content.answer) && at > (task.ends ?? task.due)) {
    throw refuse(`had time until ${new Date(task.ends ?? task.due).toISOString()}: the level lapses`, []);
  }
}

/** Silence would end the level, or lower it: its clock is over when it is over, however late that is acted on. */
function keepsLevel(answer: Answer): boolean {
  switch (answer.task) {
    case 'renew':
    case 'renewal-review':
      return answer.outcome === 'renewed';
    case 'second':
      return answer.outcome === 'agree';
    case 'contest':
    case 'contest-second':
      return answer.outcome === 'rejected';
    default:
      return false;
  }
}

const countyAsked = (state: State, of: string): boolean =>
  [...openTasks(state), ...state.wants].some((asked) => asksCounty(asked, of));

/** The whole case is offered by the post that is accountable for it, to one post at a time, while there is something to do. */
function checkHandOver(state: CaseState, { about }: Want): void {
  const refuse = (why: string, allowed: readonly string[]) =>
    new ActionRefused('handing the case over', `${state.id} ${why}`, allowed);
  if (about !== state.owner) throw refuse(`belongs to ${state.owner}`, []);
  if (state.status === 'ending') throw refuse('is ending', []);
  const offer = [...openTasks(state), ...state.wants].find(({ kind }) => kind === 'take-over');
  if (offer) throw refuse(`is already offered to ${offer.owner ?? 'another post'}`, ['its answer']);
  if (countyAsked(state, 'case')) throw refuse('came back too often: the county decides whose it is', []);
}

function checkCase(state: CaseState, content: Content, at: number): void {
  if (content.kind === 'shared' && !state.level) {
    throw new ActionRefused('sharing', `${describeState(state)} without a level`, []);
  }
  if (content.kind === 'asked' && content.want.kind === 'take-over') checkHandOver(state, content.want);
  if (content.kind === 'contested') checkContested(state, content);
  if (content.kind === 'eventWithdrawn') checkWithdrawn(state, content, at);
  if (content.kind === 'asked' && state.status === 'closed' && !isBesideTheEnd(content.want.kind)) {
    throw new ActionRefused(`asking for ${content.want.kind}`, describeState(state), ['reported', 'reopened']);
  }
  if (content.kind === 'opened') {
    checkJointSessions(
      state,
      content.tasks.map(({ measure }) => measure),
    );
  }
  // No measure starts without its decision (design §9.4).
  if (
    content.kind === 'opened' &&
    content.tasks.some((task) => task.kind === 'measure') &&
    (!state.plan || !state.decision?.level)
  ) {
    throw new ActionRefused('opening a measure', `${describeState(state)} without a plan on a decision`, [
      'decide',
      'plan',
    ]);
  }
  // Only downward (design §1.4).
  const falls = content.kind === 'lapsed' && (content.to === null || content.from === 'red');
  if (content.kind === 'lapsed' && (state.level?.colour !== content.from || !falls)) {
    throw new ActionRefused('lapsed', describeState(state), []);
  }
}

/** What rests on a second person rests on another one, and no level is prolonged by deciding it again. */
function checkAnswer(state: CaseState, answer: Answer, { at, by }: Draft): void {
  switch (answer.task) {
    case 'decide': {
      const { decision } = answer;
      checkCited(state, decision, at);
      if (decision.level && (decision.lapses ?? 0) > longest(state, decision.level)) {
        throw new ActionRefused('prolonging a level', `${describeState(state)} on the same events`, ['renew']);
      }
      return;
    }
    case 'resolve':
      if (answer.outcome === 'resolved') checkDecided(state, 'resolving', 'not-yet');
      return;
    case 'renew':
      if (answer.outcome === 'ended') checkDecided(state, 'ending the level', 'renewed');
      checkRenewal(state, answer);
      if (answer.outcome === 'renewed' && state.level?.renewed) {
        throw new ActionRefused('renewing again on the same events', describeState(state), ['ask-reviewer', 'ended']);
      }
      return;
    case 'renewal-review':
      checkRenewal(state, answer);
      checkOther(by, state.decision?.person, 'decided on the level');
      return;
    case 'second':
      checkOther(by, state.level?.awaits?.person, 'decided first');
      return;
    case 'second-deferral':
      checkOther(by, state.notice.deferral?.person, 'put the notice off');
      return;
    case 'access-review':
      for (const { person } of state.glass) checkOther(by, person, 'broke the glass');
      return;
    default:
  }
}

/** Nothing is over upon what has come to hold and nobody has decided on. @throws ActionRefused */
function checkDecided(state: CaseState, what: string, instead: string): void {
  if (!state.level || goesOn(state)) return;
  throw new ActionRefused(what, `${describeState(state)} with an event that nobody has decided on`, [
    'decide',
    instead,
  ]);
}

/** Nothing is renewed beyond a year after what it rests on, and no orange that a red became (S9). @throws ActionRefused */
function checkRenewal(state: CaseState, { lapses }: AnswerTo<'renew' | 'renewal-review'>): void {
  if (lapses === undefined || (!state.level?.afterRed && lapses <= absoluteEnd(state))) return;
  throw new ActionRefused('renewing', `${describeState(state)} cannot last longer`, ['ended', 'not-renewed']);
}

/** @throws NotYours */
function checkOther({ person }: By, first: string | undefined, did: string): void {
  if (person === first) throw new NotYours(`${person} ${did}; the second person must be another`);
}
