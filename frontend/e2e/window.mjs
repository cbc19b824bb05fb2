// Starts the window as it is released (out/window/released) on a display of its own and looks at a picture of it: the page
// has to have come up on the Go side, which the accent of its buttons, its ink and its canvas show. Nobody can attach an
// inspector to it, even where its environment asks for one, and it listens nowhere.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePort, makeHome, root, underDisplay } from './program.mjs';

const [width, height] = [1280, 860];
const home = makeHome();
// The library lies where it does for everybody: WebKitGTK keeps files of its own near it.
delete home.environment.CONSTANCIA_LIBRARY;
const picture = join(home.home, 'window.png');

/** How much of the picture has a colour, near enough, as a share. */
function shareOf(colour) {
  const mean = execFileSync('convert', [
    picture,
    '-fuzz',
    '4%',
    '-fill',
    'white',
    '-opaque',
    colour,
    '-fill',
    'black',
    '+opaque',
    'white',
    '-format',
    '%[fx:mean]',
    'info:',
  ]);
  return Number(mean.toString());
}

/** The ports on which processes listen for TCP, of the machine or of the network. */
function portsOf(pids) {
  const sockets = new Set();
  for (const pid of pids) {
    for (const file of readdirSync(`/proc/${pid}/fd`)) {
      try {
        sockets.add(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${file}`))?.[1]);
      } catch {
        // It was closed meanwhile.
      }
    }
  }
  const lines = ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8').trim().split('\n').slice(1),
  );
  const columns = lines.map((line) => line.trim().split(/\s+/));
  const listens = '0A';
  const own = columns.filter((column) => column[3] === listens && sockets.has(column[9]));
  return own.map((column) => Number.parseInt(column[1].split(':')[1], 16));
}

const inspectors = [await freePort(), await freePort()];
// The picture is taken inside the display, so that its number need not be known.
const display = underDisplay(
  join(root, 'frontend/e2e/window.sh'),
  {
    ...home.environment,
    WEBKIT_INSPECTOR_SERVER: `127.0.0.1:${inspectors[0]}`,
    WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${inspectors[1]}`,
    PROGRAM: join(root, 'out/window/released'),
    PICTURE: picture,
  },
  `${width}x${height}x24`,
);
try {
  // Under white and black stand the tokens of styles/tokens.css, light: the first start shows all of them.
  const seen = await eventually(
    'the page to be seen in the window',
    async () => {
      if (!existsSync(picture)) return undefined;
      const shares = { canvas: shareOf('#f7f5f0'), accent: shareOf('#1b5e6b'), ink: shareOf('#1d282e') };
      return shares.accent > 0.02 && shares.canvas > 0.4 && shares.ink > 0.002 ? shares : undefined;
    },
    90,
  );
  const colours = Number(execFileSync('identify', ['-format', '%k', picture]).toString());
  assert.ok(colours > 150, `the picture has only ${colours} colours`);
  assert.ok(existsSync(join(home.home, 'data/constancia/library/constancia.db')), 'the window made the library');
  const processes = display.pidsOf();
  assert.ok(processes.length > 3, 'the program and WebKit’s processes run');
  assert.deepEqual(portsOf(processes), [], 'it listens somewhere');
  for (const port of inspectors) await assert.rejects(fetch(`http://127.0.0.1:${port}/`), 'an inspector answers');
  console.log(`the window shows its page: ${colours} colours`, seen);
  mkdirSync(join(root, 'out'), { recursive: true });
  copyFileSync(picture, join(root, 'out/window.png'));
} catch (error) {
  console.error(display.said());
  if (existsSync(picture)) copyFileSync(picture, join(root, 'out/window-failed.png'));
  throw error;
} finally {
  await display.end();
  home.remove();
}
