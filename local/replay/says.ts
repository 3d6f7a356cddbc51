/** What a simulated post says when it acts: the body of its command. Pure; a decision is made on the case as it was read. */
import { z } from 'zod';
import { leastReason } from '../../shared/domain/answers.ts';
import type { FactType } from '../../shared/domain/facts.ts';
import { type Level, levels, type MeasureKind, measureKinds } from '../../shared/domain/words.ts';
import { between, choose, draw } from './random.ts';
import { type Intent, kindOf, type Staff, stuck } from './staff.ts';

/** Of the case as the API shows it: what a decision rests on. */
const viewSchema = z.object({
  case: z.object({
    events: z.array(z.object({ id: z.string(), state: z.enum(['unverified', 'verified', 'withdrawn']) })),
    assessment: z.object({ proposal: z.enum(['none', ...levels]) }).nullable(),
    level: z.object({ colour: z.enum(levels), renewed: z.boolean(), afterRed: z.boolean() }).nullable(),
  }),
});
export type CaseView = z.infer<typeof viewSchema>['case'];
export const parseView = (body: unknown): CaseView => viewSchema.parse(body).case;

/** Only for these does somebody read the case before acting. */
export const readsFirst = ({ verb, taskId }: Intent): boolean =>
  verb === 'answer' && (kindOf(taskId) === 'decide' || kindOf(taskId) === 'renew');

export function bodyOf(staff: Staff, intent: Intent, view: CaseView | undefined): Record<string, unknown> {
  switch (intent.verb) {
    case 'acknowledge':
    case 'accept':
      return {};
    case 'decline':
      return { reason: '本岗位无此职责，请另行安排。 Not within the duties of this post.' };
    case 'hand-off':
      return { to: intent.to, reason: '由更合适的岗位办理。 Another post is better placed.' };
    case 'answer':
      return answer(staff, intent, view);
  }
}

const outcomes = {
  settle: { settled: 85, failed: 15 },
  'crisis-help': { helped: 85, declined: 15 },
  'child-protection': { protected: 1 },
  verify: { verified: 82, unfounded: 18 },
  second: { agree: 78, disagree: 22 },
  protect: { protected: 1 },
  notify: { told: 72, deferred: 28 },
  measure: { done: 80, refused: 11, failed: 9 },
  review: { continue: 92, reassess: 8 },
  resolve: { resolved: 80, 'not-yet': 20 },
  'access-review': { justified: 95, unjustified: 5 },
} as const;

/** What is seen when somebody falls back. */
const relapses: readonly (readonly FactType[])[] = [
  ['threat_to_harm', 'property_damage'],
  ['physical_assault'],
  ['physical_assault', 'injury'],
  ['threat_to_kill'],
  ['stalking_harassment', 'threat_to_harm'],
];

function answer(staff: Staff, intent: Intent, view: CaseView | undefined): Record<string, unknown> {
  const chance = (about: string) => draw(staff.seed, intent.taskId, intent.key, intent.post, about);
  const kind = kindOf(intent.taskId);
  switch (kind) {
    case 'decide':
      return decision(view, chance);
    case 'plan':
      return { outcome: 'planned', measures: measures(chance).map((measure) => ({ kind: measure })) };
    case 'resolve': {
      const outcome = stuck(staff, intent.taskId) ? 'not-yet' : choose(outcomes.resolve, chance('outcome'));
      return { outcome };
    }
    case 'renew': {
      // Deciding anew on the same events renews a level once.
      const may = view?.level && !view.level.renewed && !view.level.afterRed;
      return { outcome: may ? choose({ renewed: 40, ended: 60 }, chance('outcome')) : 'ended' };
    }
    case 'check-in': {
      const outcome = choose({ well: 77, declined: 8, concern: 6, relapse: 9 }, chance('outcome'));
      const seen = relapses[Math.floor(chance('seen') * relapses.length)] ?? [];
      return outcome === 'relapse' ? { outcome, facts: seen } : { outcome };
    }
    default:
      return { outcome: choose<string>(outcomes[kind], chance('outcome')) };
  }
}

function measures(chance: (about: string) => number): MeasureKind[] {
  const count = 1 + Math.floor(between(0, 4, chance('measures')));
  return measureKinds
    .map((kind) => ({ kind, rank: chance(kind) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ kind }) => kind);
}

function decision(view: CaseView | undefined, chance: (about: string) => number): Record<string, unknown> {
  const proposal = view?.assessment?.proposal ?? 'none';
  const events = (view?.events ?? []).filter(({ state }) => state === 'verified').map(({ id }) => id);
  const rank = proposal === 'none' ? -1 : levels.indexOf(proposal);
  const [next] = levels.slice(rank + 1);
  const below = levels.slice(0, Math.max(0, rank));
  const lowered = below[Math.floor(chance('lower') * below.length)];
  const outcome =
    events.length === 0
      ? 'dismiss'
      : choose(
          proposal === 'none'
            ? { dismiss: 75, raise: 25 }
            : { confirm: 59, raise: next ? 6 : 0, lower: lowered ? 26 : 0, dismiss: 9 },
          chance('outcome'),
        );
  const level = outcome === 'raise' ? next : outcome === 'lower' ? lowered : undefined;
  return {
    outcome,
    ...(level ? { level } : {}),
    events: events.slice(-20),
    reason: reasonOf(outcome, level, events.at(-1)),
  };
}

const grounds: Readonly<Record<string, string>> = {
  confirm: '与评估建议一致',
  raise: '现场情况较评估建议更为紧急',
  lower: '双方已冷静并愿意调解，较评估建议轻',
  dismiss: '经核实不足以定级，转为一般纠纷处理',
};

/** S3: at least twenty characters, and what it rests on. */
function reasonOf(outcome: string, level: Level | undefined, event: string | undefined): string {
  const on = event ? `依据已核实事件 ${event}` : '没有已核实的事件';
  return `${on}，经研判${grounds[outcome] ?? ''}${level ? `（${level}）` : ''}，由本岗位作出决定。`.padEnd(
    leastReason,
    '。',
  );
}
