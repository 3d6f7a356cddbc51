/** Imports run one way, and time comes in with the event: `node scripts/check-imports.ts` names every line that breaks this. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export interface Source {
  /** From the root of the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** What a folder's files may import beside packages: prefixes of paths. The longest prefix of a file counts. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'functions/': ['functions/', 'shared/'],
  'shared/': ['shared/'],
  'infra/': ['infra/', 'shared/config/', 'shared/errors.ts', 'shared/api/'],
  'local/stepfunctions/': ['local/stepfunctions/'],
  'local/cloud/': ['local/cloud/', 'local/stepfunctions/index.ts'],
  'local/': ['local/', 'shared/'],
  'scripts/': ['scripts/', 'shared/'],
};

const timeless = ['functions/', 'shared/'];
const ambient = /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bperformance\.now\(/;
const imported = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/** The lines without their comments, so that a comment may speak of what code must not do. */
const codeOf = (text: string): string[] =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .split('\n')
    .map((line) => line.replace(/(^|\s)\/\/.*$/, ''));

/** Every fault as `file:line what is wrong`. */
export function faultsIn(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const home = Object.keys(allowed)
      .filter((prefix) => path.startsWith(prefix))
      .sort((a, b) => b.length - a.length)[0];
    const may = home === undefined ? undefined : allowed[home];
    return codeOf(text).flatMap((line, i) => {
      const faults: string[] = [];
      for (const [, relative = ''] of line.matchAll(imported)) {
        const target = posix.join(posix.dirname(path), relative);
        if (may && !may.some((prefix) => target.startsWith(prefix))) {
          faults.push(
            `${path}:${i + 1} ${home} must not import ${target}; it may import ${may.join(', ')} and packages`,
          );
        }
      }
      if (timeless.some((prefix) => path.startsWith(prefix)) && ambient.test(line)) {
        faults.push(`${path}:${i + 1} time and chance come in with the event: ${line.trim()}`);
      }
      return faults;
    });
  });
}

if (import.meta.main) {
  const root = join(dirname(import.meta.filename), '..');
  const files = globSync('{functions,shared,infra,local,scripts}/**/*.ts', { cwd: root });
  const faults = faultsIn(
    files.map((file) => ({ path: file.replaceAll('\\', '/'), text: readFileSync(join(root, file), 'utf8') })),
  );
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`Imports and time: ${files.length} files as they should be.`);
}
