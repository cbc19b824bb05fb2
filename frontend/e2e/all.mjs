// Runs every *.e2e.mjs beside it, one after the other, each in a process of its own with a program and a home of its own;
// with --window every window*.mjs in the real window. A name on the command line runs that one alone:
// node e2e/all.mjs contact
//
// What failed is run once more when all others are done, and told apart when it passes then: on a busy machine a browser
// may be starved of time. What is wrong fails twice.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [only] = process.argv.slice(2);
const inWindow = only === '--window';
const kind = inWindow ? /^window.*\.mjs$/ : /\.e2e\.mjs$/;
const files = readdirSync(here)
  .filter((file) => kind.test(file) && (!only || inWindow || file === `${only}.e2e.mjs`))
  .sort();
if (files.length === 0) throw new Error(`there is no ${only}.e2e.mjs`);

/** Runs a file, and gives what it said when it failed. */
async function failureOf(file) {
  console.log(`== ${file}`);
  const child = spawn(process.execPath, ['--no-warnings', '--experimental-websocket', join(here, file)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      process.stdout.write(chunk);
    });
  }
  const status = await new Promise((done) => child.on('close', done));
  return status === 0 ? '' : `== ${file} ended with ${status}\n${said}`;
}

async function failures(names) {
  const failed = new Map();
  for (const file of names) {
    const said = await failureOf(file);
    if (said) failed.set(file, said);
  }
  return failed;
}

const first = await failures(files);
const again = first.size > 0 ? await failures([...first.keys()]) : first;
for (const said of [...first.values(), ...again.values()]) console.log(`\n${said.split('\n').slice(-40).join('\n')}`);
const unsteady = [...first.keys()].filter((file) => !again.has(file));
if (unsteady.length > 0) console.log(`Passed at the second try only: ${unsteady.join(', ')}`);
console.log(`${files.length - again.size} passed, ${again.size} failed`);
if (again.size > 0) {
  console.error(`Failed: ${[...again.keys()].join(', ')}`);
  process.exitCode = 1;
}
