/** Where somebody can go when mediation does not settle it: told whenever it ends without an agreement (人民调解法 17, 26). */
import { clocksOnRoute, type NamedStatute } from './statutory.ts';
import type { DisputeType, Named } from './words.ts';

interface Route extends Named {
  readonly law: string;
}

/** Information only: nobody is sent anywhere. */
const legalRoutes = {
  court: { zh: '向人民法院起诉', en: 'sue in a people’s court', law: '人民调解法 26' },
  'protection-order': {
    zh: '向人民法院申请人身安全保护令',
    en: 'ask a people’s court for a protection order',
    law: '反家庭暴力法 23',
  },
  'labour-arbitration': {
    zh: '申请劳动人事争议仲裁（诉讼前须先仲裁）',
    en: 'labour arbitration, which comes before a court',
    law: '劳动争议调解仲裁法 5',
  },
  'labour-inspection': {
    zh: '向人力资源社会保障部门投诉',
    en: 'complain to the labour inspection',
    law: '劳动争议调解仲裁法 9',
  },
  arbitration: {
    zh: '有仲裁协议的，申请仲裁',
    en: 'arbitration, where both have agreed on it',
    law: '仲裁法 2, 4',
  },
  'land-administration': {
    zh: '申请人民政府处理权属争议',
    en: 'have the government decide whose the land is',
    law: '土地管理法 14',
  },
  'health-administration': {
    zh: '向卫生健康部门申请行政调解',
    en: 'administrative mediation by the health authority',
    law: '医疗纠纷预防和处理条例 22',
  },
  'traffic-administration': {
    zh: '向公安机关交通管理部门申请调解',
    en: 'mediation by the traffic authority',
    law: '道路交通安全法 74',
  },
  'market-administration': {
    zh: '向市场监督管理部门投诉',
    en: 'complain to the market authority',
    law: '消费者权益保护法 39',
  },
  'housing-administration': {
    zh: '向住房城乡建设部门投诉',
    en: 'complain to the housing and construction authority',
    law: '人民调解法 26',
  },
  'administrative-review': {
    zh: '自知道之日起六十日内申请行政复议',
    en: 'ask for an administrative review within 60 days',
    law: '行政复议法 20',
  },
  'administrative-suit': {
    zh: '自知道之日起六个月内提起行政诉讼',
    en: 'sue the authority within six months',
    law: '行政诉讼法 46',
  },
  'data-suit': {
    zh: '就个人信息权利请求被拒绝向人民法院起诉',
    en: 'sue because a request about one’s own data was refused',
    law: '个人信息保护法 50',
  },
} as const satisfies Readonly<Record<string, Route>>;

export type LegalRoute = keyof typeof legalRoutes;

const byType: Readonly<Record<DisputeType, readonly LegalRoute[]>> = {
  marriage_family: ['court', 'protection-order'],
  intimate_partner: ['court', 'protection-order'],
  neighbour: ['court'],
  debt: ['court', 'arbitration'],
  labour_wage: ['labour-arbitration', 'labour-inspection', 'court'],
  land_homestead: ['land-administration', 'court'],
  inheritance: ['court'],
  medical: ['health-administration', 'court'],
  traffic_compensation: ['traffic-administration', 'court'],
  consumer: ['market-administration', 'arbitration', 'court'],
  tenancy: ['housing-administration', 'arbitration', 'court'],
  group_construction: ['housing-administration', 'arbitration', 'court'],
  other: ['court'],
  none: [],
};

export const legalRoutesFor = (disputeType: DisputeType): readonly LegalRoute[] => byType[disputeType];

/** Where somebody can go whose contest was rejected, or whose request about their own data was refused or not answered. */
export const routesAgainst = {
  contest: ['administrative-review', 'administrative-suit'],
  request: ['data-suit', 'administrative-review'],
} as const satisfies Readonly<Record<string, readonly LegalRoute[]>>;

/** As people read them. */
export const namedRoutes = (routes: readonly LegalRoute[]): (Route & { clocks?: NamedStatute[] })[] =>
  routes.map((route) => {
    const clocks = clocksOnRoute(route);
    return { ...legalRoutes[route], ...(clocks.length > 0 ? { clocks } : {}) };
  });
