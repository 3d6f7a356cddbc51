import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { actOnTask } from './handler.ts';
import { acknowledgeByHandle } from './handles.ts';

const act = (verb: Parameters<typeof actOnTask>[3]) => actOnTask(setup.log, setup.noteKeys, setup.lookup, verb);

export const handler = api(
  {
    'acknowledge-task': act('acknowledge'),
    'answer-task': act('answer'),
    'hand-off-task': act('hand-off'),
    'accept-task': act('accept'),
    'decline-task': act('decline'),
    'report-danger': act('danger'),
    'record-consent': act('consent'),
    'attempt-task': act('attempt'),
    'pause-task': act('pause'),
    'resume-task': act('resume'),
    'extend-task': act('extend'),
    'acknowledge-handle': acknowledgeByHandle(setup.log, act('acknowledge')),
  },
  setup.guarding,
);
