/** What cases cost on AWS: counted, and priced. The access log, notices, statistics and the directory are counted apart. Pure. */
import type { Counters } from './cloud.ts';

export interface Cost {
  readonly transitions: number;
  readonly invocations: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly messages: number;
  /** US dollars, without the fees of an SMS gateway. */
  readonly usd: number;
}

/** US dollars in us-east-1, the lists of 2026; China's prices differ in the last digit only. */
const prices = {
  transition: 2.5e-5,
  invocation: 2e-7,
  /** A GB-second of arm64; a call takes about 120 ms of 512 MB. */
  gbSecond: 1.33334e-5,
  writeUnit: 6.25e-7,
  readUnit: 1.25e-7,
  /** SNS standard topic. */
  message: 5e-7,
} as const;
const secondsPerCall = 0.12;
const gigabytes = 0.5;

/** What belongs to no case: the gate, the watch of the whole city, who holds which post, and looking. */
const apart =
  /-(authorise-caller|reconcile|keep-audit|watch-posts|forget-expired|change-posts|read-posts|read-audit|read-settings|read-contract|list-cases|list-tasks)$/;

const sum = (counts: Readonly<Record<string, number>>, counted: (name: string) => boolean): number =>
  Object.entries(counts).reduce((total, [name, n]) => (counted(name) ? total + n : total), 0);

const between = (before: Counters, after: Counters, of: 'invocations' | 'readUnits' | 'writeUnits') => {
  const grown = Object.entries(after[of]).map(([name, n]): [string, number] => [name, n - (before[of][name] ?? 0)]);
  return Object.fromEntries(grown);
};

export const nothing: Counters = {
  executions: 0,
  transitions: 0,
  invocations: {},
  readUnits: {},
  writeUnits: {},
  messages: 0,
};

/** @param sent messages to posts and citizens; @param cases among how many all is shared */
export function costOf(before: Counters, after: Counters, sent: number, cases = 1): Cost {
  const share = (n: number) => Math.round((n / Math.max(1, cases)) * 10) / 10;
  const ofCase = (name: string) => name === 'record';
  const transitions = share(after.transitions - before.transitions);
  const invocations = share(sum(between(before, after, 'invocations'), (name) => !apart.test(name)));
  const writeUnits = share(sum(between(before, after, 'writeUnits'), ofCase));
  const readUnits = share(sum(between(before, after, 'readUnits'), ofCase));
  const messages = share(sent);
  const usd =
    transitions * prices.transition +
    invocations * (prices.invocation + secondsPerCall * gigabytes * prices.gbSecond) +
    writeUnits * prices.writeUnit +
    readUnits * prices.readUnit +
    messages * prices.message;
  return { transitions, invocations, writeUnits, readUnits, messages, usd: Math.round(usd * 1e6) / 1e6 };
}
