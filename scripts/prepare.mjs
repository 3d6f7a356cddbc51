// Runs before `npm start`, `npm test` and their like, on any Node: installs what the lockfile names when it is not there,
// and says in one sentence what is missing when the Node that will run is too old. No dependencies, so it works first.
import { execSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
process.chdir(root);

const installed = 'node_modules/.package-lock.json';
const current = () =>
  existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs - 1000;
const complete = () => {
  if (!existsSync(installed)) return false;
  if (current()) return true;
  // A checkout touches the lockfile without changing it: compare what is installed with what is wanted.
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const found = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(([path, p]) => path === '' || p.optional || found[path]?.version === p.version);
};

if (!complete()) {
  console.log('Installing what package-lock.json names (once) …');
  execSync('npm ci --no-fund --no-audit --loglevel=error', { stdio: 'inherit' });
}

// npm puts node_modules/.bin first, so the next `node` is the one the platform package brings, or the one that runs now.
const version = execSync('node --version', { encoding: 'utf8' }).trim();
if (Number(version.slice(1).split('.')[0]) < 24) {
  console.error(
    `Hejie needs Node 24 or later; this is ${version} and no Node 24 package exists for ${process.platform}-${process.arch}: install it from nodejs.org.`,
  );
  process.exit(1);
}
