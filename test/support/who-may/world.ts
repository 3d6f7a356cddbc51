/** The record in which the matrix is tried: every situation in every phase, a directory, a roster; then nothing is written any more. */
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { changed } from '../../../shared/domain/directory.ts';
import { type AgreementId, sha256, type TaskId } from '../../../shared/domain/ids.ts';
import { handleAlphabet, handleLength } from '../../../shared/domain/notices.ts';
import { PreconditionFailed } from '../../../shared/errors.ts';
import { keepAddressee, keepContact } from '../../../shared/record/contacts.ts';
import { commitVersion } from '../../../shared/record/directory.ts';
import { keepHandle } from '../../../shared/record/handles.ts';
import type { Log } from '../../../shared/record/log.ts';
import { partyHashes } from '../../../shared/record/people.ts';
import { putShift } from '../../../shared/record/roster.ts';
import type { Keys } from '../../../shared/record/seal.ts';
import type { Table } from '../../../shared/record/table.ts';
import { keysForTest } from '../kms.ts';
import { logOn, RecordingDriver, tableForTest } from '../table.ts';
import { tellAgreement } from './agreements.ts';
import { city, east, eastOnDuty, type Identity, monday, type PostActor, west, westOnDuty } from './cast.ts';
import { type Matters, tellMatters } from './matters.ts';
import { casePhases, identities, type Situation, type Subject, tell } from './story.ts';

const situations: readonly Situation[] = [
  { name: 'lies in the area' },
  { name: 'nobody was told', untold: true, phases: ['level', 'after', 'closed'] },
  { name: 'colleagues work', colleague: true },
  { name: 'works', caseTask: 'work', disputeTask: 'work' },
  { name: 'works elsewhere', side: 'west', caseTask: 'work', disputeTask: 'work' },
  { name: 'is offered work', offered: true, disputeTask: 'work' },
  { name: 'takes part', joins: true, disputeTask: 'work', phases: ['before', 'level'] },
  { name: 'decides on red', red: true, caseTask: 'work', phases: ['before', 'level'] },
  { name: 'is offered the decision on red', red: true, offered: true, phases: ['before'] },
  { name: 'is asked to a talk', invited: true, phases: ['before', 'level', 'after'] },
  { name: 'others help and protect', others: true, phases: ['before', 'level'] },
  { name: 'helps', caseTask: 'help', disputeTask: 'help' },
  { name: 'is asked a question', disputeTask: 'ask', phases: ['before', 'closed'] },
  { name: 'tells the person concerned', caseTask: 'tell', phases: ['level', 'after'] },
  { name: 'protects', caseTask: 'protect', phases: ['before', 'level', 'after'] },
  { name: 'protects, the dispute over', caseTask: 'protect', disputeOver: true, phases: ['level'] },
  { name: 'protects a child', disputeTask: 'protect', phases: ['before', 'level'] },
  { name: 'verifies, the dispute over', caseTask: 'verify', disputeOver: true, phases: ['before', 'level'] },
  { name: 'verified an event', verified: true, phases: ['level'] },
  { name: 'reviews a contest', caseTask: 'review', phases: ['level'] },
  { name: 'something is shared', shares: true, phases: ['level'] },
  { name: 'broke the glass', glass: 'now' },
  { name: 'glass is over', glass: 'over', phases: ['before', 'level'] },
  { name: 'another broke the glass', glass: 'of another', phases: ['before', 'level'] },
  { name: 'is a party', party: true, caseTask: 'work', disputeTask: 'work', glass: 'now' },
  ...(['grid-officer', 'department-officer', 'community-police', 'county-centre'] as const).map(
    (owner): Situation => ({ name: `the ${owner} is accountable`, owner, phases: ['level', 'closed'] }),
  ),
];

export interface World extends AsyncDisposable {
  readonly log: Log;
  readonly keys: Keys;
  readonly subjects: readonly Subject[];
  readonly matters: Matters;
  readonly agreement: AgreementId;
  readonly shifts: Readonly<Record<'east' | 'west', { readonly id: string; readonly post: string }>>;
  readonly hashes: Readonly<Record<Identity, string>>;
  /** Of a message that just went to somebody. */
  readonly handle: string;
}

const founder = { person: 'founder', post: `${city.code}.administrator` };

async function name(log: Log, actors: readonly PostActor[]): Promise<void> {
  const posts = [...new Set(actors.map(({ post }) => post))];
  const make = { at: monday - 1, by: founder, reason: 'appointment', key: 'name' };
  for (const post of posts) {
    const holders = actors
      .filter((actor) => actor.post === post)
      .map(({ person }) => ({ person, from: monday - 1, to: null }));
    const version = { post, key: 'name', person: founder.person };
    await commitVersion(log, { ...version, make: () => changed(post, undefined, { holders, deputy: null }, make) });
  }
}

async function plan(log: Log, { post, person }: PostActor) {
  const planned = { post, person, channel: 'voice', from: monday, to: monday + 8 * 3_600_000 } as const;
  return putShift(log, planned, { by: founder, key: `shift ${person}`, now: monday });
}

async function anyShift(log: Log, actors: readonly PostActor[]) {
  const shifts = await Promise.all(actors.map((actor) => plan(log, actor)));
  const found = shifts.find(({ post }) => post.endsWith('.mediator'));
  if (!found) throw new Error('no mediator on duty');
  return { id: found.id, post: found.post };
}

/** A message went to whoever may be hurt in the first dispute. */
async function messaged({ table }: Log, keys: Keys, [first]: readonly Subject[]): Promise<string> {
  if (!first) throw new Error('there is no dispute');
  const place = { dispute: first.dispute, report: first.report, i: 5, part: 'affected' } as const;
  await keepContact({ table, keys }, place, { channel: 'sms', reach: '13900000099', never: [] });
  const handle = '0123456789abcdef01234567';
  await keepAddressee(table, handle, place, monday);
  return handle;
}

/** Of the call about a task. */
export const callHandle = (taskId: string): string =>
  [...sha256(taskId).slice(0, handleLength)].map((digit) => handleAlphabet[Number.parseInt(digit, 16)]).join('');

/** Somebody was called about every task that is tried. */
async function called({ table }: Log, subjects: readonly Subject[]): Promise<void> {
  for (const subject of subjects) {
    if (subject.phase !== 'level') continue;
    for (const task of new Set([...subject.taskOf.values(), 'verify-1'])) {
      const taskId: TaskId = `${subject.case}.${task}`;
      await keepHandle(table, () => callHandle(taskId), taskId, monday);
    }
  }
}

export async function buildWorld(): Promise<World> {
  const table = await tableForTest();
  const keys = keysForTest();
  const log: Log = { ...logOn(table, new RecordingDriver(), new Map()), city };
  await name(log, [...east, ...eastOnDuty, ...west, ...westOnDuty]);
  const shifts = { east: await anyShift(log, eastOnDuty), west: await anyShift(log, westOnDuty) };
  const subjects: Subject[] = [];
  for (const situation of situations) {
    for (const phase of situation.phases ?? casePhases) subjects.push(await tell(log, keys, situation, phase));
  }
  await called(log, subjects);
  const matters = await tellMatters(log, keys);
  const agreement = await tellAgreement(log, keys);
  const handle = await messaged(log, keys, subjects);
  const hash = async (identity: Identity) => (await partyHashes(keys, identities[identity]))[0] ?? '';
  const hashes = {
    respondent: await hash('respondent'),
    affected: await hash('affected'),
    complainant: await hash('complainant'),
  };
  return {
    log: { ...log, table: finished(table) },
    keys,
    subjects,
    matters,
    agreement,
    shifts,
    hashes,
    handle,
    [Symbol.asyncDispose]: () => table[Symbol.asyncDispose](),
  };
}

/** What a write says once the world is built: whoever got so far was permitted. */
const written = 'the world is built; nothing more is written';

/** The table as it is from now on. What was read once need not be asked for again, and no write arrives. */
function finished({ name: tableName, db }: Table): Table {
  const known = new Map<string, Promise<unknown>>();
  const send = (command: unknown): Promise<unknown> => {
    if (!(command instanceof GetCommand || command instanceof QueryCommand)) {
      return Promise.reject(new PreconditionFailed(written));
    }
    const key = JSON.stringify([command.constructor.name, command.input]);
    const answer = known.get(key) ?? Promise.resolve(Reflect.apply(db.send, db, [command]));
    known.set(key, answer);
    return answer;
  };
  return { name: tableName, db: sending(db, send) };
}

/** The same client, whose requests go elsewhere. */
export const sending = (db: Table['db'], send: (command: unknown) => Promise<unknown>): Table['db'] =>
  new Proxy(db, { get: (target, key) => (key === 'send' ? send : Reflect.get(target, key)) });
