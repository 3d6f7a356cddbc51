import { api } from '../middleware/api.ts';
import { setup } from '../middleware/setup.ts';
import { mediators } from './mediators.ts';
import { me, onePost, postHistory, postsOfArea, roster } from './routes.ts';

export const handler = api(
  {
    'read-me': me(setup.guarding),
    'list-posts': postsOfArea(setup.guarding),
    'read-post': onePost(setup.guarding),
    'read-post-history': postHistory(setup.guarding),
    'read-roster': roster(setup.guarding),
    'list-mediators': mediators(setup.guarding),
  },
  setup.guarding,
);
