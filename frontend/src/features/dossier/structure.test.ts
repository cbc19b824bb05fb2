import { describe, expect, it } from 'vitest';
import { stepwise } from './headings';
import { partsOf, type MarkedText, type StructureNode } from './structure';

const content = (id: string): StructureNode => ({ type: 'content', id });
const marked = (id: string, ...texts: string[]): MarkedText[] => [
  { type: 'beginMarkedContentProps', id },
  ...texts.map((str, at) => ({ str, hasEOL: at < texts.length - 1 })),
  { type: 'endMarkedContent' },
];

describe('what a page says', () => {
  it('comes in the order of reading, whatever order it was drawn in', () => {
    const tree = {
      role: 'Root',
      children: [
        {
          role: 'Document',
          children: [
            { role: 'H1', children: [content('a')] },
            { role: 'P', children: [content('b')] },
          ],
        },
      ],
    };
    const parts = partsOf(tree, [...marked('b', 'The parcel', 'never came.'), ...marked('a', 'Summary')]);
    expect(parts.map(({ element, parts }) => [element, parts[0]?.text])).toEqual([
      ['h2', 'Summary'],
      ['p', 'The parcel never came.'],
    ]);
  });

  it('keeps the cells of a table where they are, empty ones too', () => {
    const row = {
      role: 'TR',
      children: [
        { role: 'TH', children: [content('a')] },
        { role: 'TD', children: [content('b')] },
      ],
    };
    const [table] = partsOf({ role: 'Table', children: [{ role: 'TBody', children: [row] }] }, marked('a', 'Due'));
    expect(table?.parts[0]?.parts.map(({ element, parts }) => [element, parts.length])).toEqual([
      ['th', 1],
      ['td', 0],
    ]);
  });

  it('leaves out a row whose words stand on another page', () => {
    const row = (id: string) => ({ role: 'TR', children: [{ role: 'TH', children: [content(id)] }] });
    const [table, ...none] = partsOf({ role: 'Table', children: [row('elsewhere'), row('a')] }, marked('a', 'Due'));
    expect([table?.parts.length, none]).toEqual([1, []]);
    expect(partsOf({ role: 'Table', children: [row('elsewhere')] }, [])).toEqual([]);
  });

  it('tells a picture by the text that stands for it', () => {
    const figure = { role: 'Figure', alt: '12 calls in March', children: [content('a')] };
    expect(partsOf(figure, marked('a', '12', 'March'))).toEqual([
      { element: 'figure', text: '12 calls in March', parts: [] },
    ]);
  });

  it('leaves out what is no content, and holds what it has no word for together', () => {
    const tree = {
      role: 'Sect',
      children: [
        { role: 'P', children: [content('gone')] },
        { role: 'Link', children: [content('a')] },
      ],
    };
    const items = [{ str: 'a running header' }, ...marked('a', 'C-004')];
    expect(partsOf(tree, items)).toEqual([{ element: '', text: 'C-004', parts: [] }]);
    expect(partsOf(null, items)).toEqual([]);
  });

  it('tells what stands outside its list or table as a paragraph', () => {
    const tree = {
      role: 'Document',
      children: [
        { role: 'LI', children: [content('a')] },
        { role: 'TD', children: [content('b')] },
      ],
    };
    const parts = partsOf(tree, [...marked('a', 'A-1'), ...marked('b', '3 March')]);
    expect(parts.map(({ element }) => element)).toEqual(['p', 'p']);
  });

  it('takes text within a span for that of the piece around it', () => {
    const items = [
      { type: 'beginMarkedContentProps', id: 'a' },
      { type: 'beginMarkedContent' },
      { str: 'שלום' },
      { type: 'endMarkedContent' },
      { type: 'endMarkedContent' },
    ];
    expect(partsOf({ role: 'P', children: [content('a')] }, items)[0]?.parts[0]?.text).toBe('שלום');
  });

  it('leaves out no level of headings, also where a page goes on with what another began', () => {
    const heading = (element: string) => ({ element, text: '', parts: [] });
    const pages = stepwise([
      [heading('h2'), heading('h4')],
      [heading('h4'), heading('p'), heading('h2')],
    ]);
    expect(pages.map((parts) => parts.map(({ element }) => element))).toEqual([
      ['h2', 'h3'],
      ['h4', 'p', 'h2'],
    ]);
  });
});
