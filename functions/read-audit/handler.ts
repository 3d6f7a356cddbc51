/** Who looked at what: for the independent reviewer and the auditor, and, without persons, for whoever it is about. */
import { type Access, chainOf, isBroken, readLink } from '../../shared/domain/audit.ts';
import { isCaseId, isDisputeId, type LogId } from '../../shared/domain/ids.ts';
import { iso } from '../../shared/domain/views.ts';
import type { Field } from '../../shared/domain/who-may/matrix.ts';
import { RecordBroken, Unknown } from '../../shared/errors.ts';
import { readChain } from '../../shared/record/audit.ts';
import { pageOf } from '../../shared/record/lists.ts';
import type { Log } from '../../shared/record/log.ts';
import { readLog } from '../../shared/record/looks.ts';
import type { Handler } from '../middleware/api.ts';

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
    if (!isCaseId(params.id)) throw new Unknown('case', params.id, 'the id of a case is allowed');
    const { fields } = await guard.toLog(await readLog(log(), params.id));
    return chainShown(log(), params.id, fields, query);
  };

export const readDisputeAudit =
  (log: () => Log): Handler<'read-dispute-audit'> =>
  async ({ params, query, guard }) => {
    if (!isDisputeId(params.id)) throw new Unknown('dispute', params.id, 'the id of a dispute is allowed');
    const id: LogId = params.id;
    const { fields } = await guard.toLog(await readLog(log(), id));
    return chainShown(log(), id, fields, query);
  };

export const readPersonAudit =
  (log: () => Log): Handler<'read-person-audit'> =>
  async ({ params, query, guard }) => {
    const { person, date } = params;
    const chain = chainOf({ person, at: Date.parse(`${date}T12:00:00+08:00`) });
    const { fields } = await guard.to({ what: chain, relations: new Set() });
    return chainShown(log(), chain, fields, query);
  };
