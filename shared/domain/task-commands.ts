/** What the holder of a post may do with a task: a command on the state becomes the draft of one action. Pure. */
import * as z from 'zod';
import type { City } from '../config/city.ts';
import { post as postOf } from '../config/posts.ts';
import { ActionRefused, InputInvalid, NotYours, Unknown } from '../errors.ts';
import type { By, Content, Draft } from './actions.ts';
import { answerOf } from './answers.ts';
import { clockBodies, extended, paused, resumed } from './clocks-commands.ts';
import { factsOf } from './facts.ts';
import { accepted, declined, handOffBodies, offered } from './handing-over.ts';
import { dangerTypes } from './help.ts';
import { noteIdFor, shortHash } from './ids.ts';
import { consentBody, consented } from './mediation.ts';
import { attempted } from './ordinary.ts';
import { faultsOf } from './report.ts';
import { describeState, type HandOff, openWork, type State, type Task } from './state.ts';
import { channelsOf } from './who-may/channels.ts';

const clockVerbs = ['attempt', 'pause', 'resume', 'extend'] as const;
export const verbs = [
  'acknowledge',
  'answer',
  'hand-off',
  'accept',
  'decline',
  'danger',
  'consent',
  ...clockVerbs,
] as const;
export type Verb = (typeof verbs)[number];
export const isVerb = (text: string): text is Verb => verbs.some((verb) => verb === text);

/** What the body of each verb but `answer` looks like. */
export const bodies = {
  acknowledge: z.strictObject({}),
  ...handOffBodies,
  ...clockBodies,
  consent: consentBody,
  danger: z.strictObject({ facts: z.array(z.enum(dangerTypes)).min(1).max(dangerTypes.length) }),
} as const;

export interface TaskCommand {
  readonly city: City;
  readonly state: State;
  readonly task: string;
  readonly verb: Verb;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
  readonly key: string;
  readonly body: unknown;
  /** Of a decision: how often this person has given the reason in these very words before. */
  readonly usedBefore?: number;
}

/** The draft of an action, and the text that its note is to hold. */
export interface Worded {
  readonly draft: Draft;
  readonly text?: string;
}

/** @throws InputInvalid, NotYours, ActionRefused, Unknown */
export function taskCommand(command: TaskCommand): Worded {
  const { state, by, at, key } = command;
  const task = state.tasks[command.task];
  if (!task) {
    // Of what is open only what is this post's: what else there is would tell of help and of protection.
    const open = openWork(state)
      .filter((one) => [one.owner, one.joining, one.handOff?.to].includes(by.post))
      .map(({ no }) => no);
    if (!wasThere(state, command.task)) {
      throw new Unknown('task', `${state.id}.${command.task}`, `open are ${open.join(', ') || 'none'}`);
    }
    throw new ActionRefused(command.verb, `task ${command.task} of ${state.id} is not open`, open);
  }
  const { content, reason: text } = contentOf(command, task);
  const draft: Draft = { at, by, key, rev: 0, content };
  return text === undefined ? { draft } : { draft: { ...draft, note: noteIdFor(state.id, key) }, text };
}

function wasThere({ counts }: State, task: string): boolean {
  const [, kind = '', number = ''] = /^(.*)-(\d+)$/.exec(task) ?? [];
  return Object.entries(counts).some(([known, count]) => known === kind && Number(number) <= count);
}

function contentOf(command: TaskCommand, task: Task): { content: Content; reason?: string | undefined } {
  const { city, by, at, verb } = command;
  const on = { task: task.no };
  switch (verb) {
    case 'acknowledge':
      ours(task, by.post);
      parsed(bodies.acknowledge, command.body);
      return { content: { kind: task.joining === by.post ? 'joined' : 'acknowledged', ...on } };
    case 'answer': {
      mine(task, by.post);
      const { answer, reason } = answerOf({ ...command, task }, command.body);
      return { content: { kind: 'answered', ...on, answer }, reason };
    }
    case 'hand-off': {
      mine(task, by.post);
      const { to, reason } = parsed(bodies['hand-off'], command.body);
      return { content: offered(command, task, to), reason };
    }
    case 'accept': {
      const offer = offeredTo(task, by.post, verb);
      const { reason } = parsed(bodies.accept, command.body);
      return { content: accepted(command, task, offer), reason };
    }
    case 'decline': {
      const offer = offeredTo(task, by.post, verb);
      const { reason } = parsed(bodies.decline, command.body);
      return { content: declined(command, task, offer), reason };
    }
    case 'danger':
      return { content: dangerMet(command, task) };
    case 'consent':
      mine(task, by.post);
      return { content: consented(command.state, task, parsed(bodies.consent, command.body)) };
    case 'attempt': {
      mine(task, by.post);
      const { note } = parsed(bodies.attempt, command.body);
      return { content: attempted(city, task, at), reason: note };
    }
    case 'pause': {
      mine(task, by.post);
      const body = parsed(bodies.pause, command.body);
      return { content: paused(task, body), reason: body.note };
    }
    case 'resume':
      mine(task, by.post);
      parsed(bodies.resume, command.body);
      return { content: resumed(city, task, at) };
    case 'extend': {
      mine(task, by.post);
      const body = parsed(bodies.extend, command.body);
      return { content: extended(city, task, body, at), reason: body.reason };
    }
  }
}

/** What they met is an event of its own: it is verified like any other, and no level follows from it by itself. */
function dangerMet({ city, state, by, at, key, body }: TaskCommand, task: Task): Content {
  ours(task, by.post);
  const { facts } = parsed(bodies.danger, body);
  if (state.subject !== 'case') throw new ActionRefused('danger', describeState(state), ['a report of its own']);
  const [channel = 'department'] = channelsOf(postOf(city, by.post).role);
  const met = factsOf(facts);
  const event = { id: `E-${shortHash(`event ${key}`)}`, at, reportedAt: at, facts: met };
  return { kind: 'dangerReported', task: task.no, channel, event };
}

function parsed<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (!result.success) throw new InputInvalid(faultsOf(result.error, body));
  return result.data;
}

/** Accountable is the post, also while it is handing off: the sender stays accountable until the receiver has accepted. */
function mine(task: Task, post: string): void {
  if (task.owner !== post) throw new NotYours(`task ${task.no} belongs to ${task.owner}, not to ${post}`);
}

/** Of a joint task: whoever takes part acknowledges too and may report danger; only the accountable post answers. */
function ours(task: Task, post: string): void {
  if (task.joining !== post) mine(task, post);
}

function offeredTo(task: Task, post: string, verb: Verb): HandOff {
  if (!task.handOff)
    throw new ActionRefused(verb, `task ${task.no} is not being handed off`, ['acknowledge', 'answer']);
  if (task.handOff.to !== post) throw new NotYours(`task ${task.no} is offered to ${task.handOff.to}, not to ${post}`);
  return task.handOff;
}
