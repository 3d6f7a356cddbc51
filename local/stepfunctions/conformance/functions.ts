/** The Lambda functions of a scenario, by their behaviour. */
import { randomUUID } from 'node:crypto';
import type { Integrations } from '../index.ts';
import type { Behaviour, Lambdas } from './files.ts';
import { ServiceError } from './service-error.ts';
import { parsedText } from './values.ts';

type Invoke = Integrations['invokeLambda'];

const home = 'arn:aws:lambda:us-east-1:111111111111:function:';

/** From a name, a part of an ARN, or an ARN, with or without a version or alias. */
const nameOf = (functionArn: string): string =>
  functionArn.includes('function:') ? (/function:([^:]+)/.exec(functionArn)?.[1] ?? '') : functionArn;

/** JSON as Python writes it, which is what the functions were written in. */
function pythonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${pythonText(field)}`);
  return `{${fields.join(', ')}}`;
}

/** A function's bytes are its answer; the data give them as a text that is JSON itself. */
function returned(value: unknown): unknown {
  return typeof value === 'string' && /^".*"$/s.test(value) ? parsedText(value) : value;
}

export function functionsOf(lambdas: Lambdas, sleep: (seconds: number) => Promise<void>): Invoke {
  const known = new Map<string, Behaviour>();
  for (const [arn, behaviour] of Object.entries(lambdas)) {
    known.set(behaviour.name, behaviour);
    known.set(nameOf(arn), behaviour);
  }
  return async ({ functionArn, payload }) => {
    const name = nameOf(functionArn);
    const behaviour = known.get(name);
    if (behaviour === undefined) {
      throw new ServiceError('ResourceNotFoundException', `Function not found: ${home}${name}`, 404);
    }
    const requestId = randomUUID();
    const answer = { statusCode: 200, executedVersion: '$LATEST', requestId };
    switch (behaviour.kind) {
      case 'echo':
        return { ...answer, payload };
      case 'return':
        return { ...answer, payload: returned(behaviour.value) };
      case 'return-large-string':
        return { ...answer, payload: behaviour.char.repeat(behaviour.length) };
      case 'sleep-then-echo':
        await sleep(behaviour.seconds);
        return { ...answer, payload };
      case 'raise': {
        const { errorMessage, errorType, stackTrace } = behaviour;
        const fault = { errorMessage, errorType, requestId, stackTrace };
        return { ...answer, functionError: 'Unhandled', payload: fault, text: pythonText(fault) };
      }
    }
  };
}
