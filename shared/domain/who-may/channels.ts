/** Through which channel a role reports: whoever coordinates enters what others told them. */
import { type Channel, channels, type Role } from '../words.ts';

const of: Readonly<Partial<Record<Role, readonly Channel[]>>> = {
  'grid-officer': ['grid'],
  mediator: ['grid'],
  'community-police': ['police'],
  'department-officer': ['department'],
  'domestic-violence-specialist': ['department'],
  supervisor: channels,
  'county-centre': channels,
  resident: ['resident'],
};

export const channelsOf = (role: Role): readonly Channel[] => of[role] ?? [];
