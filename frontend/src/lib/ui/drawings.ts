import { mount, unmount, type Component } from 'svelte';

const drawings = new Map<Component, Element>();

/** A drawing as an icon's component makes it. That is asked only once: it takes much longer than to copy what it made. */
export function drawingOf(icon: Component): Node {
  let drawing = drawings.get(icon);
  if (!drawing) {
    const target = document.createElement('span');
    const mounted = mount(icon, { target });
    drawing = target.firstElementChild!.cloneNode(true) as Element;
    drawing.setAttribute('aria-hidden', 'true');
    drawings.set(icon, drawing);
    void unmount(mounted);
  }
  return drawing.cloneNode(true);
}
