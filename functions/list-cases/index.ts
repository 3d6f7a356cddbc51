import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { listCases, listMyMatters, readStatistics } from './handler.ts';

export const handler = api(
  {
    'list-cases': listCases(setup.reader),
    'read-statistics': readStatistics(setup.reader),
    'list-my-matters': listMyMatters(setup.reader),
  },
  setup.guarding,
);
