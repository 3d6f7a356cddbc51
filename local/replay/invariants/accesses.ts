/** Who looked at what is written down before it is shown (S12), and nothing of it can be taken back. */
import { verifyChain, verifyHead } from '../../../shared/domain/audit.ts';
import { accessesIn, Check, type Evidence, type Finding } from './evidence.ts';

/** Every chain verifies, ends where the reviewer was told, and shows each read of a case once. */
export function everyAccess(evidence: Evidence): Finding {
  const { told, now, heads } = evidence;
  const { chains } = told.record;
  const check = new Check();
  for (const [chain, found] of chains) {
    const broken = verifyChain(chain, found, now);
    check.holds(!broken, () => `record ${broken?.n} of the accesses ${chain} is ${broken?.why}`);
  }
  for (const head of heads) {
    const broken = verifyHead(head, chains.get(head.chain) ?? [], now);
    check.holds(!broken, () => `the accesses ${head.chain} are ${broken?.why} at ${broken?.n}, as was sent`);
  }
  readOnce(evidence, check);
  return check.finding;
}

/** As many records as reads; more only where a read was repeated, after a crash or a server error. */
function readOnce(evidence: Evidence, check: Check): void {
  const { reads, kills, repeats } = evidence;
  const written = new Map<string, number>();
  for (const { operation, person } of accessesIn(evidence)) {
    if (operation === 'read-case') written.set(person, (written.get(person) ?? 0) + 1);
  }
  for (const person of new Set([...Object.keys(reads), ...written.keys()])) {
    const made = reads[person] ?? 0;
    const known = written.get(person) ?? 0;
    const fits = kills + repeats > 0 ? known >= made : known === made;
    check.holds(fits, () => `${person} read ${made} times, ${known} are in the log`);
  }
}
