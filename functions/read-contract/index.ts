import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContract } from './handler.ts';

export const handler = readContract((file) => readFileSync(join(process.env.LAMBDA_TASK_ROOT ?? '.', file), 'utf8'));
