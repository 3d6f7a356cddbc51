import type { z } from 'zod';
import { assessmentDraft } from '../../shared/domain/lifecycle-commands.ts';
import type { Log } from '../../shared/record/log.ts';
import { type CaseLook, commitStage } from '../../shared/record/looks.ts';
import type { caseInput } from '../middleware/step.ts';

/** Lifecycle: puts the verified events through the model in force and records what it proposes. People decide. */
export const assess =
  (log: () => Log) =>
  ({ id, rev, now }: z.output<typeof caseInput>): Promise<CaseLook> =>
    commitStage(log(), id, rev, now, (state) => assessmentDraft(state, rev, now));
