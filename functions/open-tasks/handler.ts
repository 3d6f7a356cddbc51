import type { z } from 'zod';
import { openingDraft } from '../../shared/domain/lifecycle-commands.ts';
import type { Log } from '../../shared/record/log.ts';
import { type CaseLook, commitStage } from '../../shared/record/looks.ts';
import type { caseInput } from '../middleware/step.ts';

/** Lifecycle: opens every task that is due, each with its accountable post and its clocks. */
export const open =
  (log: () => Log) =>
  ({ id, rev, now }: z.output<typeof caseInput>): Promise<CaseLook> =>
    commitStage(log(), id, rev, now, (state) => openingDraft(log().city, state, rev, now));
