/** Every operation of the API. */
import type { Operation } from './operation.ts';
import { afterwardsOperations } from './operations/afterwards.ts';
import { caseOperations } from './operations/cases.ts';
import { contactOperations } from './operations/contacts.ts';
import { contractOperations } from './operations/contract.ts';
import { eventOperations } from './operations/events.ts';
import { governanceOperations } from './operations/governance.ts';
import { mediatorOperations } from './operations/mediators.ts';
import { mergingOperations } from './operations/merging.ts';
import { monthReportOperations } from './operations/month-report.ts';
import { oversightOperations } from './operations/oversight.ts';
import { ownAffairsOperations } from './operations/own-affairs.ts';
import { planOperations } from './operations/plan.ts';
import { postOperations } from './operations/posts.ts';
import { referralOperations } from './operations/referrals.ts';
import { reportOperations } from './operations/reports.ts';
import { rightsOperations } from './operations/rights.ts';
import { roundOperations } from './operations/rounds.ts';
import { shareOperations } from './operations/shares.ts';
import { taskOperations } from './operations/tasks.ts';

export const operations = {
  ...reportOperations,
  ...taskOperations,
  ...caseOperations,
  ...eventOperations,
  ...afterwardsOperations,
  ...contactOperations,
  ...referralOperations,
  ...roundOperations,
  ...planOperations,
  ...mergingOperations,
  ...shareOperations,
  ...rightsOperations,
  ...ownAffairsOperations,
  ...postOperations,
  ...mediatorOperations,
  ...governanceOperations,
  ...oversightOperations,
  ...monthReportOperations,
  ...contractOperations,
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof operations;
export type OperationOf<Id extends OperationId> = (typeof operations)[Id];
export const operationIds = Object.keys(operations) as OperationId[];

const routes = new Map(operationIds.map((id) => [`${operations[id].method} ${operations[id].path}`, id]));

/** The operation behind a route as the gateway names it: GET, /cases/{id}. */
export const operationAt = (method: string, resource: string): OperationId | undefined =>
  routes.get(`${method} ${resource}`);
