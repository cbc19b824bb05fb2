import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import Button from './Button.svelte';
import ChoiceChips from './ChoiceChips.svelte';
import CopyButton from './CopyButton.svelte';
import Dialog from './Dialog.svelte';
import ErrorSummary from './ErrorSummary.svelte';
import Progress from './Progress.svelte';
import Tabs from './Tabs.svelte';
import TextField from './TextField.svelte';
import { createRawSnippet } from 'svelte';

const said = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

describe('a button', () => {
  it('that is busy keeps its focus and does nothing', async () => {
    const onclick = vi.fn();
    render(Button, { busy: true, onclick, children: said('Save') });
    const button = screen.getByRole('button', { name: 'Save' });
    await userEvent.click(button);
    expect(onclick).not.toHaveBeenCalled();
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute('aria-disabled', 'true');
  });
});

describe('a field', () => {
  it('says its hint and its error with the control', () => {
    render(TextField, { id: 'hold', label: 'Time on hold', value: 'x', hint: 'Minutes', error: 'Not a time' });
    const control = screen.getByLabelText('Time on hold');
    expect(control).toBeInvalid();
    expect(control).toHaveAccessibleDescription('Minutes Not a time');
  });
});

describe('the error summary', () => {
  it('takes the focus and leads to the control', async () => {
    render(TextField, { id: 'title', label: 'Title', value: '' });
    render(ErrorSummary, { title: 'Look again', problems: [{ id: 'title', message: 'Fill in “Title”.' }] });
    expect(screen.getByRole('alert')).toHaveFocus();
    await userEvent.click(screen.getByRole('link', { name: 'Fill in “Title”.' }));
    expect(screen.getByLabelText('Title')).toHaveFocus();
  });
});

describe('choices', () => {
  it('move with the arrow keys', async () => {
    const onchange = vi.fn();
    const choices = [
      { value: 'a', label: 'First' },
      { value: 'b', label: 'Second' },
    ];
    render(ChoiceChips, { id: 'which', label: 'Which', value: 'a', choices, onchange });
    screen.getByRole('radio', { name: 'First' }).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByRole('radio', { name: 'Second' })).toBeChecked();
    expect(screen.getByRole('group', { name: 'Which' })).toBeInTheDocument();
  });
});

describe('tabs', () => {
  it('move with the arrow keys, around the ends', async () => {
    const tabs = ['one', 'two', 'three'].map((id) => ({ id, label: id }));
    render(Tabs, { label: 'Parts', panel: 'part', tabs, selected: 'one' });
    screen.getByRole('tab', { name: 'one' }).focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(screen.getByRole('tab', { name: 'three' })).toHaveFocus();
    expect(screen.getByRole('tab', { name: 'three' })).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('{Home}');
    expect(screen.getByRole('tab', { name: 'one' })).toHaveFocus();
  });
});

describe('a dialog', () => {
  it('is named by its title and closes by its button', async () => {
    const onclose = vi.fn();
    render(Dialog, { title: 'Export', closeLabel: 'Close', onclose, children: said('Body') });
    expect(screen.getByRole('dialog', { name: 'Export' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onclose).toHaveBeenCalledOnce();
  });
});

describe('progress', () => {
  it('says how far it is, or that nobody knows', async () => {
    const { rerender } = render(Progress, { label: 'Working', done: 1, total: 4 });
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
    await rerender({ done: 3, total: 0 });
    expect(screen.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow');
  });
});

describe('a copy button', () => {
  it('copies and says so', async () => {
    const copy = vi.fn(async () => {});
    render(CopyButton, { label: 'Copy 88', copiedLabel: 'Copied', copy });
    await userEvent.click(screen.getByRole('button', { name: 'Copy 88' }));
    expect(copy).toHaveBeenCalledOnce();
    expect(await screen.findByText('Copied')).toBeInTheDocument();
  });
});
