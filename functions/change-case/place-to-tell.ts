/** Where the person concerned of a case is named: by the channel called safe there they hear what becomes of what they asked. */
import { placeIn } from '../../shared/domain/ids.ts';
import { answersTo } from '../../shared/domain/merged.ts';
import { type CaseState, foldersOf } from '../../shared/domain/state.ts';
import { isReported } from '../../shared/domain/who-may/standing.ts';
import { safeTimesAt } from '../../shared/record/contacts.ts';
import type { Log } from '../../shared/record/log.ts';
import { ownMattersOf, type PersonInRole, partiesOf } from '../../shared/record/people.ts';
import type { Call } from '../middleware/api.ts';

/** Their newest place where a channel is called safe, else the newest: they may yet call one so. */
export async function placeToTell(
  { table }: Pick<Log, 'table'>,
  state: CaseState,
  caller: Call['caller'],
): Promise<string | undefined> {
  const named = caller.as === 'citizen' ? await ownPlaces(table, state, caller.parties) : await onePerson(table, state);
  const places = [...named].sort(
    (one, other) => state.reports.indexOf(other.report) - state.reports.indexOf(one.report),
  );
  for (const place of places) {
    const times = await safeTimesAt(table, place);
    if (times && times.channel !== 'none') return placeIn(place);
  }
  return places[0] && placeIn(places[0]);
}

async function ownPlaces(table: Log['table'], state: CaseState, parties: readonly string[]): Promise<PersonInRole[]> {
  const matters = await ownMattersOf(table, parties);
  return matters.filter((one) => isReported(one) && answersTo(state, one.case));
}

/** A post asks for an agent: where the reports name several, nobody can tell who is meant, and nobody is written to. */
async function onePerson(table: Log['table'], state: CaseState): Promise<PersonInRole[]> {
  const named = await partiesOf(table, foldersOf(state));
  const found = named.filter((one) => isReported(one) && state.reports.includes(one.report));
  const [first, ...others] = found.map(({ parties: [own] }) => own);
  return others.every((own) => own !== undefined && own === first) ? found : [];
}
