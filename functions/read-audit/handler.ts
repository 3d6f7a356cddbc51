/** Who looked at what: for the independent reviewer and the auditor, and, without persons, for whoever it is about. */
import { iso } from '../../shared/calendar/calendar.ts';
import { type Access, chainOf, isBroken, readLink } from '../../shared/domain/audit.ts';
import type { Field } from '../../shared/domain/who-may/matrix.ts';
import { RecordBroken } from '../../shared/errors.ts';
import { readChain } from '../../shared/record/audit.ts';
import { pageOf } from '../../shared/record/lists.ts';
import type { Log } from '../../shared/record/log.ts';
import type { Handler } from '../middleware/api.ts';
import { caseAt, disputeAt } from '../middleware/named.ts';

type Shown = ReadonlySet<Field>;

function accessShown(access: Access & { readonly n: number }, shown: Shown) {
  const { n, at, post, role, person, operation, what, outcome, fields, breakGlass, afterwards } = access;
  return {
    n,
    at: iso(at),
    post,
    role,
    ...(shown.has('persons') ? { person, what } : {}),
    operation,
    outcome,
    fields: [...fields],
    ...(breakGlass ? { breakGlass } : {}),
    ...(afterwards ? { afterwards } : {}),
  };
}

async function chainShown({ table }: Log, chain: string, shown: Shown, asked: Parameters<typeof pageOf>[1]) {
  const { found, next } = pageOf(await readChain(table, chain), asked);
  const accesses = found.map((one) => {
    const link = readLink(chain, one);
    if (isBroken(link)) throw new RecordBroken(`record ${link.n} of ${chain} is ${link.why}: npm run audit -- verify`);
    return accessShown(link, shown);
  });
  return { body: { chain, accesses, next } };
}

export const readCaseAudit =
  (log: () => Log): Handler<'read-case-audit'> =>
  async ({ params, query, guard }) => {
    const state = await caseAt(log(), params.id);
    const { fields } = await guard.toLog(state);
    return chainShown(log(), state.id, fields, query);
  };

export const readDisputeAudit =
  (log: () => Log): Handler<'read-dispute-audit'> =>
  async ({ params, query, guard }) => {
    const { state, linked } = await disputeAt(log(), params.id);
    const { fields } = await guard.toLog(state, linked);
    return chainShown(log(), state.id, fields, query);
  };

export const readPersonAudit =
  (log: () => Log): Handler<'read-person-audit'> =>
  async ({ params, query, guard }) => {
    const { person, date } = params;
    const chain = chainOf({ person, at: Date.parse(`${date}T12:00:00+08:00`) });
    const { fields } = await guard.to({ what: chain, relations: new Set() });
    return chainShown(log(), chain, fields, query);
  };
