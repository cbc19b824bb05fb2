// Fails when the script that the page ships has grown beyond its limit, compressed as a server would send it. The PDF
// viewer is loaded only where a dossier is looked at, and not counted.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limit = 150_000; // bytes
const folder = join(dirname(fileURLToPath(import.meta.url)), '../dist');

const scripts = readdirSync(folder, { recursive: true })
  .filter((file) => /\.m?js$/.test(file) && !/(^|\/)pdf[.\w-]*js$/.test(file))
  .map((file) => ({ file, size: gzipSync(readFileSync(join(folder, file))).length }))
  .sort((a, b) => b.size - a.size);
if (scripts.length === 0) throw new Error('the page is not built');

const sum = scripts.reduce((all, { size }) => all + size, 0);
for (const { file, size } of scripts.slice(0, 10)) console.log(`${String(size).padStart(8)}  ${file}`);
console.log(`${String(sum).padStart(8)}  all ${scripts.length} scripts, gzip; at most ${limit}`);
if (sum > limit) process.exitCode = 1;
