import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { listTasks } from './handler.ts';

export const handler = api(listTasks(setup.reader));
