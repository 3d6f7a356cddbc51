/**
 * What the person concerned is told (PIPL 17): what, why, on which legal ground, by whom, how long, how to see, correct and contest.
 * It is made from the case alone, and so can name nobody else. Pure.
 */
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { nameOfPost } from '../config/posts.ts';
import { factCatalogue } from './facts.ts';
import { isNeed } from './help.ts';
import type { CaseState } from './state.ts';
import { disputeTypeNames, type Level, levelNames, type Named } from './words.ts';

export const noticeParts = ['what', 'why', 'basis', 'who', 'how', 'how-long', 'see', 'correct', 'contest'] as const;
export interface NoticePart extends Named {
  readonly part: (typeof noticeParts)[number];
}

/** Undefined where there is no level to tell of: none was decided, or it has lapsed. */
export function noticeText(city: City, state: CaseState): NoticePart[] | undefined {
  const colour = state.level?.colour ?? state.resolvedAs;
  if (colour === null || state.status === 'ending' || state.status === 'closed') return undefined;
  const { basis } = city.notice;
  const owner = nameOfPost(city, state.owner);
  return [
    what(state, colour),
    why(state),
    { part: 'basis', zh: `法律依据：${basis.zh}。`, en: `Legal basis: ${basis.en}.` },
    {
      part: 'who',
      zh: `由${city.name.zh}的${owner.zh}负责处理。`,
      en: `It is handled by ${owner.en}, of ${city.name.en}.`,
    },
    {
      part: 'how',
      zh: '记录已核实的事件和为化解纠纷提供的帮助；等级由人决定，不由机器决定；不用于侦查、就业、征信、就学和出行。',
      en: 'Kept are verified events and the help that is offered to settle the dispute. People decide on the level, no machine does. It is not used for investigation, employment, credit, school or travel.',
    },
    howLong(state),
    {
      part: 'see',
      zh: '您可以本人身份登录查看、复制关于您的资料、理由和查阅记录。',
      en: 'Signed in as yourself you may see and copy what is kept about you, the reasons, and who has looked at it.',
    },
    {
      part: 'correct',
      zh: '资料有误的，您可以向上述负责岗位要求更正或补充。',
      en: 'Where something is wrong you may ask the post named above to correct or complete it.',
    },
    contest(city),
  ];
}

function what({ disputeType }: CaseState, colour: Level): NoticePart {
  const matter = disputeTypeNames[disputeType];
  const level = levelNames[colour];
  return {
    part: 'what',
    zh: `为防止矛盾激化，就您所涉的一起纠纷（${matter.zh}）建立了个案，定为${level.zh}。这不是处罚，也不认定违法，只安排化解和帮助。`,
    en: `To keep a dispute that you take part in (${matter.en}) from growing worse, a case is led at level ${level.en}. It is no penalty and finds nobody guilty; it brings mediation and help.`,
  };
}

/** The day on which it was told would tell who spoke. */
const unknownDate = { zh: '日期不详', en: 'date not known' } as const;

/** What needs somebody has is not why a level was decided, nor what came to hold after it. */
function why({ events, decision }: CaseState): NoticePart {
  const verified = events.filter(({ id, state }) => state === 'verified' && decision?.known.includes(id));
  const told = (key: 'zh' | 'en') =>
    verified.map(({ at, undated, facts }) => {
      const names = facts.filter((fact) => !isNeed(fact) && !fact.negated).map(({ type }) => factCatalogue[type][key]);
      return [undated ? unknownDate[key] : localDate(at), ...names].join(key === 'zh' ? ' ' : ', ');
    });
  return {
    part: 'why',
    zh: `依据已核实的事件：${told('zh').join('；')}。`,
    en: `It rests on verified events: ${told('en').join('; ')}.`,
  };
}

function howLong({ level, resolvedAt }: CaseState): NoticePart {
  if (!level) {
    const on = localDate(resolvedAt ?? 0);
    return {
      part: 'how-long',
      zh: `等级已于${on}因化解而终止，此后只作有限次数的回访，可以谢绝。`,
      en: `The level ended on ${on} with the resolution; a few check-ins follow, which may be declined.`,
    };
  }
  const on = localDate(level.lapses);
  return {
    part: 'how-long',
    zh: `除非此前由人依据事件重新决定，等级至${on}自行终止。`,
    en: `Unless people decide anew on events before, the level ends by itself on ${on}.`,
  };
}

function contest({ code, duties, ...city }: City): NoticePart {
  const { name } = city.governance.reviewer;
  const reviewing = duties.find(({ role }) => role === 'independent-reviewer')?.id ?? '';
  const reviewer = nameOfPost({ ...city, code, duties }, `${code}.${reviewing}`);
  return {
    part: 'contest',
    zh: `不服的，您可以向独立复核人${name.zh}（${reviewer.zh}）提出异议，由未经手的人复核。`,
    en: `If you disagree you may contest it with the independent reviewer, ${name.en} (${reviewer.en}), who has had no part in it.`,
  };
}
