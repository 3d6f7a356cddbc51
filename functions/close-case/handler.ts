import type { z } from 'zod';
import { type Expiry, expiryOf, markOf } from '../../shared/domain/expiry.ts';
import { closingDraft } from '../../shared/domain/lifecycle-commands.ts';
import type { State } from '../../shared/domain/state.ts';
import { markExpiry } from '../../shared/record/expiry.ts';
import type { Log } from '../../shared/record/log.ts';
import { type CaseLook, commitStage } from '../../shared/record/looks.ts';
import { returnDisputes } from '../../shared/record/returning.ts';
import type { caseInput } from '../middleware/step.ts';

/**
 * Lifecycle: closes what has nothing open and nothing due; before that its disputes have whoever settles them, and what
 * does not stay for good is marked.
 */
export const close =
  (log: () => Log) =>
  ({ id, rev, now }: z.output<typeof caseInput>): Promise<CaseLook> => {
    let expiry: Expiry | undefined;
    let closing: State | undefined;
    return commitStage(
      log(),
      id,
      rev,
      now,
      (state) => {
        // What was done beside the end after it prolongs nothing.
        expiry = expiryOf(log().city, state, state.endedAt ?? now);
        closing = state;
        return closingDraft(state, rev, now);
      },
      {
        before: async () => {
          if (closing) await returnDisputes(log(), closing, now);
          if (expiry) await markExpiry(log().table, id, markOf(expiry, now));
        },
      },
    );
  };
