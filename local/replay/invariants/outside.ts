/** What left the record: notices, executions, texts (design §9.5, 9.6 and 9.10). */
import { isClean } from '../../../shared/domain/notices.ts';
import { afterQuiet } from '../../../shared/domain/quiet.ts';
import { isClosed } from '../../../shared/domain/state.ts';
import { executionName } from '../../../shared/record/executions.ts';
import { noticesOf } from '../histories.ts';
import { type Item, isKnownKind, placeOf } from '../record.ts';
import { Check, type Evidence, type Finding } from './evidence.ts';

/** Every notice is decided once and published at least once under one id; twice only after a crash. */
export function noticed({ told, messages, kills, city, now }: Evidence): Finding {
  const check = new Check();
  const times = new Map<string, number>();
  const logs = new Set([...told.steps.keys()].map(String));
  // What was forgotten as a whole has no record any more of what it decided.
  const remembered = messages.filter(({ log }) => log === undefined || logs.has(log));
  for (const { id, kind } of remembered) if (kind !== undefined) times.set(id, (times.get(id) ?? 0) + 1);
  const items = new Map(told.record.notices.map((item) => [`${item.id} ${item.task} ${item.kind} ${item.step}`, item]));
  const decided = new Set<string>();
  for (const [log, steps] of told.steps) {
    for (const { id, task, notice, over } of noticesOf(steps)) {
      const what = `notice ${notice.kind} ${notice.step} of ${log}.${task}`;
      check.holds(!decided.has(id), () => `${what} was decided twice`);
      decided.add(id);
      const item = items.get(`${log} ${task} ${notice.kind} ${notice.step}`);
      const sent = times.get(id) ?? 0;
      // What was not yet claimed when its task ended is moot.
      if (over && !item) continue;
      // At night it waits for the morning, which has not come.
      if (!item && afterQuiet(city, notice.at) > now) continue;
      check.holds(
        item?.state === 'sent' && sent >= 1,
        () => `${what} is ${item?.state ?? 'unclaimed'}, ${sent} times sent`,
      );
    }
  }
  let repeated = 0;
  for (const [id, count] of times) {
    check.holds(decided.has(id), () => `message ${id} was sent and never decided on`);
    repeated += count - 1;
  }
  check.holds(repeated === 0 || kills > 0, () => `${repeated} messages were sent again without any crash`);
  return check.finding;
}

/**
 * That a killed city reaches the same record is a comparison of two digests. What one record can show: each open log is driven
 * by an execution of its revision, and nothing drives what is closed.
 */
export function driven({ told, executions }: Evidence): Finding {
  const check = new Check();
  const running = new Set(executions.filter(({ status }) => status === 'RUNNING').map(({ name }) => name));
  for (const state of told.states) {
    const name = executionName(state.id, state.rev);
    if (isClosed(state)) check.holds(!running.has(name), () => `${state.id} is closed and ${name} still runs`);
    else check.holds(running.has(name), () => `${state.id} is open and ${name} does not run`);
  }
  return check.finding;
}

const personal = /(?<!\w)\d{17}[\dXx](?!\w)|(?<!\w)1[3-9]\d{9}(?!\w)/;

/** No personal data in logs, metrics, messages, or execution input and output; in the record only what is sealed. */
export function nobodyNamed({ told, messages, loose, secrets }: Evidence): Finding {
  const check = new Check();
  const names = nameIn(secrets);
  const clean = (text: string): string | undefined => {
    const number = personal.exec(text)?.[0];
    return number === undefined ? names(text) : `a number (${number.slice(0, 3)}…)`;
  };
  const items = told.record.items.map((item) => ({ where: `item ${placeOf(item)}`, text: inTheClear(item) }));
  const sent = messages.map(({ id, text }) => ({ where: `message ${id}`, text }));
  for (const { where, text } of [...items, ...sent, ...loose]) {
    const found = clean(text);
    check.holds(found === undefined, () => `${where} carries ${found}`);
  }
  for (const item of told.record.items) check.holds(isKnownKind(item), () => `nobody knows the item ${placeOf(item)}`);
  for (const { id, kind, text } of messages) {
    if (kind !== undefined) check.holds(isClean(text), () => `message ${id} tells a level or a matter`);
  }
  return check.finding;
}

/** An item without its sealed content, its data key and what goes with them. */
const inTheClear = (item: Item): string =>
  JSON.stringify(item, (_, value: unknown) => (value instanceof Uint8Array ? undefined : value));

/** Looks for a secret in runs of letters and digits, each distinct run once: most of them come again and again. */
function nameIn(secrets: ReadonlySet<string>): (text: string) => string | undefined {
  const known = new Map<string, boolean>();
  const written = [...secrets].filter((secret) => han.test(secret));
  const isSecret = (run: string): boolean =>
    secrets.has(run) || (han.test(run) && written.some((secret) => run.includes(secret)));
  return (text) => {
    for (const run of text.match(/[\p{L}\p{N}]+/gu) ?? []) {
      const told = known.get(run) ?? isSecret(run);
      known.set(run, told);
      if (told) return 'something a report says of a person';
    }
    return undefined;
  };
}

const han = /\p{Script=Han}/u;
