/** A case that ends without ever having a level ends no quarrel: its dispute goes on as an ordinary one. Pure. */
import { type Draft, system } from './actions.ts';
import { areJointSessionsBarred } from './mediation.ts';
import { type CaseState, type ClosedAs, type DisputeState, openTasks, type State } from './state.ts';

const goesOn: ReadonlySet<ClosedAs | null> = new Set(['dismissed', 'unfounded', 'below-threshold']);

/** What was agreed on last was not kept, and nobody refuses to sit together once more. */
const isLeftBroken = ({ agreements }: CaseState): boolean =>
  agreements.some(({ again, on }) => again && agreements.every((other) => other.on <= on));

/**
 * Nothing more is done for the person concerned, or what was agreed on was not kept. Where there was violence at home nobody is
 * asked to one table for it.
 */
export const leavesDisputes = (state: State): state is CaseState =>
  state.subject === 'case' && (goesOn.has(state.endsAs) || isLeftBroken(state)) && !areJointSessionsBarred(state);

/** Somebody settles it already, another case of it goes on, or there is nothing to settle. */
function isLookedAfter(dispute: DisputeState, linked: readonly CaseState[], { id }: CaseState): boolean {
  const settles = [...openTasks(dispute), ...dispute.wants].some(({ kind }) => kind === 'settle');
  const others = linked.some((one) => one.id !== id && one.status !== 'closed');
  const settled = dispute.outcomes.some((outcome) => outcome.endsWith(':settled'));
  return settles || others || settled || dispute.disputeType === 'none';
}

/** The work that the dispute calls for again. */
export function returningDraft(
  dispute: DisputeState,
  linked: readonly CaseState[],
  left: CaseState,
  at: number,
): Draft | undefined {
  if (isLookedAfter(dispute, linked, left)) return undefined;
  const content = { kind: 'asked', want: { kind: 'settle' } } as const;
  return { at, by: system, key: `returned ${left.id} ${left.n}`, rev: 0, content };
}
