import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { actOnTask } from './handler.ts';

export const handler = api(actOnTask(setup.log));
