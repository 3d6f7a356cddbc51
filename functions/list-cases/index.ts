import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { listCases } from './handler.ts';

export const handler = api(listCases(setup.reader));
