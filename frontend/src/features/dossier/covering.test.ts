import { describe, expect, it } from 'vitest';
import { between, Covering, moved, sized } from './covering.svelte';
import { Drawing } from './drawing.svelte';

const area = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };
const far = () => 100;

describe('an area of a picture', () => {
  it('lies between two corners, whichever come first', () => {
    const found = { x: 0.2, y: 0.1, width: 0.3, height: 0.4 };
    expect(between({ x: 0.2, y: 0.5 }, { x: 0.5, y: 0.1 })).toEqual(found);
    expect(between({ x: 0.5, y: 0.1 }, { x: 0.2, y: 0.5 })).toEqual(found);
  });

  it('stays within the picture when it is moved', () => {
    expect(moved(area, { x: 0.01, y: -0.01 })).toEqual({ ...area, x: 0.41, y: 0.39 });
    expect(moved(area, { x: 2, y: -2 })).toEqual({ ...area, x: 0.8, y: 0 });
  });

  it('stays within the picture when it is sized, and can always be seen', () => {
    expect(sized(area, { x: 0.01, y: 0.02 })).toEqual({ ...area, width: 0.21, height: 0.22 });
    expect(sized(area, { x: 2, y: 2 })).toEqual({ ...area, width: 0.6, height: 0.6 });
    expect(sized(area, { x: -2, y: -2 })).toEqual({ ...area, width: 0.005, height: 0.005 });
    expect(between({ x: 1, y: 1 }, { x: 1, y: 1 })).toEqual({ x: 0.995, y: 0.995, width: 0.005, height: 0.005 });
  });
});

describe('covering a picture', () => {
  it('is undone step by step, and a movement at once', () => {
    const covering = new Covering([]);
    const index = covering.add(area);
    covering.change(index, moved(area, { x: 0.1, y: 0 }), false);
    covering.change(index, moved(area, { x: 0.2, y: 0 }), true);
    covering.remove(index);
    expect(covering.areas).toEqual([]);
    covering.undo();
    expect(covering.areas).toEqual([{ ...area, x: 0.6 }]);
    covering.undo();
    expect(covering.areas).toEqual([area]);
    covering.undo();
    expect([covering.areas, covering.canUndo]).toEqual([[], false]);
  });
});

describe('a pointer over a picture', () => {
  it('covers what it is drawn over', () => {
    const covering = new Covering([]);
    const drawing = new Drawing(covering);
    drawing.press({ x: 0.4, y: 0.4 }, undefined, false);
    drawing.move({ x: 0.5, y: 0.6 }, far);
    expect(drawing.drawn).toEqual({ x: 0.4, y: 0.4, width: 0.1, height: 0.2 });
    expect(drawing.release({ x: 0.6, y: 0.6 })).toBe(0);
    expect(covering.areas).toEqual([area]);
    expect(drawing.drawn).toBeUndefined();
  });

  it('covers what lies between two corners where it presses, without dragging', () => {
    const covering = new Covering([]);
    const drawing = new Drawing(covering);
    drawing.press({ x: 0.4, y: 0.6 }, undefined, false);
    drawing.move({ x: 0.401, y: 0.6 }, () => 1);
    expect(drawing.release({ x: 0.401, y: 0.6 })).toBe('corner');
    expect(drawing.corner).toEqual({ x: 0.4, y: 0.6 });
    drawing.press({ x: 0.6, y: 0.4 }, undefined, false);
    expect(drawing.release({ x: 0.6, y: 0.4 })).toBe(0);
    expect(covering.areas).toEqual([area]);
    expect(drawing.corner).toBeUndefined();
  });

  it('moves an area, and sizes it by its corner', () => {
    const covering = new Covering([area]);
    const drawing = new Drawing(covering);
    drawing.press({ x: 0.5, y: 0.5 }, 0, false);
    drawing.move({ x: 0.6, y: 0.5 }, far);
    expect(drawing.release({ x: 0.6, y: 0.5 })).toBe(0);
    expect(covering.areas).toEqual([{ ...area, x: 0.5 }]);
    drawing.press({ x: 0.7, y: 0.6 }, 0, true);
    drawing.move({ x: 0.7, y: 0.8 }, far);
    drawing.release({ x: 0.7, y: 0.8 });
    expect(covering.areas).toEqual([{ ...area, x: 0.5, height: 0.4 }]);
    covering.undo();
    covering.undo();
    expect(covering.areas).toEqual([area]);
  });

  it('leaves an area as it is that was only pressed', () => {
    const covering = new Covering([area]);
    const drawing = new Drawing(covering);
    drawing.press({ x: 0.5, y: 0.5 }, 0, false);
    expect(drawing.release({ x: 0.5, y: 0.5 })).toBeUndefined();
    expect([covering.areas, covering.canUndo]).toEqual([[area], false]);
  });
});
