import { parseReport } from '../../shared/domain/report.ts';
import { type Desk, receive } from '../../shared/record/intake.ts';
import type { Reply, Request } from '../middleware/api.ts';

/** POST /v1/reports. Idempotent by channel and source id: the same report again changes nothing. */
export const receiveReport =
  (desk: () => Desk) =>
  async ({ body, now }: Request): Promise<Reply> => ({
    status: 202,
    body: await receive(desk(), parseReport(body()), now),
  });
