/** Rule 1 of comparing: the events of a history with their JSON texts parsed. */
import { isObject, type JsonObject, parsedText } from './values.ts';

export interface HistoryEvent {
  readonly id: unknown;
  readonly previous: unknown;
  readonly type: string;
  /** Everything else of the event, but its timestamp. */
  readonly details: JsonObject;
}

/** A cause that is a JSON object, as an object. */
export const causeOf = (cause: unknown): unknown =>
  typeof cause === 'string' && cause.startsWith('{') ? parsedText(cause) : cause;

/** An event as recorded: its JSON texts are parsed already. */
export function recordedEvent({ id, previousEventId, type, timestamp: _, ...rest }: JsonObject): HistoryEvent {
  const details = Object.entries(rest).map(([name, value]) => [
    name,
    isObject(value) && 'cause' in value ? { ...value, cause: causeOf(value.cause) } : value,
  ]);
  return { id, previous: previousEventId, type: String(type), details: Object.fromEntries(details) };
}

function parsedField(name: string, value: unknown): unknown {
  if (name === 'input' || name === 'output' || name === 'parameters') return parsedText(value);
  if (name !== 'assignedVariables' || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([variable, text]) => [variable, parsedText(text)]));
}

/** An event as GetExecutionHistory gives it. */
export function givenEvent(event: JsonObject): HistoryEvent {
  const parsed = Object.entries(event).map(([name, value]) => {
    if (!isObject(value)) return [name, value];
    return [name, Object.fromEntries(Object.entries(value).map(([field, text]) => [field, parsedField(field, text)]))];
  });
  return recordedEvent(Object.fromEntries(parsed));
}
