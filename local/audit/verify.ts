/** Looks through every chain of accesses in a table, and holds it against what the independent reviewer was sent. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type Broken, daySeal, type Head, verifyChain, verifyHead } from '../../shared/domain/audit.ts';
import { readChain } from '../../shared/record/audit.ts';
import { chainsMarked, headsOf, sealOf } from '../../shared/record/audit-days.ts';
import { auditDayPartition, chainPartition, type Table } from '../../shared/record/table.ts';

/** A day whose chains no longer give what was sent of it; of the chains it names, these are gone. */
export interface BrokenDay {
  readonly date: string;
  readonly gone: readonly string[];
}

export interface Verdict {
  readonly chains: number;
  readonly records: number;
  readonly days: number;
  /** The first broken record of each chain that has one. */
  readonly broken: readonly Broken[];
  readonly brokenDays: readonly BrokenDay[];
}

interface Names {
  readonly chains: Set<string>;
  readonly dates: Set<string>;
}

const after = (prefix: string, text: string): string | undefined =>
  text.startsWith(prefix) ? text.slice(prefix.length) : undefined;

/** The chains and days that the table has. Only keys are asked for: nothing of a person leaves the table. */
async function namesIn({ name, db }: Table): Promise<Names> {
  const names: Names = { chains: new Set(), dates: new Set() };
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new ScanCommand({
        TableName: name,
        ConsistentRead: true,
        ProjectionExpression: 'pk, sk',
        FilterExpression: 'begins_with(pk, :chains) or begins_with(pk, :days)',
        ExpressionAttributeValues: { ':chains': chainPartition(''), ':days': auditDayPartition('') },
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    for (const { pk } of Items) {
      const chain = after(chainPartition(''), String(pk));
      const date = after(auditDayPartition(''), String(pk));
      if (chain !== undefined) names.chains.add(chain);
      else if (date !== undefined) names.dates.add(date);
    }
    start = LastEvaluatedKey;
  } while (start);
  return names;
}

export async function verify(table: Table, sent: readonly Head[], now: number): Promise<Verdict> {
  const { chains, dates } = await namesIn(table);
  const sentOf = Map.groupBy(sent, ({ chain }) => chain);
  const broken: Broken[] = [];
  let records = 0;
  for (const chain of [...new Set([...chains, ...sentOf.keys()])].sort()) {
    const found = await readChain(table, chain);
    records += found.length;
    const faults = (sentOf.get(chain) ?? []).map((head) => verifyHead(head, found, now));
    const [first] = [verifyChain(chain, found, now), ...faults].filter((fault) => fault !== undefined).sort(byNumber);
    if (first) broken.push(first);
  }
  const brokenDays: BrokenDay[] = [];
  for (const date of [...dates].sort()) {
    const day = await verifyDay(table, date, chains, now);
    if (day) brokenDays.push(day);
  }
  return { chains: chains.size, records, days: dates.size, broken, brokenDays };
}

const byNumber = (one: Broken, other: Broken): number => one.n - other.n;

async function verifyDay(table: Table, date: string, chains: Set<string>, now: number): Promise<BrokenDay | undefined> {
  const seal = await sealOf(table, date);
  if (!seal || seal.expires * 1000 <= now) return undefined;
  const { heads } = await headsOf(table, date);
  if (daySeal(date, heads).root === seal.root) return undefined;
  const gone = (await chainsMarked(table, date)).filter((chain) => !chains.has(chain));
  return { date, gone };
}
