import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// Vitest leaves styles out of imports, so the file is read; tests run in the page's folder.
const css = readFileSync('src/styles/tokens.css', 'utf8');

/** The custom properties between a line and the brace that closes it. */
function tokensAfter(opening: string): Record<string, string> {
  const block = css.slice(css.indexOf(opening)).split('}')[0] ?? '';
  return Object.fromEntries([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

const light = tokensAfter(':root {');
const dark = tokensAfter(":root:not([data-theme='light'])");

it('a person who chose dark sees what a dark system shows', () => {
  expect(Object.keys(dark).length).toBeGreaterThan(20);
  expect(tokensAfter(":root[data-theme='dark']")).toEqual(dark);
});

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const text: [ink: string, ground: string][] = [
  ['--ink', '--canvas'],
  ['--ink', '--surface'],
  ['--ink-soft', '--canvas'],
  ['--ink-soft', '--canvas-deep'],
  ['--ink-soft', '--surface'],
  ['--ink-soft', '--surface-sunk'],
  ['--accent', '--surface'],
  ['--accent', '--accent-wash'],
  ['--on-accent', '--accent'],
  ['--on-accent', '--accent-strong'],
  ['--warn', '--warn-wash'],
  ['--good', '--good-wash'],
  ['--danger', '--danger-wash'],
  ['--danger', '--surface'],
];

it.each(text)('%s on %s can be read (WCAG 2.2 AA, 4.5 to 1) in both themes', (ink, ground) => {
  for (const theme of [light, { ...light, ...dark }])
    expect(contrast(theme[ink]!, theme[ground]!)).toBeGreaterThanOrEqual(4.5);
});

it.each(['--line-control', '--focus'])('%s can be seen (3 to 1) in both themes', (line) => {
  for (const theme of [light, { ...light, ...dark }]) {
    for (const ground of ['--canvas', '--surface'])
      expect(contrast(theme[line]!, theme[ground]!)).toBeGreaterThanOrEqual(3);
  }
});
