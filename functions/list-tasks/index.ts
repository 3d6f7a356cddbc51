import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { listMyTasks, listOverdueTasks, listPostTasks } from './handler.ts';

export const handler = api(
  {
    'list-my-tasks': listMyTasks(setup.reader),
    'list-post-tasks': listPostTasks(setup.reader),
    'list-overdue-tasks': listOverdueTasks(setup.reader),
  },
  setup.guarding,
);
