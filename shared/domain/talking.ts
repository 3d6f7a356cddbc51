/**
 * Several departments talk about one case: without names until the threshold, about what happened and what would help. Who is
 * asked follows from the kind of the dispute alone, so that an invitation tells of nobody's needs. Pure.
 */
import * as z from 'zod';
import { iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { township } from '../config/places.ts';
import { listed, post, postExists } from '../config/posts.ts';
import { ActionRefused } from '../errors.ts';
import type { Answer } from './actions.ts';
import { type Context, invalid } from './answering.ts';
import { type Fact, factCatalogue } from './facts.ts';
import { isHelp, isNeed } from './help.ts';
import { type CaseState, describeState, openTasks, standsByItself, type Task } from './state.ts';
import type { Field } from './who-may/matrix.ts';
import { purposeFor } from './who-may/purposes.ts';
import type { MeasureKind, TaskKind } from './words.ts';

export const talkAnswer = z.strictObject({
  task: z.literal('talk'),
  outcome: z.enum(['met', 'not-met']).describe('Harm is likely and takes more than one department; or not'),
  present: z.array(z.string().max(64)).min(2).max(20).describe('Posts that took part, of two departments at least'),
  note: z.string().min(1).max(200).optional(),
});

/** What a case of several departments may come to: each is asked to the talk whatever this one needs. */
const asked = [
  'protect',
  'joint-visit',
  'people-mediation',
  'safety-planning',
  'counselling',
] as const satisfies readonly (TaskKind | MeasureKind)[];

/** Whoever works on the case already, and whom the responsibility list names; posts, never persons. */
export function invitedTo(city: City, state: CaseState, tier: string, owner: string): string[] {
  const { disputeType, area } = state;
  const named = asked.flatMap((kind) => listed(city, { kind, disputeType, area, tier }) ?? []);
  const working = openTasks(state)
    .filter((task) => !isHelp(task) && task.kind !== 'destroy')
    .map((task) => task.owner);
  return [...new Set([...named, ...working])].filter((id) => id !== owner && handles(city, id)).sort();
}

const handles = (city: City, id: string): boolean => purposeFor(post(city, id).role) === 'handling';

/** One department alone is no talk. @throws InputInvalid */
export function talked({ city, state }: Context, { outcome, present }: z.infer<typeof talkAnswer>): Answer {
  present.forEach((id, i) => {
    if (!postExists(city, id) || !handles(city, id) || present.indexOf(id) < i) {
      throw invalid(`present.${i}`, id, 'a post whose work is handling disputes, <area code>.<duty>, each once');
    }
  });
  const departments = new Set(present.map((id) => post(city, id).department));
  if (departments.size < 2) throw invalid('present', present, 'posts of two departments at least');
  // Nothing ends over what nobody has looked at.
  const unseen =
    state.subject === 'case' && state.level === null && state.events.some((one) => one.state === 'unverified');
  if (outcome === 'not-met' && unseen) {
    throw new ActionRefused('not-met', `${describeState(state)} with an event still to be verified`, ['met']);
  }
  return { task: 'talk', outcome, present };
}

const openTalk = (state: CaseState): Task | undefined => openTasks(state).find(({ kind }) => kind === 'talk');

const told: ReadonlySet<string> = new Set(['event', 'behaviour', 'protective']);
const isTold = ({ type }: Fact): boolean => told.has(factCatalogue[type].element);

/** What the talk is about: nobody's name, number, words or address, and of needs only how many. @throws ActionRefused */
export function agendaOf(city: City, state: CaseState, shown: ReadonlySet<Field>) {
  const talk = openTalk(state);
  if (!talk) throw new ActionRefused('an agenda', `${describeState(state)} without an open talk`, ['talk']);
  const { id, area, disputeType, assessment } = state;
  const events = state.events.filter(standsByItself);
  const needs = events.flatMap(({ facts }) => facts.filter((fact) => isNeed(fact) && !fact.negated));
  return {
    taskId: `${id}.${talk.no}`,
    owner: talk.owner,
    due: iso(talk.due),
    // A smaller place, also that in the name of a post, would tell those who live there who is meant.
    departments: [...new Set(talk.invited.map((id) => post(city, id).department))],
    area: area.slice(0, township),
    disputeType,
    events: events.map((event) => ({
      id: event.id,
      occurredAt: event.undated ? null : iso(event.at),
      state: event.state,
      facts: event.facts.filter(isTold),
    })),
    assessment: assessment && {
      proposal: assessment.proposal,
      trend: assessment.trend,
      note: 'advice, not a prediction',
    },
    ...(shown.has('needs') ? { needs: new Set(needs.map(({ type }) => type)).size } : {}),
    tasks: openTasks(state)
      .filter((task) => !isHelp(task))
      .map(({ kind, due }) => ({ kind, due: iso(due) })),
  };
}
