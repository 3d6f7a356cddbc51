/** What the holder of a post may do with a task: a command on the state becomes the draft of one action. Pure. */
import { z } from 'zod';
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { postExists, post as postOf } from '../config/posts.ts';
import { ActionRefused, InputInvalid, NotYours, Unknown } from '../errors.ts';
import type { By, Content, Draft } from './actions.ts';
import { answerOf } from './answers.ts';
import { isHelp, mayHelp } from './help.ts';
import { noteIdFor } from './ids.ts';
import { stint } from './ladder.ts';
import { faultsOf } from './report.ts';
import { type HandOff, openTasks, type State, type Task } from './state.ts';
import { purposeFor } from './who-may/purposes.ts';

export const verbs = ['acknowledge', 'answer', 'hand-off', 'accept', 'decline'] as const;
export type Verb = (typeof verbs)[number];
export const isVerb = (text: string): text is Verb => verbs.some((verb) => verb === text);

const reason = z.string().min(1).max(200).optional();
/** What the body of each verb but `answer` looks like. */
export const bodies = {
  acknowledge: z.strictObject({}),
  'hand-off': z.strictObject({ to: z.string().min(1).max(64), reason }),
  accept: z.strictObject({}),
  decline: z.strictObject({ reason }),
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
    const open = openTasks(state)
      .filter((one) => one.owner === by.post || one.handOff?.to === by.post)
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
      mine(task, by.post);
      parsed(bodies.acknowledge, command.body);
      return { content: { kind: 'acknowledged', ...on } };
    case 'answer': {
      mine(task, by.post);
      const { answer, reason } = answerOf({ ...command, task }, command.body);
      return { content: { kind: 'answered', ...on, answer }, reason };
    }
    case 'hand-off': {
      mine(task, by.post);
      const { to, reason } = parsed(bodies['hand-off'], command.body);
      if (!postExists(city, to) || to === task.owner) {
        throw new InputInvalid([{ path: 'to', value: to, allowed: 'another post of the city, <area code>.<duty>' }]);
      }
      if (purposeFor(postOf(city, to).role) !== 'handling') {
        throw new InputInvalid([{ path: 'to', value: to, allowed: 'a post whose work is handling disputes' }]);
      }
      if (isHelp(task) && !mayHelp(postOf(city, to).role)) {
        throw new InputInvalid([{ path: 'to', value: to, allowed: 'a post that is not of the police: this is help' }]);
      }
      const handOff = `${task.no}-${task.handOffs + 1}`;
      const until = addDuration(city, at, city.handOff);
      return { content: { kind: 'handOffOffered', ...on, handOff, to, until }, reason };
    }
    case 'accept': {
      const { id } = offeredTo(task, by.post, verb);
      parsed(bodies.accept, command.body);
      return { content: { kind: 'handOffAccepted', ...on, handOff: id, stint: stint(city, task, by.post, at) } };
    }
    case 'decline': {
      const { id } = offeredTo(task, by.post, verb);
      const { reason } = parsed(bodies.decline, command.body);
      return { content: { kind: 'handOffDeclined', ...on, handOff: id }, reason };
    }
  }
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

function offeredTo(task: Task, post: string, verb: Verb): HandOff {
  if (!task.handOff)
    throw new ActionRefused(verb, `task ${task.no} is not being handed off`, ['acknowledge', 'answer']);
  if (task.handOff.to !== post) throw new NotYours(`task ${task.no} is offered to ${task.handOff.to}, not to ${post}`);
  return task.handOff;
}
