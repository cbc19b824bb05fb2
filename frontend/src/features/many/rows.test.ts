import { describe, expect, it } from 'vitest';
import { Grid, readKept } from './grid.svelte';
import { completes, offered } from './options';
import { cellsOf, columns, emptyRow, isBlank, withoutHeading } from './rows';

describe('a clipboard', () => {
  it.each([
    [
      'a spreadsheet’s tabs',
      '12/3\tEnvíos Rayo\r\n13/3\t\r\n',
      [
        ['12/3', 'Envíos Rayo'],
        ['13/3', ''],
      ],
    ],
    ['one row with tabs', '12/3\t\tphone', [['12/3', '', 'phone']]],
    [
      'semicolons, the same in each line',
      'a;b\nc;d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'commas, the same in each line',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'quotes around a line end',
      'a\t"two\nlines, ""so"""\nb\tc',
      [
        ['a', 'two\nlines, "so"'],
        ['b', 'c'],
      ],
    ],
    ['lines that are no table', 'They said, no.\nThen: yes', [['They said, no.'], ['Then: yes']]],
  ])('with %s is cells', (_, text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  it.each(['They said tomorrow, or the day after; they don’t know', 'one word', ''])(
    'with “%s” is one cell',
    (text) => {
      expect(cellsOf(text)).toBeUndefined();
    },
  );

  it('loses a first line that only names the columns', () => {
    const cells = [
      ['When', 'Company'],
      ['12/3', 'A'],
    ];
    expect(withoutHeading(cells, ['When', 'Company', 'How'])).toEqual([['12/3', 'A']]);
    expect(withoutHeading(cells, ['Cuándo'])).toEqual(cells);
  });
});

describe('the grid', () => {
  const typed = (...texts: string[]) => {
    const grid = new Grid();
    for (const text of texts) {
      grid.type(text);
      grid.tab(1);
    }
    return grid;
  };

  it('goes on to a row below where the row was begun', () => {
    const grid = typed('12/3', 'Envíos Rayo');
    grid.type('email');
    grid.enter(1);
    expect(grid.place).toEqual({ row: 1, column: 0 });
    expect(grid.rows[0]).toMatchObject({ when: '12/3', company: 'Envíos Rayo', channel: 'email' });
  });

  it('always has an empty row to go on in, and lets Tab out of it at its end', () => {
    const grid = new Grid(Array.from({ length: 20 }, () => ({ ...emptyRow, when: '12/3' })));
    expect(grid.rows).toHaveLength(21);
    grid.go(20, columns.length - 1);
    expect(grid.tab(1)).toBe(false);
    grid.go(0, 0);
    expect(grid.tab(-1)).toBe(false);
  });

  it('takes a paste to the right and down, adds rows for it, and takes it back as one', () => {
    const grid = typed('12/3');
    grid.go(7, 5);
    expect(grid.paste([['one', 'two', 'three', 'beyond'], ['four']])).toBe(2);
    expect(grid.rows[7]).toMatchObject({ what: 'one', promise: 'two', due: 'three' });
    expect(grid.rows[8]?.what).toBe('four');
    expect(grid.rows).toHaveLength(10);
    expect(grid.undo()).toBe(true);
    expect(grid.rows.filter((row) => !isBlank(row))).toHaveLength(1);
    expect(grid.redo()).toBe(true);
    expect(grid.rows[8]?.what).toBe('four');
    grid.remove(7);
    expect(grid.rows[7]?.what).toBe('four');
    for (let steps = 0; steps < 3; steps += 1) grid.undo();
    expect(grid.rows.every(isBlank)).toBe(true);
    expect(grid.undo()).toBe(false);
  });

  it('forgets what Escape calls off, and copies the cell above', () => {
    const grid = typed('12/3');
    grid.go(0, 0);
    grid.type('wrong');
    grid.cancel();
    grid.go(1, 0);
    expect(grid.rows[0]?.when).toBe('12/3');
    grid.fillDown();
    expect(grid.rows[1]?.when).toBe('12/3');
  });

  it('keeps in its draft what is being typed at this moment', () => {
    const grid = typed('12/3');
    grid.type('half a na');
    const kept = readKept(JSON.stringify({ rows: grid.kept(), basis: 'note', logIds: ['a'] }));
    expect(kept).toEqual({ rows: [{ ...emptyRow, when: '12/3', company: 'half a na' }], basis: 'note', logIds: ['a'] });
  });

  it.each(['', 'not json', 'null', '{"rows":7}', '{"rows":[null,3]}'])('is empty for the damaged draft %j', (text) => {
    expect(readKept(text).rows).toEqual([]);
  });

  it('adds the calls of a log behind what is there, up to as many as it takes', () => {
    const grid = typed('12/3');
    expect(grid.add(Array.from({ length: 600 }, () => ({ ...emptyRow, when: '13/3' })))).toBe(499);
    expect(grid.rows).toHaveLength(500);
    expect(grid.place).toEqual({ row: 1, column: 0 });
  });
});

it('what is offered begins with what is typed, accents or not, then has it in it', () => {
  const options = ['phone', 'email', 'Envíos Rayo', 'social media'];
  expect(offered(options, 'env')).toEqual(['Envíos Rayo']);
  expect(offered(options, 'e')[0]).toBe('email');
  expect(offered(options, 'media')).toEqual(['social media']);
  expect(completes('Envíos Rayo', 'envi')).toBe(true);
  expect(completes('social media', 'media')).toBe(false);
  expect(completes(undefined, 'x')).toBe(false);
});
