/** Who may see what, until roles have a matrix of their own: a post sees its own area and what it is accountable for. */
import type { City } from '../config/city.ts';
import { covers } from '../config/posts.ts';
import { openTasks, type State } from './state.ts';

const isTaskOf = (post: string, state: State): boolean =>
  openTasks(state).some((task) => task.owner === post || task.handOff?.to === post);

/** Nobody reads beyond post and area (design §9.8). */
export const mayRead = (city: City, post: string, state: State): boolean =>
  state.owner === post || isTaskOf(post, state) || covers(city, post, state.area);

/** Names, numbers and the report's own words: only for whoever has work with them now. */
export const maySeePeople = (post: string, state: State): boolean =>
  state.status !== 'closed' && (state.owner === post || isTaskOf(post, state));
