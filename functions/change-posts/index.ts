import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { changeMediator } from './mediators.ts';
import { absence, change, plan, takeBack } from './routes.ts';

export const handler = api(
  {
    'change-post': change(setup.guarding),
    'report-absence': absence(setup.guarding),
    'add-shift': plan(setup.guarding),
    'withdraw-shift': takeBack(setup.guarding),
    'change-mediator': changeMediator(setup.guarding),
  },
  setup.guarding,
);
