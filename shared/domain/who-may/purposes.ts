/** The purpose that the work of a post has: whoever acts for it signs in for this one. */
import type { PostRole, Purpose } from '../words.ts';

export function purposeFor(role: PostRole): Purpose {
  if (role === 'independent-reviewer' || role === 'auditor') return 'oversight';
  if (role === 'gateway') return 'delivery';
  return role === 'administrator' ? 'administration' : 'handling';
}
