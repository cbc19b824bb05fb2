import type { Component } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { Showing } from './showing.svelte';

const today = { screen: 'today' } as const;
const onCall = { screen: 'call', draftId: '' } as const;
const others = { default: (() => ({})) as unknown as Component<never> };

/** A page whose other screens come when they are let. */
function opened() {
  let come = () => {};
  let fail: (error: Error) => void = () => {};
  const coming = new Promise<typeof others>((resolve, reject) => {
    come = () => resolve(others);
    fail = reject;
  });
  const load = vi.fn(() => coming);
  return { showing: new Showing(load as never), load, come, fail };
}

describe('the screen that is shown', () => {
  it('is Today at once, without any of the others', () => {
    const { showing, load } = opened();
    showing.show(today);
    expect(showing.place).toEqual(today);
    expect(load).not.toHaveBeenCalled();
  });

  it('stays until the one gone to is there', async () => {
    const { showing, come } = opened();
    showing.show(today);
    showing.show(onCall);
    expect(showing.place).toEqual(today);
    come();
    await vi.waitFor(() => expect(showing.place).toEqual(onCall));
    expect(showing.others).toBe(others.default);
  });

  it('is another one at once, when the others are there', async () => {
    const { showing, come } = opened();
    come();
    await showing.bringOthers();
    showing.show(onCall);
    expect(showing.place).toEqual(onCall);
  });

  it('is the one gone to last, though another was waited for', async () => {
    const { showing, come } = opened();
    showing.show(onCall);
    showing.show(today);
    come();
    await showing.bringOthers();
    expect(showing.place).toEqual(today);
  });

  it('stays where the others can’t be had, says why, and can be tried again', async () => {
    const { showing, load, fail } = opened();
    showing.show(today);
    showing.show(onCall);
    fail(new Error('cut off'));
    await vi.waitFor(() => expect(showing.failure?.code).toBe('unexpected'));
    expect(showing.place).toEqual(today);
    load.mockResolvedValueOnce(others);
    showing.show(onCall);
    await vi.waitFor(() => expect(showing.place).toEqual(onCall));
    expect(showing.failure).toBeUndefined();
  });
});
