/** Who acts in the matrix test: in every role, at home and in another county, on duty or not, and citizens. */
import { type City, parseCity } from '../../../shared/config/city.ts';
import { type CitizenRole, type PostRole, postRoles, type Role } from '../../../shared/domain/words.ts';
import { cityFile } from '../city.ts';

const duty = (id: string, tier: string, department: string) => ({
  id,
  name: { zh: '某岗', en: id },
  department,
  tier,
  role: 'department-officer',
});
const area = (code: string, tier: string, parent: string) => ({ code, name: { zh: '某地', en: code }, tier, parent });

/** The made-up city with a grid, a second county, and departments that only ever stand beside. */
export const city: City = parseCity(
  {
    ...cityFile,
    areas: [
      ...cityFile.areas,
      area('999901001001001', 'grid', '999901001001'),
      area('999902', 'county', '999900'),
      area('999902001', 'township', '999902'),
      area('999902001001', 'village', '999902001'),
      area('999902001001001', 'grid', '999902001001'),
    ],
    departments: [...cityFile.departments, { id: 'works', name: { zh: '某局', en: 'Works' } }],
    duties: [...cityFile.duties, duty('township-health', 'township', 'health'), duty('works', 'township', 'works')],
  },
  'matrix.json',
);

export const monday = Date.parse('2026-01-05T10:00:00+08:00');

/** Where everything lies: at the end of the eastern line. */
export const home = '999901001001001';
export type Side = 'east' | 'west';
const lines: Readonly<Record<Side, Readonly<Record<string, string>>>> = {
  east: { grid: home, village: '999901001001', township: '999901001', county: '999901', city: '999900' },
  west: {
    grid: '999902001001001',
    village: '999902001001',
    township: '999902001',
    county: '999902',
    city: '999900',
  },
};

const dutyOf: Readonly<Record<PostRole, readonly [duty: string, tier: string]>> = {
  'grid-officer': ['grid-officer', 'grid'],
  mediator: ['mediator', 'village'],
  'department-officer': ['county-health', 'county'],
  'community-police': ['township-police', 'township'],
  supervisor: ['township-centre', 'township'],
  'county-centre': ['county-centre', 'county'],
  'domestic-violence-specialist': ['county-women', 'county'],
  'independent-reviewer': ['reviewer', 'city'],
  administrator: ['administrator', 'city'],
  auditor: ['auditor', 'city'],
  gateway: ['gateway', 'city'],
};

export function postOf(role: PostRole, side: Side): string {
  const [id, tier] = dutyOf[role];
  return `${lines[side][tier]}.${id}`;
}
export const areaOfPost = (post: string): string => post.split('.')[0] ?? '';

/** Posts that never act here: of the department of the department officer, and of one that nobody else has. */
export const colleague = '999901001.township-health';
export const bystander = '999901001.works';

/** What their identity claim says they are to the disputes: see story.ts. */
export type Identity = 'respondent' | 'affected' | 'complainant';

export interface PostActor {
  readonly as: 'post';
  readonly person: string;
  readonly role: PostRole;
  readonly post: string;
  readonly side: Side;
  readonly onDuty: boolean;
}
export interface CitizenActor {
  readonly as: 'citizen';
  readonly person: string;
  readonly identity?: Identity;
}
export type Actor = PostActor | CitizenActor;

const actorsOn = (side: Side, onDuty: boolean): PostActor[] =>
  postRoles
    .filter((role) => side === 'east' || dutyOf[role][1] !== 'city')
    .map((role) => ({
      as: 'post',
      person: `${role}.${side}${onDuty ? '.duty' : ''}`,
      role,
      post: postOf(role, side),
      side,
      onDuty,
    }));

export const east = actorsOn('east', false);
export const west = actorsOn('west', false);
export const eastOnDuty = actorsOn('east', true);
export const westOnDuty = actorsOn('west', true);
export const staff = [...east, ...eastOnDuty, ...west, ...westOnDuty];
export const citizens: readonly CitizenActor[] = [
  { as: 'citizen', person: 'resident' },
  { as: 'citizen', person: 'person-concerned', identity: 'respondent' },
  { as: 'citizen', person: 'affected-person', identity: 'affected' },
  // Named in one dispute, a stranger to all others.
  { as: 'citizen', person: 'complainant', identity: 'complainant' },
];

/** The role of a citizen where nothing is about them in particular: the matrix treats all three alike there. */
export const roleOf = (actor: Actor): Role => (actor.as === 'post' ? actor.role : citizenRole(actor));
const citizenRole = ({ identity }: CitizenActor): CitizenRole => {
  if (identity === 'respondent') return 'person-concerned';
  return identity === 'affected' ? 'affected-person' : 'resident';
};
