/**
 * Who may be hurt, and what whoever comes to them must know: the one function with the key of affected persons and children, so
 * that no other can open them by mistake.
 */
import type { Part } from '../../shared/domain/report.ts';
import { dangerOf } from '../../shared/domain/views.ts';
import { foldersIn } from '../../shared/record/merging.ts';
import { addressesOf } from '../../shared/record/people.ts';
import type { Handler } from '../middleware/api.ts';
import { caseAt, disputeAt } from '../middleware/named.ts';
import { affectedParts, peopleShown, type Reading, visitOf } from '../middleware/showing.ts';

/** Whoever asks for help sees themself here, in whichever part. */
const openable: readonly Part[] = [...affectedParts, 'complainant', 'witness', 'other'];

export const readAffected =
  (reading: () => Reading): Handler<'read-affected'> =>
  async ({ params, guard, caller }) => {
    const { state, linked } = await disputeAt(reading().log, params.id);
    const granted = await guard.toLog(state, linked);
    const { people = [] } = await peopleShown(reading(), state, granted, caller.parties, openable);
    return { body: { dispute: state.id, people } };
  };

export const readDangerNote =
  (reading: () => Reading): Handler<'read-danger-note'> =>
  async ({ params, guard }) => {
    const state = await caseAt(reading().log, params.id);
    const { logged } = await guard.toLog(state);
    const { people } = reading();
    const [addresses, visit] = await Promise.all([
      // A child's address is where the adults of its part live, or where it was taken to: not for whoever comes.
      addressesOf(people, await foldersIn(reading().log, state), { parts: ['complainant', 'respondent', 'affected'] }),
      visitOf(people, state),
    ]);
    const places = [...new Set(addresses.flatMap(({ content }) => content ?? []))].sort();
    return { body: { id: state.id, danger: dangerOf(state), addresses: places, visit, logged } };
  };
