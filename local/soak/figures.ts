/** The figures of soak runs, as they stand in docs/soak.md: the newest first, none taken away. Pure. */

export interface Figures {
  readonly commit: string;
  readonly seed: number;
  readonly wanted: number;
  readonly lives: number;
  readonly checks: number;
  readonly violated: number;
  readonly minutes: number;
  readonly cores: number;
}

const head = `| commit | seed | lives | of | checks | violated | minutes | cores |
|---|---|---|---|---|---|---|---|
`;

const preface = `# Random lives

\`npm run soak -- --lives 20000 --seed N\` draws lives (reports of every channel, kind, place and fact, with people who come again,
children, needs, what was settled), 100 to a city, and lets a random staff, and the people themselves, live them through the API, the
handlers and the engine with skipped time: 560 days, from the report until everybody is forgotten (\`--days N\` for less). Batch \`k\` has
the seed \`N + k\`. Every invariant of \`local/replay/invariants\` is checked on what is there after 60 and 330 days and at the end; the
first violation ends the run and is told with its seed. \`npm test\` lives one batch.

What was run, the newest first. A row counts only the lives that it names: 20,000 were lived only where it says 20000.
Where a row names no days they were 60.

`;

export const rowOf = ({ commit, seed, wanted, lives, checks, violated, minutes, cores }: Figures): string =>
  `| ${[commit, seed, lives, wanted, checks, violated, minutes.toFixed(1), cores].join(' | ')} |\n`;

export function withRow(text: string | undefined, row: string): string {
  const page = text ?? `${preface}${head}`;
  const at = page.indexOf(head);
  return at < 0 ? `${page.trimEnd()}\n\n${head}${row}` : page.replace(head, () => `${head}${row}`);
}
