/** What the plan is proposed to hold: advice for whoever makes it. */
import { iso } from '../../shared/calendar/calendar.ts';
import { isHelp } from '../../shared/domain/help.ts';
import { measuresIn, proposePlan } from '../../shared/domain/planning.ts';
import { describeState } from '../../shared/domain/state.ts';
import type { MeasureKind } from '../../shared/domain/words.ts';
import { ActionRefused } from '../../shared/errors.ts';
import type { Log } from '../../shared/record/log.ts';
import type { Handler } from '../middleware/api.ts';
import { caseAt } from '../middleware/named.ts';

export const readPlanProposal =
  (log: () => Log): Handler<'read-plan-proposal'> =>
  async ({ params, guard, now }) => {
    const { city } = log();
    const state = await caseAt(log(), params.id);
    const { fields } = await guard.toLog(state);
    if (!state.level)
      throw new ActionRefused('proposing a plan', `${describeState(state)} without a level`, ['decide']);
    // How many there are would tell of help too.
    const isFor = (kind: MeasureKind) => fields.has('needs') || !isHelp({ kind: 'measure', measure: kind });
    const measures = proposePlan({ city, state, at: now })
      .filter(({ kind }) => isFor(kind))
      .map(({ due, ...one }) => ({ ...one, why: [...one.why], due: iso(due) }));
    const cap = { most: city.levels[state.level.colour].measures, held: measuresIn(state).filter(isFor).length };
    return { body: { id: state.id, ...cap, measures, note: 'advice: whoever makes the plan decides' } };
  };
