export type JsonObject = { [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** Limit of AWS for inputs, outputs and task results, in bytes of UTF-8. */
export const maxPayload = 262_144;

export const tooLarge = (text: string): boolean =>
  text.length > maxPayload / 3 && Buffer.byteLength(text, 'utf8') > maxPayload;
