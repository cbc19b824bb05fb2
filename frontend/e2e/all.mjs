// Runs every *.e2e.mjs beside it, one after the other, each in a process of its own with a program and a home of its own.
// A name on the command line runs that one alone: node e2e/all.mjs contact
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [only] = process.argv.slice(2);
const files = readdirSync(here)
  .filter((file) => file.endsWith('.e2e.mjs') && (!only || file === `${only}.e2e.mjs`))
  .sort();
if (files.length === 0) throw new Error(`there is no ${only}.e2e.mjs`);

const failed = [];
for (const file of files) {
  console.log(`== ${file}`);
  const { status } = spawnSync(process.execPath, [join(here, file)], { stdio: 'inherit' });
  if (status !== 0) failed.push(file);
}
console.log(`${files.length - failed.length} passed, ${failed.length} failed`);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
