/** docs/lifecycle.md: the state machines drawn from their ASL, each state explained by its comment in Chinese and English. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const state = z.object({
  Type: z.string(),
  Comment: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.object({ Next: z.string(), Condition: z.string() })).optional(),
  Catch: z.array(z.object({ Next: z.string(), ErrorEquals: z.array(z.string()) })).optional(),
});
const machine = z.object({ Comment: z.string(), StartAt: z.string(), States: z.record(z.string(), state) });
type State = z.infer<typeof state>;
type Machine = z.infer<typeof machine>;

/** "中文。 English." */
function inBoth(comment: string, of: string): { readonly zh: string; readonly en: string } {
  const [, zh, en] = /^(\P{Script=Latin}*。) ([A-Z].*\.)$/u.exec(comment) ?? [];
  if (zh === undefined || en === undefined) {
    throw new SyntaxError(`the comment of "${of}" is to read "中文。 English."; it reads "${comment}"`);
  }
  return { zh, en };
}

interface Way {
  readonly to: string;
  readonly why?: string;
  readonly caught?: true;
}

/** A condition such as "{% $states.input.stage = 'decide' %}" as people read it. */
const asked = (condition: string): string => /'([^']+)'/.exec(condition)?.[1] ?? condition;

const waysOf = ({ Next, Choices = [], Default, Catch = [] }: State): Way[] => [
  ...(Next === undefined ? [] : [{ to: Next }]),
  ...Choices.map((choice) => ({ to: choice.Next, why: asked(choice.Condition) })),
  ...(Default === undefined ? [] : [{ to: Default, caught: true as const }]),
  ...Catch.map(({ Next: to, ErrorEquals }) => ({ to, why: ErrorEquals.join(', '), caught: true as const })),
];

function drawn({ StartAt, States }: Machine): string[] {
  const names = Object.keys(States);
  const idOf = (name: string) => `s${names.indexOf(name)}`;
  const shapes: Readonly<Record<string, readonly [string, string]>> = {
    Choice: ['{', '}'],
    Succeed: ['([', '])'],
    Fail: ['[[', ']]'],
    Map: ['[/', '/]'],
  };
  const boxes = Object.entries(States).map(([name, { Type }]) => {
    const [open, close] = shapes[Type] ?? ['[', ']'];
    return `  ${idOf(name)}${open}"${name}"${close}`;
  });
  const arrows = Object.entries(States).flatMap(([name, one]) =>
    waysOf(one).map(({ to, why, caught }) => {
      const line = caught ? '-.->' : '-->';
      return `  ${idOf(name)} ${line}${why === undefined ? '' : `|"${why}"|`} ${idOf(to)}`;
    }),
  );
  return ['```mermaid', 'flowchart TD', `  start((" ")) --> ${idOf(StartAt)}`, ...boxes, ...arrows, '```'];
}

const explained = ({ States }: Machine): string[] => [
  '| state 状态 | | |',
  '|---|---|---|',
  ...Object.entries(States).map(([name, { Comment }]) => {
    const { zh, en } = inBoth(Comment, name);
    return `| **${name}** | ${zh} | ${en} |`;
  }),
];

export function lifecycleText(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.asl.json'));
  const parts = files.sort().flatMap((file) => {
    const name = file.replace('.asl.json', '');
    const parsed = machine.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const { zh, en } = inBoth(parsed.Comment, name);
    const count = Object.keys(parsed.States).length;
    return [
      `## ${name}`,
      '',
      `${zh} ${en}`,
      '',
      `${count} top-level states; timing, repetition and failure: [${name}.md](../statemachines/${name}.md).`,
      '',
      ...drawn(parsed),
      '',
      ...explained(parsed),
      '',
    ];
  });
  return [
    '# The state machines 状态机',
    '',
    'Drawn from `statemachines/*.asl.json` by `npm run contract`; CI checks that it is current. Dotted: what is caught,',
    'and what no choice names.',
    '',
    ...parts,
  ].join('\n');
}
