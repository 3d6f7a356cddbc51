import type { z } from 'zod';
import { closingDraft } from '../../shared/domain/lifecycle-commands.ts';
import type { Log } from '../../shared/record/log.ts';
import { type CaseLook, commitStage } from '../../shared/record/looks.ts';
import type { caseInput } from '../middleware/step.ts';

/** Lifecycle: closes what has nothing open and nothing due. */
export const close =
  (log: () => Log) =>
  ({ id, rev, now }: z.output<typeof caseInput>): Promise<CaseLook> =>
    commitStage(log(), id, rev, (state) => closingDraft(state, rev, now));
