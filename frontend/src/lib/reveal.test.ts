import { afterEach, expect, it } from 'vitest';
import { reveal } from './reveal';

afterEach(() => document.body.replaceChildren());

it('marks an entry as soon as it is in the page, and no longer than wanted', async () => {
  const done = reveal('7');
  const entry = Object.assign(document.createElement('div'), { id: 'entry-7' });
  document.body.append(entry);
  await Promise.resolve();
  expect(entry).toHaveAttribute('data-revealed');
  expect(entry).toHaveFocus();
  done();
  expect(entry).not.toHaveAttribute('data-revealed');
});

it('marks nothing that comes after it was given up', async () => {
  reveal('7')();
  const entry = Object.assign(document.createElement('div'), { id: 'entry-7' });
  document.body.append(entry);
  await Promise.resolve();
  expect(entry).not.toHaveAttribute('data-revealed');
});

it('marks an entry again that a long list took out of the page and made anew, and leaves the focus where it is', async () => {
  const entry = () => Object.assign(document.createElement('div'), { id: 'entry-7' });
  const done = reveal('7');
  const before = entry();
  document.body.append(before);
  await Promise.resolve();
  before.remove();
  const again = entry();
  document.body.append(again);
  await Promise.resolve();
  expect(again).toHaveAttribute('data-revealed');
  expect(again).not.toHaveFocus();
  done();
  expect(again).not.toHaveAttribute('data-revealed');
});
