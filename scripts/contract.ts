/** What is written from the contract and the state machines: `npm run contract` writes it, `npm run contract -- --check` names what is not current. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { problemsOf } from '../shared/api/answers.ts';
import { type About, type Operations, openApiDocument } from '../shared/api/document.ts';
import { operations } from '../shared/api/index.ts';
import { always, type ProblemType, problems, problemTypes } from '../shared/api/problems.ts';
import { lifecycleText } from './lifecycle.ts';
import { type Contract, printTypes } from './print-types.ts';
import { whoMayText } from './who-may.ts';

const house = join(import.meta.dirname, '..');

const about: About = {
  title: { zh: '和解', en: 'Hejie' },
  description: {
    zh: '一个城市防止民事纠纷演变为暴力的工作接口。每一步由人决定；每次查阅先记录、后显示。错误按 RFC 9457 答复，类型见 docs/problems.md。',
    en: 'The API of a city’s effort to keep civil disputes from ending in violence. People decide; every access is written down before anything is shown. Errors are problem documents (RFC 9457), their types are listed in docs/problems.md.',
  },
  version: '1',
};

export const documentText = (all: Operations): string => `${JSON.stringify(openApiDocument(all, about), null, 2)}\n`;

/** As `biome format` leaves it. */
function formatted(code: string, file: string): string {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    cwd: house,
    input: code,
    encoding: 'utf8',
  });
}

function typesText(document: string): string {
  const contract: Contract = JSON.parse(document);
  return formatted(printTypes(contract), 'shared/client/schema.ts');
}

function problemsText(all: Operations): string {
  const common = new Set<ProblemType>(always);
  const gateway = new Set<ProblemType>(['no-such-route', 'gateway']);
  const answeredBy = (type: ProblemType): string => {
    if (gateway.has(type)) return 'the gateway';
    const some = Object.entries(all).filter(([, one]) => problemsOf(one).includes(type));
    if (some.length === Object.keys(all).length) return 'all';
    if (common.has(type)) return 'all with a token';
    return some.map(([id]) => `\`${id}\``).join(', ') || '–';
  };
  const rows = problemTypes.map((type) => {
    const { status, title, remedy } = problems[type];
    const told = [`${title.zh}<br>${title.en}`, `${remedy.zh}<br>${remedy.en}`, answeredBy(type)];
    return `| \`${type}\` | ${status} | ${told.join(' | ')} |`;
  });
  return [
    '# Problems 问题类型',
    '',
    'Every error of the API is a problem document (RFC 9457, `application/problem+json`). Its `type` is',
    '`urn:hejie:problem:` and a name of this table; names and statuses stay. `instance` is the correlation id; `faults`',
    'and `allowed`, where they are, say what is wrong and what would be possible. Written by `npm run contract`.',
    '',
    '| type 类型 | status | title 标题 | what to do 怎么办 | answered by 何处 |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

export interface Generated {
  /** From the root of the project. */
  readonly file: string;
  readonly content: () => string;
}

export const generated: readonly Generated[] = [
  { file: 'docs/openapi.json', content: () => documentText(operations) },
  { file: 'docs/problems.md', content: () => problemsText(operations) },
  { file: 'docs/lifecycle.md', content: () => lifecycleText(join(house, 'statemachines')) },
  { file: 'docs/who-may.md', content: () => whoMayText(operations) },
  { file: 'shared/client/schema.ts', content: () => typesText(documentText(operations)) },
];

/** Files that are missing, or are not what would be written now. */
export const notCurrent = (files: readonly Generated[], root = house): string[] =>
  files
    .filter(({ file, content }) => {
      const path = join(root, file);
      return !existsSync(path) || readFileSync(path, 'utf8').replaceAll('\r\n', '\n') !== content();
    })
    .map(({ file }) => file);

export function write(files: readonly Generated[], root = house): void {
  for (const { file, content } of files) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content());
  }
}

if (import.meta.main) {
  const stale = notCurrent(generated);
  if (!process.argv.includes('--check')) write(generated.filter(({ file }) => stale.includes(file)));
  else if (stale.length > 0) process.exitCode = 1;
  const said = process.argv.includes('--check') ? 'not current, run npm run contract' : 'written';
  for (const file of stale) console.log(`${file}: ${said}`);
  if (stale.length === 0) console.log(`${generated.map(({ file }) => file).join(', ')}: current`);
}
