/**
 * The closed catalogue of facts that a report may carry, each with the element it belongs to. Only `event` and `behaviour`
 * may carry points; `needs` decide which help is offered and never a level (design §7).
 */
export const factCatalogue = {
  threat_to_kill: { element: 'event', zh: '扬言杀人', en: 'threat to kill' },
  threat_to_harm: { element: 'event', zh: '扬言伤害', en: 'threat to harm' },
  weapon_present: { element: 'event', zh: '持有凶器', en: 'weapon present' },
  weapon_access: { element: 'behaviour', zh: '可取得凶器', en: 'access to a weapon' },
  physical_assault: { element: 'event', zh: '动手', en: 'physical assault' },
  injury: { element: 'event', zh: '受伤', en: 'injury' },
  stalking_harassment: { element: 'behaviour', zh: '跟踪骚扰', en: 'stalking or harassment' },
  property_damage: { element: 'behaviour', zh: '毁坏财物', en: 'property damage' },
  prior_police_calls: { element: 'behaviour', zh: '此前报警', en: 'earlier police calls about this matter' },
  prior_mediation_failed: { element: 'behaviour', zh: '调解未成', en: 'earlier mediation failed' },
  settled: { element: 'protective', zh: '已化解', en: 'settled' },
  calm_cooperative: { element: 'protective', zh: '冷静配合', en: 'calm and cooperative' },
  wants_mediation: { element: 'protective', zh: '愿意调解', en: 'wants mediation' },
  threat_self_harm: { element: 'needs', zh: '轻生言行', en: 'talk or act of self-harm' },
  hardship_medical: { element: 'needs', zh: '疾病困难', en: 'illness or disability' },
  hardship_income: { element: 'needs', zh: '生活困难', en: 'no means to live' },
  eviction_or_job_loss: { element: 'needs', zh: '失去住所或工作', en: 'loss of home or work' },
  separation_or_divorce: { element: 'needs', zh: '分手或离婚', en: 'separation or divorce' },
  children_present: { element: 'needs', zh: '有未成年人', en: 'children present' },
  alcohol_involved: { element: 'needs', zh: '涉酒', en: 'alcohol involved' },
  amount_cny: { element: 'context', zh: '涉及金额', en: 'amount of money' },
} as const;

export type FactType = keyof typeof factCatalogue;
export const factTypes = Object.keys(factCatalogue) as [FactType, ...FactType[]];

/** Whoever looks names each fact once, and no more of it. */
export const factsOf = (types: readonly FactType[]): Fact[] => [...new Set(types)].sort().map((type) => ({ type }));

/** What the record keeps of a fact: no words, no spans, nothing about who said it. */
export interface Fact {
  readonly type: FactType;
  /** A count for the two `prior_*` types and yuan for `amount_cny`; otherwise absent. */
  readonly value?: number;
  readonly negated?: true;
  readonly hearsay?: true;
}
