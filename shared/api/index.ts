/** Every operation of the API. */
import type { Operation } from './operation.ts';
import { caseOperations } from './operations/cases.ts';
import { contractOperations } from './operations/contract.ts';
import { oversightOperations } from './operations/oversight.ts';
import { postOperations } from './operations/posts.ts';
import { reportOperations } from './operations/reports.ts';
import { taskOperations } from './operations/tasks.ts';

export const operations = {
  ...reportOperations,
  ...taskOperations,
  ...caseOperations,
  ...postOperations,
  ...oversightOperations,
  ...contractOperations,
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof operations;
export type OperationOf<Id extends OperationId> = (typeof operations)[Id];
export const operationIds = Object.keys(operations) as OperationId[];

const routes = new Map(operationIds.map((id) => [`${operations[id].method} ${operations[id].path}`, id]));

/** The operation behind a route as the gateway names it: GET, /cases/{id}. */
export const operationAt = (method: string, resource: string): OperationId | undefined =>
  routes.get(`${method} ${resource}`);
