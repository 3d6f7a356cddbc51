/** Breaking the glass: an emergency access ends by itself, and is reviewed. Pure. */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import type { By, Content } from './actions.ts';

export const glassBroken = (
  city: City,
  { person, post }: Extract<By, { readonly role: 'staff' }>,
  at: number,
): Extract<Content, { readonly kind: 'glassBroken' }> => ({
  kind: 'glassBroken',
  person,
  post,
  until: addDuration(city, at, city.breakGlass),
});
