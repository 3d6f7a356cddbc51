/** Folding: the one place where an action changes anything. Pure, needs no city and no clock. */
import { RecordBroken } from '../errors.ts';
import type { Action, Draft } from './actions.ts';
import { schemaVersion } from './actions.ts';
import { applyToCase, firstCycle } from './folding/case.ts';
import { withoutMoot } from './folding/handing-over.ts';
import { applyToMatter } from './folding/matter.ts';
import { withMerging } from './folding/merging.ts';
import { canonical, isCaseId, isDisputeId, isReferralId, isRoundId, type LogId, sha256 } from './ids.ts';
import { unmerged } from './merged.ts';
import { owedAfter } from './owing.ts';
import { helpedAfter } from './report-month/first-help.ts';
import { actedAfter } from './reviewing-apart.ts';
import type { State } from './state.ts';

/** The action that a draft becomes as number n+1 of a log. */
export function sealAction(before: State | undefined, draft: Draft, revises: boolean): Action {
  const body = {
    ...draft,
    schema: schemaVersion,
    n: (before?.n ?? 0) + 1,
    prev: before?.hash ?? '',
    ...(revises ? { revises } : {}),
  } as const;
  return { ...body, hash: hashOf(body) };
}

const hashOf = (action: Omit<Action, 'hash'>): string => sha256(canonical({ ...action, hash: undefined })).slice(0, 32);

/** @throws RecordBroken where the chain has a gap, a wrong hash or an action of another schema. */
export function fold(id: LogId, actions: Iterable<Action>, from?: State): State | undefined {
  let state = from;
  for (const action of actions) {
    const n = (state?.n ?? 0) + 1;
    if (action.n !== n || action.prev !== (state?.hash ?? '')) {
      throw new RecordBroken(`action ${action.n} of ${id} does not follow action ${n - 1}`);
    }
    if (action.schema !== schemaVersion) throw new RecordBroken(`action ${n} of ${id} has schema ${action.schema}`);
    if (hashOf(action) !== action.hash) throw new RecordBroken(`action ${n} of ${id} is not what was written`);
    state = apply(id, state, action);
  }
  return state;
}

/** One action further. Trusts number and hash. */
export function apply(id: LogId, before: State | undefined, action: Action): State {
  const state = before ?? begin(id, action);
  const head = {
    n: action.n,
    hash: action.hash,
    changedAt: action.at,
    ...(action.revises ? { rev: state.rev + 1, revisedAt: action.at } : {}),
    ...revisedBy(state, action),
    helped: helpedAfter(state.helped, action),
  };
  const after =
    state.subject === 'case' ? applyToCase(state, action) : withMerging(state, applyToMatter(state, action), action);
  const owed = owedAfter(state, after, action);
  return { ...withoutMoot(after), ...head, acted: actedAfter(after.acted, action), owed };
}

/** What was mended and deployed has all its tries again. */
function revisedBy(state: State, { content }: Action): Pick<State, 'recoveries' | 'definition'> {
  if (content.kind !== 'revised') return { recoveries: 0, definition: state.definition };
  const { cause, definition } = content;
  const before = definition === state.definition ? state.recoveries : 0;
  return { recoveries: cause === 'recovered' ? before + 1 : 0, definition };
}

function begin(id: LogId, { content, at, n, hash }: Action): State {
  if (content.kind !== 'reported') {
    throw new RecordBroken(`${id} begins with "${content.kind}" instead of "reported"`);
  }
  const log = {
    n,
    hash,
    rev: 1,
    revisedAt: at,
    recoveries: 0,
    definition: null,
    openedAt: at,
    changedAt: at,
    area: content.area,
    disputeType: content.disputeType,
    owner: content.owner,
    reports: [],
    tasks: {},
    counts: {},
    wants: [],
    keys: [],
    helped: false,
    grants: [],
    endedAt: null,
    heldUntil: null,
    heldSince: null,
    agreements: [],
    requests: [],
    owed: [],
    acted: [],
  };
  const matter = { ...log, status: 'open', outcomes: [] } as const;
  if (isDisputeId(id))
    return {
      ...{ ...matter, ...unmerged, subject: 'dispute', id },
      ...{ cases: [], unjoined: [], enquiries: [], reachable: [], informed: [] },
    };
  if (isReferralId(id))
    return { ...matter, subject: 'referral', id, help: content.help ?? [], reachable: [], informed: [] };
  if (isRoundId(id)) {
    return { ...matter, subject: 'round', id, day: content.day ?? '', places: content.places ?? [], found: [] };
  }
  if (!isCaseId(id)) throw new RecordBroken(`${id} is no id of a log`);
  return {
    ...log,
    ...unmerged,
    subject: 'case',
    id,
    disputes: [],
    status: 'reported',
    events: [],
    contests: [],
    glass: [],
    visit: null,
    forgottenAt: null,
    ...firstCycle,
  };
}
