// Starts the real window (out/window/constancia) on a display of its own and looks at a picture of it: the page has to
// have come up on the Go side, which the accent of its buttons, its ink and its canvas show.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, makeHome, root, underDisplay } from './program.mjs';

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

// The picture is taken inside the display, so that its number need not be known.
const display = underDisplay(
  join(root, 'frontend/e2e/window.sh'),
  { ...home.environment, PROGRAM: join(root, 'out/window/constancia'), PICTURE: picture },
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
