import { mount, type Component } from 'svelte';
import { describe, expect, it } from 'vitest';
import { fragment } from './fragments';

/** What a maker makes where components do: as markup, with what it hands over. */
function shown(make: () => Node[], times = 1) {
  const target = document.createElement('main');
  const made: Node[][] = [];
  const component = (anchor: Node) => {
    for (let time = 0; time < times; time++) {
      made.push(make());
      anchor.parentNode?.insertBefore(made[time]![0]!, anchor);
    }
    return {};
  };
  mount(component as unknown as Component, { target });
  return { markup: target.innerHTML, made };
}

const names = ([, ...handed]: Node[] = []) => handed.map((node) => node.nodeName);

describe('a fragment', () => {
  it('has elements with their classes and attributes, texts, spaces and places', () => {
    const written = "div.row.wide role=group aria-hidden=true(p('SHA-256 ,b(_));,label for=a~b novalidate)";
    expect(shown(fragment(written)).markup).toBe(
      '<div role="group" aria-hidden="true" class="row wide"><p>SHA-256 <b> </b></p> <!---->' +
        '<label for="a b" novalidate=""></label></div>',
    );
  });

  it('hands over the nodes with a star, in their order', () => {
    const { made } = shown(fragment('div(p(*_,i);*;ul(li,li(b(*em)));*section,*)'));
    expect(names(made[0])).toEqual(['#text', '#comment', 'EM', 'SECTION', '#comment']);
  });

  it('may be several nodes', () => {
    const { markup, made } = shown(fragment('*p(b);*,*_'));
    expect(markup).toBe('<p><b></b></p> <!----> ');
    expect(names(made[0])).toEqual(['P', '#comment', '#text']);
  });

  it('has the scope of its component at every element', () => {
    expect(shown(fragment('ul.list(li(*_))', 'k4')).markup).toBe('<ul class="list k4"><li class="k4"> </li></ul>');
  });

  it('may be a part of a drawing', () => {
    expect(shown(fragment('path d=M1~12h20', '', 4)).made[0]![0]).toBeInstanceOf(SVGElement);
  });

  it('is another one each time', () => {
    const [first, second] = shown(fragment('p(*_)'), 2).made;
    expect(first![0]).not.toBe(second![0]);
    expect(second![1]!.parentNode).toBe(second![0]);
  });
});
