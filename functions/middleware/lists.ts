/** What lists of an area have in common. */
import type { City } from '../../shared/config/city.ts';
import { areaExists } from '../../shared/config/posts.ts';
import type { LogId } from '../../shared/domain/ids.ts';
import { type Caller, standingToArea } from '../../shared/domain/who-may/standing.ts';
import { InputInvalid } from '../../shared/errors.ts';
import type { Log } from '../../shared/record/log.ts';
import { homeAt } from '../../shared/record/merging.ts';
import { mattersOf } from '../../shared/record/people.ts';

/** The area that a list is of, and how the caller stands to it: the one asked for, else the acting post's own. */
export function areaAsked(city: City, caller: Caller, asked: string | undefined) {
  const area = asked ?? (caller.as === 'post' ? caller.post.area : city.code);
  if (!areaExists(city, area)) {
    throw new InputInvalid([{ path: 'query.area', value: area, allowed: `an area code of ${city.name.en}` }]);
  }
  return { area, relations: caller.as === 'post' ? standingToArea(city, caller.post, area) : new Set<never>() };
}

/** What the caller is a party to: not for them as a post, not even as a line. */
export async function ownLogs(log: Log, { parties }: Caller): Promise<ReadonlySet<string>> {
  const matters = await mattersOf(log.table, parties);
  const named = new Set<LogId>(matters.flatMap(({ dispute, case: caseId }) => [dispute, ...(caseId ? [caseId] : [])]));
  const homes = await Promise.all([...named].map((id) => homeAt(log, id)));
  return new Set([...named, ...homes.flatMap((home) => home?.id ?? [])]);
}
