/** Erasing a person in role: on which grounds, and when it is complete. Pure. */
import { backupDays } from '../config/retention.ts';

export const erasureGrounds = ['retention-over', 'request', 'court'] as const;
export type ErasureGround = (typeof erasureGrounds)[number];
/** On which somebody erases by command; what has been kept its time goes by itself, and only where nothing holds it. */
export const demandedGrounds = ['request', 'court'] as const satisfies readonly ErasureGround[];

const day = 86_400_000;

/** An erasure is complete when no backup holds any more what was erased. */
export const completeOn = (erasedAt: number): number => erasedAt + backupDays * day;
