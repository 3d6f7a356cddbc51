/** Words that no city file may carry: factors that must never count (S2) and verbs of coercion (S5). */

/** As a key of the file these would be factors; the allow-list has none of them. */
const factors =
  /性格|民族|宗教|户籍|职业|病史|前科|信访|舆情|轨迹|personality|ethnic|religio|household[-_ ]?registration|hukou|occupation|diagnos|criminal[-_ ]?record|petition[-_ ]?(count|record)|public[-_ ]?opinion|social[-_ ]?media/i;

/** In the name of a duty or department. 职业 and 信访 are left out here: 职业培训 is help and 信访调解 a way in. */
const inNames = /性格|民族|宗教|户籍|病史|前科|舆情|personality|ethnic|religio|hukou|public[-_ ]?opinion/i;
const coercion =
  /管控|布控|稳控|管制|限制出行|监控|盯防|列管|拘|surveil|track(ing)?\b|restrict|control[-_ ]?person|watch[-_ ]?list|blacklist/i;

export interface BarredWord {
  readonly path: string;
  readonly value: string;
  readonly word: string;
}

const found = (text: string, ...patterns: RegExp[]): string | undefined =>
  patterns.map((pattern) => pattern.exec(text)?.[0]).find((word) => word !== undefined);

/** The verb of coercion in a text, if there is one. */
export const coerciveWord = (text: string): string | undefined => found(text, coercion);

const named = /^(duties|departments|responsibility)\./;

/** Every barred word in the raw file, with the path where it stands. */
export function barredWords(json: unknown, path = ''): BarredWord[] {
  if (typeof json === 'string') {
    const word = named.test(path) ? found(json, inNames, coercion) : undefined;
    return word === undefined ? [] : [{ path, value: json, word }];
  }
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    const word = found(key, factors, coercion);
    return [...(word === undefined ? [] : [{ path: here, value: key, word }]), ...barredWords(value, here)];
  });
}
