import { describe, expect, it } from 'vitest';
import { Texts } from '../i18n/texts.svelte';
import { explain } from './problems';

const texts = await Texts.in('en');

describe('a problem with a file', () => {
  it.each([
    ['/home/elena/correo/viejo.csv', 'viejo.csv', '/home/elena/correo/'],
    ['C:\\Users\\Elena\\viejo.csv', 'viejo.csv', 'C:\\Users\\Elena\\'],
    ['viejo.csv', 'viejo.csv', ''],
  ])('names %s by its name, and says apart where it lies', (path, name, place) => {
    const words = explain(texts, { code: 'not_a_message', values: { path } });
    expect([words.message, words.place]).toEqual([`${name} is not an email message.`, place]);
  });

  it('says of a library the whole place', () => {
    const words = explain(texts, { code: 'no_library', values: { path: '/home/elena/casos' } });
    expect([words.message, words.place]).toEqual(['There is no library in /home/elena/casos.', '']);
  });
});
