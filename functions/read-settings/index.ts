import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { listModels, readSettings } from './handler.ts';

export const handler = api({ 'read-settings': readSettings(setup.city), 'list-models': listModels() }, setup.guarding);
