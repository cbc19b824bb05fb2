import { describe, expect, it } from 'vitest';
import { visible } from './visible';

describe('a name that came from anywhere', () => {
  it('shows its true ending, in one line', () => {
    expect(visible('invoice\u202efdp.exe')).toBe('invoice\ufffdfdp.exe');
    expect(visible('two\nlines\u2028.txt')).toBe('two\ufffdlines\ufffd.txt');
  });

  it('leaves letters of every script alone', () => {
    for (const name of ['Núria 3ª gestió.ogg', 'صورة.jpg', '写真 👍🏽.png']) expect(visible(name)).toBe(name);
  });
});
