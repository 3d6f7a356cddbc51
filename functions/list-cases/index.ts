import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { listCases, listMyMatters, readStatistics } from './handler.ts';
import { readScreening } from './screening.ts';

export const handler = api(
  {
    'list-cases': listCases(setup.reader),
    'read-statistics': readStatistics(setup.reader),
    'list-my-matters': listMyMatters(setup.reader),
    'read-screening': readScreening(setup.reader),
  },
  setup.guarding,
);
