/** The assessment of a case: its verified events through the model in force. */
import type { Fact } from './facts.ts';
import { type AssessedEvent, type Assessment, assess, parseModel } from './model.ts';
import general from './models/general-1.json' with { type: 'json' };
import type { CaseState } from './state.ts';

export const modelInForce = parseModel(general);

const verifiedEvents = (state: CaseState): AssessedEvent[] =>
  state.events
    .filter((event) => event.state === 'verified')
    .map(({ id, at, undated, channel, facts }) => ({ id, at, undated, channel, facts }));

export const assessCase = (state: CaseState): Assessment => assess(modelInForce, verifiedEvents(state));

export const inputHashOf = (state: CaseState): string => assessCase(state).inputHash;

/** What facts as yet unconfirmed would amount to: decides only which way a report takes, stands on nobody. */
export const wouldPropose = (facts: readonly Fact[]): Assessment['proposal'] =>
  assess(modelInForce, [{ id: 'report', at: 0, channel: 'report', facts }]).proposal;
