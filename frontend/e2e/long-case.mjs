// A library with one long case, made by the Go side itself.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './program.mjs';

const filler = join(root, 'out/library.test');
const options = { cwd: join(root, 'internal/library'), stdio: ['ignore', 'ignore', 'inherit'] };

/** Makes libraries. The same case every time, but for how many contacts it has; the last argument is the library's folder. */
export function libraryMaker() {
  execFileSync('go', ['test', '-c', '-o', filler, '.'], { ...options, env: { ...process.env, CGO_ENABLED: '0' } });
  return (contacts, folder) =>
    execFileSync(filler, ['-test.run', 'TestFillsALibrary', '-fill', folder, '-contacts', String(contacts)], options);
}
