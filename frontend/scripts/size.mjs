// Fails when the script that the page ships has grown beyond its limits, compressed as a server would send it: that which
// is read before Today is there, and all of it. The PDF viewer is loaded only where a dossier is looked at, and not counted.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

// Bytes.
const limits = { start: 50_000, all: 150_000 };
const folder = join(dirname(fileURLToPath(import.meta.url)), '../dist');

const scripts = readdirSync(folder, { recursive: true })
  .filter((file) => /\.m?js$/.test(file) && !/(^|\/)pdf[.\w-]*js$/.test(file))
  .map((file) => ({ file, size: gzipSync(readFileSync(join(folder, file))).length }))
  .sort((a, b) => b.size - a.size);
const start = scripts.filter(({ file }) => /(^|\/)start-[^/]*$/.test(file));
if (start.length === 0) throw new Error('the page is not built');

const sum = (some) => some.reduce((all, { size }) => all + size, 0);
for (const { file, size } of scripts.slice(0, 10)) console.log(`${String(size).padStart(8)}  ${file}`);
for (const [what, size] of [
  ['start', sum(start)],
  ['all', sum(scripts)],
]) {
  console.log(`${String(size).padStart(8)}  ${what}, gzip; at most ${limits[what]}`);
  if (size > limits[what]) process.exitCode = 1;
}
