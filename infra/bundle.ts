/** The code of every function: one minified ESM file each, with the city file beside it. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

/** Names of the functions that have an entry. */
const functionNames = (functions: string): string[] =>
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
    // Else every Chinese character becomes six.
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    // Packages in CommonJS ask for node's own modules by require.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
}

const house = join(import.meta.dirname, '..');
const packaged = createRequire(import.meta.url).resolve;

/** What else lies beside the code of a function: files of the project, and of packages. */
const extras: Readonly<Record<string, readonly string[]>> = {
  'read-contract': [
    join(house, 'docs/openapi.json'),
    join(house, 'functions/read-contract/page/page.html'),
    join(house, 'functions/read-contract/page/page.js'),
    packaged('swagger-ui-dist/swagger-ui.css'),
    packaged('swagger-ui-dist/swagger-ui-bundle.js'),
  ],
};

/** A file that lies beside a function's code has not been written. */
export class ExtraMissing extends Error {
  override readonly name = 'ExtraMissing';
}

/**
 * The folder of one function for one city, ready to be an asset.
 * @throws ExtraMissing
 */
export function assetOf(bundles: string, name: string, cityId: string, cityFile: string): string {
  const folder = join(bundles, `${name}@${cityId}`);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(bundles, name, 'index.mjs'), join(folder, 'index.mjs'));
  writeFileSync(join(folder, 'city.json'), cityFile);
  for (const extra of extras[name] ?? []) {
    if (!existsSync(extra)) throw new ExtraMissing(`${extra} is missing: npm run contract writes it`);
    copyFileSync(extra, join(folder, basename(extra)));
  }
  return folder;
}
