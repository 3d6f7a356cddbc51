/** Whom the parties may choose: records with an API, not configuration. */
import * as z from 'zod';
import { mediatorChange, mediatorId } from '../../domain/mediators.ts';
import { measureKinds } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { areaCode, instant, name } from '../schemas/common.ts';

const id = mediatorId.meta({
  id: 'MediatorId',
  description: 'A mediator or organisation: code of the county or city, name',
});
const mediator = z
  .strictObject({
    id,
    version: z.int().positive().describe('The ETag is this number in quotes'),
    name,
    kind: z.enum(['person', 'organisation']),
    areas: z.array(areaCode).describe('Served with all below'),
    measures: z.array(z.enum(measureKinds)),
    languages: z.array(z.string()),
    capacity: z.int().nonnegative().describe('So many open measures at once'),
    active: z.boolean(),
    changedAt: instant,
  })
  .meta({ id: 'Mediator', description: 'Somebody whom the parties may choose' });
export type MediatorView = z.output<typeof mediator>;

const entered = {
  name: { zh: '黄岩区婚姻家庭纠纷调解委员会', en: 'Huangyan committee for family disputes' },
  kind: 'organisation',
  areas: ['331003'],
  measures: ['people-mediation', 'counselling'],
  languages: ['zh', 'wuu'],
  capacity: 12,
} as const;
const example = {
  ...{ id: '331003.family-committee', version: 1, active: true, changedAt: '2026-01-05T02:00:00.000Z' },
  ...{ ...entered, areas: [...entered.areas], measures: [...entered.measures], languages: [...entered.languages] },
};

export const mediatorOperations = {
  'list-mediators': operation({
    method: 'GET',
    path: '/mediators',
    function: 'read-posts',
    kind: 'search',
    summary: { zh: '可选调解员与组织', en: 'Mediators and organisations that the parties may choose' },
    query: z.strictObject({
      area: areaCode.optional().describe('Only who serves this place'),
      measure: z.enum(measureKinds).optional().describe('Only for this kind of measure'),
      language: z.string().max(20).optional().describe('Only in this language'),
    }),
    status: 200,
    reply: z
      .strictObject({ mediators: z.array(mediator) })
      .meta({ id: 'Mediators', description: 'Whom the parties may choose' }),
    examples: { query: { area: '331003001', measure: 'people-mediation' }, reply: { mediators: [example] } },
  }),
  'change-mediator': operation({
    method: 'PUT',
    path: '/mediators/{mediatorId}',
    function: 'change-posts',
    kind: 'command',
    summary: { zh: '登记调解员或组织', en: 'Enter a mediator or organisation, or change what stands there' },
    description: {
      zh: '首次登记的 If-Match 为 "0"；停用者不再接受新的选择，在办措施不受影响。',
      en: 'The first If-Match is "0"; whoever is no longer active is chosen for nothing new, and what is open goes on.',
    },
    params: z.strictObject({ mediatorId: id }),
    body: mediatorChange.meta({ id: 'MediatorChange', description: 'What the registry says of them from now on' }),
    status: 200,
    reply: mediator,
    etag: 'needed',
    examples: { params: { mediatorId: example.id }, body: entered, reply: example },
  }),
} as const;
