import { isObject, type JsonObject } from '../json.ts';

/** One event of an execution's history, as it is kept. Texts of inputs and outputs are JSON. */
export interface HistoryEvent {
  readonly id: number;
  readonly previous: number;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly details?: JsonObject;
}

/** AWS ends a Standard execution that reaches so many events. */
export const maxEvents = 25_000;

/** GetExecutionHistory names the details of an event after its type. */
function detailsField(type: string): string {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.slice(0, 1).toLowerCase()}${type.slice(1)}EventDetails`;
}

const dataFields = new Set(['input', 'output', 'parameters', 'cause', 'error', 'assignedVariables']);

function withoutData(details: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !dataFields.has(name)));
}

/** The event as GetExecutionHistory gives it. */
export function wireEvent({ id, previous, type, at, details }: HistoryEvent, includeData: boolean): JsonObject {
  const shown = details !== undefined && !includeData ? withoutData(details) : details;
  return {
    timestamp: at / 1000,
    type,
    id,
    previousEventId: previous,
    ...(isObject(shown) ? { [detailsField(type)]: shown } : {}),
  };
}
