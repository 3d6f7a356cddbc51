import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { receiveReport } from './handler.ts';

export const handler = api({ 'send-report': receiveReport(setup.desk) }, setup.guarding);
