import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { listCases, listMyMatters, readStatistics } from './handler.ts';
import { listRecalls } from './recalls.ts';
import { readMonthReport } from './report.ts';
import { readScreening } from './screening.ts';

export const handler = api(
  {
    'list-cases': listCases(setup.reader),
    'read-statistics': readStatistics(setup.reader),
    'list-my-matters': listMyMatters(setup.reader),
    'list-recalls': listRecalls(setup.reader),
    'read-screening': readScreening(setup.reader),
    'read-month-report': readMonthReport(setup.reader),
  },
  setup.guarding,
);
