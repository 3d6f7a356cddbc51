/**
 * Holds the engine against recorded results of AWS:
 *
 *   node local/stepfunctions/conformance/run.ts DIR [--json FILE] [--only TEXT] [--language JSONata|JSONPath|mixed]
 *
 * DIR holds the files, in whatever folders; --only takes those with TEXT in their id. A file is one case: of a table of choices the
 * first case that fails is told. Ends with 1 if any file failed, with 2 if it was not called like this.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { conform, type Result, type Selection } from './conform.ts';
import { filesIn, languages } from './files.ts';
import { asJson, lineOf, summary } from './report.ts';

class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Command extends Selection {
  readonly files: readonly string[];
  readonly json?: string | undefined;
}

/** @throws UsageError */
function commandFrom(args: readonly string[]): Command {
  const text = { type: 'string' } as const;
  let parsed: { values: { json?: string; only?: string; language?: string }; positionals: string[] };
  try {
    const options = { json: text, only: text, language: text };
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { json, only, language } = parsed.values;
  const [folder, ...more] = parsed.positionals;
  if (folder === undefined || more.length > 0) throw new UsageError('Name one folder that holds the files to run.');
  const known = languages.find((one) => one === language);
  if (language !== undefined && known === undefined) {
    throw new UsageError(`--language is one of ${languages.join(', ')}, not ${language}.`);
  }
  const files = filesIn(folder);
  if (files.length === 0) throw new UsageError(`There are no JSON files in ${folder}.`);
  return { files, json, only, language: known };
}

async function main(args: readonly string[]): Promise<number> {
  const { files, json, ...selection } = commandFrom(args);
  const results: Result[] = [];
  let told = performance.now();
  for await (const result of conform(files, selection)) {
    results.push(result);
    const line = lineOf(result);
    if (line !== undefined) console.log(line);
    if (performance.now() - told > 5000) {
      told = performance.now();
      console.error(`${results.length} of ${files.length} files`);
    }
  }
  if (results.length === 0) throw new UsageError('None of the files is meant by --only and --language.');
  if (json !== undefined) writeFileSync(json, asJson(results));
  const { lines, failed } = summary(results);
  console.log(lines.join('\n'));
  return failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
