import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { actOnTask } from './handler.ts';

const act = (verb: Parameters<typeof actOnTask>[2]) => actOnTask(setup.log, setup.noteKeys, verb);

export const handler = api(
  {
    'acknowledge-task': act('acknowledge'),
    'answer-task': act('answer'),
    'hand-off-task': act('hand-off'),
    'accept-task': act('accept'),
    'decline-task': act('decline'),
  },
  setup.guarding,
);
