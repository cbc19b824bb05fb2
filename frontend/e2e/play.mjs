// What the tests of the page do around their own steps.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openPage } from './program.mjs';

/** Takes steps one after the other, and tells how long each took. */
export async function inSteps(steps, ...given) {
  for (const step of steps) {
    const began = performance.now();
    await step(...given);
    console.log(`${step.name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
}

/**
 * Plays a test on a page of a program, which ends with it. Nothing may be found, and the page may have no troubles. Of
 * what fails there is a picture in the folder for temporary files, and what the program said.
 */
export async function play(program, { found = [], options, tidy = () => {} }, test) {
  let view;
  try {
    view = await openPage(program, options);
    await test(view.page, view);
    assert.deepEqual(view.troubles, []);
    assert.deepEqual(found, []);
  } catch (error) {
    const picture = join(tmpdir(), `constancia-${basename(process.argv[1], '.e2e.mjs')}-failed.png`);
    await view?.page.screenshot({ path: picture }).catch(() => {});
    console.error(program.said());
    throw error;
  } finally {
    await program.close();
    tidy();
  }
}
