/** A process that works an agenda off and is killed meanwhile: writes down what it did, then that it is done. */
import { appendFileSync } from 'node:fs';
import { Agenda } from '../../../local/replay/agenda.ts';
import type { Intent } from '../../../local/replay/staff.ts';

const [file = '', log = '', count = '0'] = process.argv.slice(2);
const agenda = new Agenda(file);
const total = Number(count);

/** Message i leads to two intents, some of them at one instant and on one case. */
const intents = (i: number): Intent[] =>
  [0, 1].map((k) => ({
    key: `opened-0-${k}`,
    at: 1000 * (1 + i + k),
    taskId: `C-${String(i % 5).padStart(12, '0')}.plan-${i}`,
    post: 'p',
    verb: k === 0 ? 'acknowledge' : 'answer',
  }));

for (;;) {
  const from = agenda.cursor;
  if (from < total) {
    const batch = [0, 1, 2].map((k) => from + k).filter((i) => i < total);
    agenda.hear(
      batch.map((i) => ({ id: `m${i}`, intents: intents(i) })),
      from + batch.length,
    );
  }
  const at = agenda.next();
  if (at === undefined) {
    if (agenda.cursor >= total) break;
    continue;
  }
  for (const intent of agenda.round(at)) {
    appendFileSync(log, `${intent.at} ${intent.taskId} ${intent.key}\n`);
    agenda.done(intent);
  }
}
