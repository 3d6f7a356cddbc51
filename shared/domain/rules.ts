/** Which actions are allowed in which state: one table, used by every command; a refusal names the state and what is allowed. */
import { ActionRefused, NoVerifiedEvent, Superseded } from '../errors.ts';
import type { ActionKind, Content, Draft } from './actions.ts';
import { type CaseState, describeState, type Matter, openTasks, type State } from './state.ts';

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
  'joined',
  'attempted',
  'paused',
  'resumed',
  'extended',
  'paged',
  'ended',
  'consented',
] as const satisfies readonly ActionKind[];

/** What people ask for at any time. */
const onLog = ['reported', 'opened', 'asked', ...onTasks, 'revised'] as const satisfies readonly ActionKind[];
/** What is done to a case that is under way. */
const onCase = [
  ...onLog,
  'assessed',
  'glassBroken',
  'visitInstructed',
  'optedIn',
] as const satisfies readonly ActionKind[];
const onLevel = [...onCase, 'lapsed', 'planAmended'] as const satisfies readonly ActionKind[];

const allowedOnCase = {
  reported: onCase,
  assessed: onCase,
  protecting: onLevel,
  planning: onLevel,
  'carrying-out': onLevel,
  resolved: [...onLog, 'glassBroken', 'visitInstructed', 'closed'],
  ending: [...onLog, 'closed'],
  closed: ['reported'],
} as const satisfies Record<CaseState['status'], readonly ActionKind[]>;

const allowedOnMatter = {
  open: [...onLog, 'closed'],
  closed: ['reported'],
} as const satisfies Record<Matter['status'], readonly ActionKind[]>;

/** Whoever has a right to be erased has it however far things are. */
const always: readonly ActionKind[] = ['erased'];

export const allowedActions = (state: State): readonly ActionKind[] => [
  ...(state.subject === 'case' ? allowedOnCase[state.status] : allowedOnMatter[state.status]),
  ...always,
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
  if (!allowed.includes(content.kind)) throw new ActionRefused(content.kind, describeState(state), allowed);
  checkTask(state, content);
  if (state.subject === 'case') checkCase(state, content);
  if (content.kind === 'closed' && openTasks(state).length > 0) {
    throw new ActionRefused('closed', `${state.id} has open tasks`, Object.keys(state.tasks));
  }
}

function checkTask(state: State, content: Content): void {
  if (!('task' in content)) return;
  const task = state.tasks[content.task];
  const refuse = (why: string, allowed: readonly string[]) =>
    new ActionRefused(content.kind, `task ${content.task} of ${state.id} ${why}`, allowed);
  if (!task) throw refuse('is not open', Object.keys(state.tasks));
  if ('handOff' in content && content.kind !== 'handOffOffered' && task.handOff?.id !== content.handOff) {
    throw refuse('has no such open hand-off', task.handOff ? [task.handOff.id] : []);
  }
  if (content.kind === 'handOffOffered' && task.handOff) throw refuse('is already being handed off', [task.handOff.id]);
  if (content.kind === 'acknowledged' && task.acknowledgedAt !== null)
    throw refuse('is already acknowledged', ['answered']);
  if (content.kind === 'began' && task.begun) throw refuse('has already begun', []);
  if ((content.kind === 'acknowledged' || content.kind === 'answered') && !task.begun) {
    throw refuse(`begins only at ${new Date(task.from).toISOString()}`, []);
  }
  if (content.kind === 'answered' && content.answer.task !== task.kind) {
    throw refuse(`is a ${task.kind} task`, [task.kind]);
  }
}

function checkCase(state: CaseState, content: Content): void {
  if (content.kind === 'answered' && content.answer.task === 'decide') {
    const { level, events } = content.answer.decision;
    const verified = state.events.filter((event) => event.state === 'verified').map((event) => event.id);
    if (level !== null && (events.length === 0 || !events.every((id) => verified.includes(id)))) {
      throw new NoVerifiedEvent(
        `a level needs a verified event of ${state.id}; given: ${events.join(', ') || 'none'}; verified: ${verified.join(', ') || 'none'}`,
      );
    }
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
  if (content.kind === 'lapsed' && state.level?.colour !== content.from) {
    throw new ActionRefused('lapsed', describeState(state), []);
  }
}
