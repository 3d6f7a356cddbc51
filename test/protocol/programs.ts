/**
 * Production code as programs that are stopped at each request to the record or to Step Functions. A program and the answers that it
 * has had so far say what it asks for next: it is run again with them, which the law that time comes in with the event allows.
 */
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { assess } from '../../functions/assess-case/handler.ts';
import { close } from '../../functions/close-case/handler.ts';
import { lookAt as lookAtCase } from '../../functions/look-at-case/handler.ts';
import { lookAt as lookAtTask } from '../../functions/look-at-task/handler.ts';
import { open } from '../../functions/open-tasks/handler.ts';
import { takeStep } from '../../functions/take-sla-step/handler.ts';
import type { Action } from '../../shared/domain/actions.ts';
import type { CaseId } from '../../shared/domain/ids.ts';
import type { State } from '../../shared/domain/state.ts';
import { taskCommand, type Verb } from '../../shared/domain/task-commands.ts';
import { HejieError } from '../../shared/errors.ts';
import { commit, type Driver, type Log, type Started } from '../../shared/record/log.ts';
import { reconcile } from '../../shared/record/reconcile.ts';
import { noticeKey, noticePrefix, openKey, partitionOf, taskKey, waitKey } from '../../shared/record/table.ts';
import { city } from '../support/city.ts';
import { keysForTest } from '../support/kms.ts';
import { definition } from './world.ts';

export interface Person {
  readonly post: string;
  readonly task: string;
  readonly verb: Verb;
  readonly body: object;
}

/** One case, one task of it that is looked at, and who acts. */
export interface Cast {
  readonly id: CaseId;
  readonly task: string;
  readonly people: Readonly<Record<string, Person>>;
}

export interface Request {
  readonly kind: string;
  readonly key: string;
  readonly input?: unknown;
}
/** What a program does after the answers that it has had: it asks for more, or is over. */
export type Next = { readonly asks: Request } | { readonly answers: unknown } | { readonly throws: string };

export type Fields = Readonly<Record<string, unknown>>;
type Ask = (request: Request) => Promise<unknown>;
interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Fields;
}

const keysForAll = keysForTest();
const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const actionKeyOf = ({ n }: Action): string => `A#${String(n).padStart(10, '0')}`;
const db = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'cn-north-1' }));
const sns = new SNSClient({ region: 'cn-north-1' });
const sending = <T extends object>(client: T, send: (command: Command) => unknown): T =>
  new Proxy(client, { get: (target, key) => (key === 'send' ? send : Reflect.get(target, key)) });

export class Programs {
  readonly #cast: Cast;
  readonly #pk: string;
  readonly #actions: (log: string) => readonly Action[];
  readonly #known = new Map<string, Next>();

  /** @param actions of a log, by the hash of its last one */
  constructor(cast: Cast, actions: (log: string) => readonly Action[]) {
    this.#cast = cast;
    this.#pk = partitionOf(cast.id);
    this.#actions = actions;
  }

  known(run: string, seen: readonly string[]): Next | undefined {
    return this.#known.get(`${run} ${seen.join(' ')}`);
  }

  async next(run: string, seen: readonly string[]): Promise<Next> {
    const found = this.known(run, seen);
    if (found) return found;
    let place = 0;
    const next = await new Promise<Next>((resolve) => {
      const ask: Ask = (asks) => {
        const answer = seen[place];
        place += 1;
        if (answer === undefined) resolve({ asks });
        return answer === undefined ? new Promise(() => {}) : this.#answered(asks, answer);
      };
      this.#run(run, ask).then(
        (answers) => resolve({ answers }),
        (error: unknown) => resolve({ throws: error instanceof HejieError ? error.name : String(error) }),
      );
    });
    this.#known.set(`${run} ${seen.join(' ')}`, next);
    return next;
  }

  async #answered({ kind, input }: Request, answer: string): Promise<unknown> {
    if (kind === 'read') {
      const all = this.#actions(answer).map((action) => ({ sk: actionKeyOf(action), action }));
      return { Items: all.filter(({ sk }) => sk >= String(input)) };
    }
    if (kind === 'start') return answer;
    if (answer === '-') {
      if (kind === 'get') return {};
      throw new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata: {} });
    }
    if (kind === 'get') return { Item: JSON.parse(answer) };
    return kind === 'items' || kind === 'notices' ? { Items: JSON.parse(answer) } : {};
  }

  /** What else production writes is answered at once: it is looked at elsewhere. */
  #requested({ constructor: { name }, input }: Command): Request | Fields {
    const values = isRecord(input.ExpressionAttributeValues) ? input.ExpressionAttributeValues : {};
    const place = input.Key ?? input.Item;
    const key = isRecord(place) ? String(place.sk) : '';
    const notices = noticePrefix(this.#cast.task);
    if (name === 'QueryCommand') {
      if (values[':value'] === openKey(city.code, this.#cast.id)) return { Items: [{ pk: this.#pk, sk: 'HEAD' }] };
      if (values[':pk'] !== this.#pk) return { Items: [] };
      if (values[':from'] !== undefined) return { kind: 'read', key, input: values[':from'] };
      if (values[':prefix'] === undefined) return { kind: 'items', key };
      return values[':prefix'] === notices ? { kind: 'notices', key } : { Items: [] };
    }
    if (!isRecord(place) || place.pk !== this.#pk) return {};
    if (key.startsWith('A#')) return { kind: 'put', key, input: place.action };
    if (key.startsWith(notices)) return { kind: name === 'PutCommand' ? 'claim' : 'mark', key, input };
    if (key !== taskKey(this.#cast.task) && key !== waitKey) return {};
    return name === 'GetCommand' ? { kind: 'get', key } : { kind: 'update', key, input };
  }

  /** `what,revision,now,step` */
  #run(run: string, ask: Ask): Promise<unknown> {
    const { id, task, people } = this.#cast;
    const [what = '', rev, now, step] = run.split(',');
    const given = { id, rev: Number(rev), now: Number(now) };
    const onTask = { ...given, task };
    const table = {
      name: 'record',
      db: sending(db, async (command) => {
        const request = this.#requested(command);
        return 'kind' in request && 'key' in request
          ? ask({ ...request, kind: String(request.kind), key: String(request.key) })
          : request;
      }),
    };
    const start = async (key: string): Promise<Started> => {
      const started = await ask({ kind: 'start', key });
      return started === 'runs' || started === 'begun' ? started : 'died';
    };
    const driver: Driver = {
      start: (_, r) => start(`L${r}`),
      startTask: async (_, r, no) => (no === task ? start(`T${r}`) : 'runs'),
      stop: async (_, r) => void (await ask({ kind: 'stop', key: String(r) })),
      wake: async (token, output) => void (await ask({ kind: 'wake', key: token, input: output })),
    };
    const publishing = sending(sns, async ({ input }) => {
      const { taskId, kind, step: k } = JSON.parse(String(input.Message));
      return taskId === `${id}.${task}` ? ask({ kind: 'publish', key: noticeKey(task, kind, k) }) : {};
    });
    const log = (): Log => made;
    const made: Log = { table, city, driver, warm: new Map() };
    const outgoing = () => ({
      table,
      city,
      sns: publishing,
      topicArn: 'notices',
      sent: new Set<string>(),
      handle: () => 'k',
    });
    const citizens = () => {
      throw new RangeError('nothing goes to a citizen here');
    };
    const person = people[what];
    if (person) {
      const by = { role: 'staff', person: what, post: person.post } as const;
      const command = (state: State | undefined) => {
        if (!state) throw new RangeError('nothing was reported');
        return taskCommand({ ...person, city, state, by, at: given.now, key: what }).draft;
      };
      return commit(made, id, command, { key: what });
    }
    if (what === 'look-T') return lookAtTask(log, outgoing, citizens)(onTask);
    if (what === 'sla') return takeStep(log, outgoing, citizens)({ ...onTask, step: Number(step) });
    if (what === 'reconcile')
      return reconcile({ ...made, keys: keysForAll, list: table }, outgoing(), given.now, definition);
    if (what === 'look-L') return lookAtCase(log)(given);
    if (what === 'assess') return assess(log)(given);
    return what === 'close' ? close(log)(given) : open(log)(given);
  }
}
