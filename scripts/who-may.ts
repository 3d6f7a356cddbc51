/** docs/who-may.md from the matrix: for each operation who may do it, standing how to it, when, and which fields they see. */
import type { Operation } from '../shared/api/operation.ts';
import { type Tag, tagNames, tagOf } from '../shared/api/tags.ts';
import { canonical } from '../shared/domain/ids.ts';
import { channelsOf } from '../shared/domain/who-may/channels.ts';
import {
  fields,
  type Grant,
  type GuardedOperation,
  grantsOf,
  guardedOperations,
  phases,
  relations,
} from '../shared/domain/who-may/matrix.ts';
import { purposeFor } from '../shared/domain/who-may/purposes.ts';
import {
  channelNames,
  citizenRoles,
  type Named,
  postRoles,
  purposeNames,
  type Role,
  refusedPurposes,
  roleNames,
  roles,
} from '../shared/domain/words.ts';

type Operations = Readonly<Record<GuardedOperation, Operation>>;

const both = ({ zh, en }: Named): string => `${zh} ${en}`;

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(...heads),
  `|${'---|'.repeat(heads.length)}`,
  ...rows.map((cells) => row(...cells)),
];

const legend = (title: string, words: Readonly<Record<string, Named>>): string[] => [
  '',
  `### ${title}`,
  '',
  ...table(
    ['word', '中文', 'English'],
    Object.entries(words).map(([word, { zh, en }]) => [`\`${word}\``, zh, en]),
  ),
];

/** Roles whose grants for the operation are the same, with these grants. */
function folded(operation: GuardedOperation): { readonly held: readonly Role[]; readonly grants: readonly Grant[] }[] {
  const granted = roles.map((role) => ({ role, grants: grantsOf(operation, role) })).filter(({ grants }) => grants[0]);
  const groups = Map.groupBy(granted, ({ grants }) => canonical(grants));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ held: group.map(({ role }) => role), grants: first.grants }] : [];
  });
}

const rowsOf = (operation: GuardedOperation): string[][] =>
  folded(operation).flatMap(({ held, grants }) =>
    grants.map(({ where, when, fields: shown = [] }) => [
      held.map((role) => both(roleNames[role])).join('<br>'),
      `${relations[where].zh} \`${where}\``,
      when ? when.map((phase) => `${phases[phase].zh} \`${phase}\``).join(', ') : '—',
      shown.length > 0 ? shown.map((field) => `${fields[field].zh} \`${field}\``).join(', ') : '—',
    ]),
  );

const headOf = (operations: Operations, id: GuardedOperation): string[] => {
  const { summary, method, path } = operations[id];
  return ['', `#### \`${id}\` ${summary.zh} · ${summary.en}`, '', `\`${method} /v1${path}\``];
};

/** Operations of a chapter; those that are granted alike share one table. */
function chapter(operations: Operations, tag: Tag, ids: readonly GuardedOperation[]): string[] {
  const alike = [...Map.groupBy(ids, (id) => canonical(rowsOf(id))).values()];
  return [
    '',
    `### ${both(tagNames[tag])}`,
    ...alike.flatMap((some) => [
      ...some.flatMap((id) => headOf(operations, id)),
      '',
      ...table(['role 角色', 'relation 关系', 'phase 阶段', 'fields 字段'], some.slice(0, 1).flatMap(rowsOf)),
    ]),
  ];
}

const channelsShown = (role: Role): string =>
  channelsOf(role)
    .map((channel) => `${channelNames[channel].zh} \`${channel}\``)
    .join(', ') || '—';

const rolesTable = (): string[] =>
  table(
    ['role 角色', 'word', 'acts as 身份', 'purpose 用途', 'reports through 报告渠道'],
    [
      ...postRoles.map((role) => [
        both(roleNames[role]),
        `\`${role}\``,
        '岗位 a post',
        `${purposeNames[purposeFor(role)].zh} \`${purposeFor(role)}\``,
        channelsShown(role),
      ]),
      ...citizenRoles.map((role) => [
        both(roleNames[role]),
        `\`${role}\``,
        '本人 a citizen',
        `${purposeNames['own-affairs'].zh} \`own-affairs\``,
        channelsShown('resident'),
      ]),
    ],
  );

const intro = [
  '# Who may what 谁可以做什么',
  '',
  '凡未写明的，一律拒绝。 **What does not stand here is refused.** Written by `npm run contract` from `shared/domain/who-may/matrix.ts`; a',
  'generated test (`test/functions/who-may.test.ts`) holds the API to it. Each row is a grant: whoever has the role, stands so to what is',
  'asked for, in that phase, may do it and sees those fields and no others. Rows that hold at once add up. Tier, area and department are in',
  'the relation: the area of a post decides what is its own.',
  '',
  '- Every read, search and refusal is written down before anything leaves (S12); a command that goes through stands in the history.',
  '  每次查阅与拒绝，先记录、后答复；已执行的操作见历史。',
  '- Whoever is a party to a dispute does not act in it for a post, whatever stands here. 本人是纠纷一方的，应当回避。',
  '- Nobody names themselves to a post, whatever stands here. 任何人不得任命自己。',
  '- A post acts through the person who holds it now, or its deputy while no holder is there. 岗位由任职人行使；任职人缺岗时由代理人行使。',
];

/** @param operations those of the contract that stand in the matrix */
export function whoMayText(operations: Operations): string {
  const refused = refusedPurposes.map((purpose) => `\`${purpose}\``).join(', ');
  const chapters = Map.groupBy(guardedOperations, (id) => tagOf(operations[id]));
  return [
    ...intro,
    '',
    '## Roles 角色',
    '',
    'The role of a post stands in the city file (`duties[].role`). Whoever signs in for their own affairs is a citizen, whatever posts they',
    'hold: in a dispute an affected person where they complained or may be hurt, the person concerned where they are the respondent, else a',
    'resident.',
    '',
    ...rolesTable(),
    '',
    `A token names one purpose; it must be that of the post. Always refused: ${refused}.`,
    '侦查、招聘、征信、入学、出行用途一律拒绝。',
    '',
    '## Words 词语',
    ...legend('Relations 关系', relations),
    ...legend('Phases 阶段', phases),
    ...legend('Fields 字段', fields),
    '',
    '## Operations 操作',
    '',
    '— means: the phase does not matter, or a command that shows no field. The contract itself (`/v1/openapi.json`, `/v1/docs`) is for anybody.',
    ...[...chapters].flatMap(([tag, ids]) => chapter(operations, tag, ids)),
    '',
  ].join('\n');
}
