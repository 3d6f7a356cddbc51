/** The code of every function: one minified ESM file each, with the city file beside it. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

/** Names of the functions that have an entry. */
export const functionNames = (functions: string): string[] =>
  readdirSync(functions).filter((name) => existsSync(join(functions, name, 'index.ts')));

/** Bundles every functions/<name>/index.ts to <to>/<name>/index.mjs in one go. */
export function bundleFunctions(functions: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  buildSync({
    absWorkingDir: dirname(functions),
    entryPoints: functionNames(functions).map((name) => ({
      in: join(functions, name, 'index.ts'),
      out: `${name}/index`,
    })),
    outdir: to,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    // Errors are caught by name in the state machines.
    keepNames: true,
    // Else every Chinese character becomes six.
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    // Packages in CommonJS ask for node's own modules by require.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
}

/** The folder of one function for one city, ready to be an asset. */
export function assetOf(bundles: string, name: string, cityId: string, cityFile: string): string {
  const folder = join(bundles, `${name}@${cityId}`);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(bundles, name, 'index.mjs'), join(folder, 'index.mjs'));
  writeFileSync(join(folder, 'city.json'), cityFile);
  return folder;
}
