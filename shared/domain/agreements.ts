/** What a party to an agreement says of it themself: whether it was kept, while somebody is to look at it. Pure. */
import * as z from 'zod';
import { ActionRefused } from '../errors.ts';
import type { ContentOf } from './actions.ts';
import { isAskedAbout } from './afterwards.ts';
import { invalid } from './answering.ts';
import { type Asking, agentBody, checkAgent, noteWith } from './contesting.ts';
import { type AgreementId, noteIdFor } from './ids.ts';
import type { State } from './state.ts';
import type { Worded } from './task-commands.ts';
import { type Side, sides, toldOutcomes } from './words.ts';

export const agreementToldBody = z.strictObject({
  outcome: z.enum(toldOutcomes).describe('As this party sees it'),
  words: z.string().trim().min(2).max(200).optional().describe('What they want to say of it; kept sealed'),
  party: z.enum(sides).optional().describe('Where a post enters it for an agent: of which party'),
  agent: agentBody.optional().describe('Where a post enters it for an agent; never by the party themself'),
});

/**
 * What a party says of it is no answer: whoever is asked hears both.
 * @param own which party it is who says so; undefined: a post enters it
 * @throws InputInvalid, ActionRefused where nobody asks about it now
 */
export function agreementTold(
  state: State,
  id: AgreementId,
  { by, at, key }: Asking,
  { outcome, words, party: named, agent }: z.infer<typeof agreementToldBody>,
  own: Side | undefined,
): Worded {
  checkAgent(by, agent);
  if (own !== undefined && named !== undefined) throw invalid('party', named, 'nothing: one speaks for oneself');
  const party = own ?? named;
  if (party === undefined) throw invalid('party', null, sides.join(', '));
  if (!isAskedAbout(state, id)) {
    throw new ActionRefused('saying whether it was kept', `nobody asks about ${id} now`, []);
  }
  const content: ContentOf<'agreementTold'> = {
    ...{ kind: 'agreementTold', agreement: id, party, outcome },
    ...(agent ? { agent: true } : {}),
  };
  const draft = { at, by, key, rev: 0, content };
  const text = noteWith([words], agent);
  return text === '' ? { draft } : { draft: { ...draft, note: noteIdFor(state.id, key) }, text };
}
