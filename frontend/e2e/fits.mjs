// What is cut off, lies outside of the window, or is hidden behind something while it has the focus.

/** A line for each thing on the page that can't be read or reached whole. */
export function cutOff(page, where) {
  return page
    .evaluate(() => {
      const found = [];
      const tell = (what, element) => {
        const name = element.tagName.toLowerCase() + (element.classList[0] ? `.${element.classList[0]}` : '');
        const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
        found.push(`${what}: ${name} “${text.slice(0, 60)}”`);
      };
      const scrolls = (style) => /auto|scroll/.test(style.overflowX) || /auto|scroll/.test(style.overflowY);
      const scrollsSideways = (element) => {
        const box = element.parentElement?.closest('[tabindex="0"], .scroll');
        return !!box && box.scrollWidth > box.clientWidth && /auto|scroll/.test(getComputedStyle(box).overflowX);
      };
      // For screen readers alone: one pixel, or nothing left of it.
      const isUnseen = (element) => {
        const { width, height } = element.getBoundingClientRect();
        return width <= 1 || height <= 1 || element.closest('.unseen, [aria-hidden=true]') !== null;
      };
      const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      const top = document.querySelector('dialog[open]') ?? document;
      // The beginning of a text that is read whole where it leads to, or that the pointer shows whole.
      const isExcerpt = (element) =>
        element.closest('[title], .message .summary, dialog [role=option], .chart') !== null;

      for (const scroller of [document.documentElement, ...document.querySelectorAll('main, .frame, dialog[open]')]) {
        if (scroller.scrollWidth <= scroller.clientWidth + 1) continue;
        const edge = scroller.getBoundingClientRect().right;
        const beyond = [...scroller.querySelectorAll('*')].filter(
          (one) => one.getBoundingClientRect().right > edge + 1,
        );
        tell('scrolls sideways', beyond.at(-1) ?? scroller);
      }

      for (const element of top.querySelectorAll('*')) {
        if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || isUnseen(element)) continue;
        // What is wider than the window on purpose scrolls by itself, a drawing too.
        if (scrollsSideways(element)) continue;
        const style = getComputedStyle(element);
        // A field scrolls to what is typed.
        const isField = element.matches('input, textarea, select');
        if (hasText(element) && style.display !== 'inline' && !scrolls(style) && !isField) {
          const whole = isExcerpt(element);
          if (!whole && element.scrollWidth > element.clientWidth + 1) tell('cut off', element);
          const clips = /hidden|clip/.test(style.overflowY);
          if (!whole && clips && element.scrollHeight > element.clientHeight + 1) tell('cut off below', element);
        }
        if (element.matches('a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
          const box = element.getBoundingClientRect();
          if (box.left < -1 || box.right > innerWidth + 1) tell('outside of the window', element);
        }
      }
      return found;
    })
    .then((found) => [...new Set(found)].map((line) => `${where}: ${line}`));
}

/** A line for each control that something else covers while it has the focus. Leaves the focus elsewhere. */
export function covered(page, where) {
  return page
    .evaluate(async () => {
      const found = [];
      const top = document.querySelector(':popover-open, .menu[role=menu], dialog[open]') ?? document;
      const controls = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
      for (const element of top.querySelectorAll(controls)) {
        if (element.disabled || element.tabIndex < 0 || !element.checkVisibility()) continue;
        element.focus();
        if (document.activeElement !== element) continue;
        const shown = element.closest('label, .chip') ?? element;
        const box = shown.getBoundingClientRect();
        const x = Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2));
        const y = Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height / 2, 22)));
        const above = document.elementFromPoint(x, y);
        if (above && (shown.contains(above) || above.contains(shown))) continue;
        const name = (element.getAttribute('aria-label') ?? shown.textContent ?? '').trim().replace(/\s+/g, ' ');
        const by = above ? `${above.tagName.toLowerCase()}.${above.classList[0]}` : 'the edge of the window';
        found.push(`covered by ${by}: ${element.tagName.toLowerCase()} “${name.slice(0, 60)}”`);
      }
      return found;
    })
    .then((found) => found.map((line) => `${where}: ${line}`));
}

/** A line for each thing that moves, or would. */
export function moving(page, where) {
  return page
    .evaluate(() => {
      const found = new Set();
      const name = (element) => `${element?.tagName?.toLowerCase()}.${element?.classList?.[0]}`;
      for (const { effect, playState } of document.getAnimations()) {
        if (playState !== 'finished' && effect.getComputedTiming().activeDuration > 0) found.add(name(effect.target));
      }
      for (const element of document.querySelectorAll('*')) {
        for (const part of [null, '::before', '::after']) {
          const { transitionDuration, animationName } = getComputedStyle(element, part);
          const takes = transitionDuration.split(',').some((time) => Number.parseFloat(time) > 0);
          const runs = animationName !== 'none' && getComputedStyle(element, part).animationDuration !== '0s';
          if (takes || runs) found.add(name(element) + (part ?? ''));
        }
      }
      return [...found];
    })
    .then((found) => found.map((line) => `${where}: moves: ${line}`));
}
