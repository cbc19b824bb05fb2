// Runs axe-core on what a page shows and tells what it finds in plain lines.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 AA and the best practices, of the page or of a part of it. Gives a line per finding. */
export async function findings(page, where, part) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const { violations } = await page.evaluate(
    (part) =>
      window.axe.run((part && document.querySelector(part)) || document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'],
      }),
    part,
  );
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${where}: ${violation.id}: ${violation.help}: ${node.target.join(' ')}`),
  );
}
