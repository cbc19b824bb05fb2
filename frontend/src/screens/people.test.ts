import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { FakeCase } from '../lib/backend/fake-data';
import { sampleCase } from '../lib/backend/fake-data';
import { Failure } from '../lib/backend/backend';
import { openCase, openPage } from '../test/page';

const dialog = () => within(screen.getByRole('dialog'));
const list = () => screen.findByRole('list', { name: 'People spoken to' });
const names = async () =>
  within(await list())
    .getAllByRole('link')
    .map((link) => link.textContent);

/** The sample with somebody who could be Marta R. */
const withMarta: FakeCase = {
  ...sampleCase,
  people: [
    ...sampleCase.people,
    { id: 'marta2', partyId: 'shop', name: 'Marta Ruiz', refused: false, position: 'supervisor', contacts: 0 },
  ],
};

async function openPeople(cases = [withMarta]) {
  location.hash = '#/people';
  const page = await openPage({ cases });
  await screen.findByRole('heading', { level: 1, name: 'People and companies' });
  return page;
}

type Person = Awaited<ReturnType<typeof openPage>>['person'];

/** Opens somebody's menu, and chooses from it. */
async function choose(person: Person, name: string, action: string) {
  const menu = await screen.findByRole('button', { name: `What can be done with it: ${name}` });
  await person.click(menu);
  const actions = document.getElementById(menu.getAttribute('popovertarget') ?? '');
  await person.click(within(actions!).getByRole('menuitem', { name: action, hidden: true }));
}

describe('people and companies', () => {
  it('stand in the bar and in the palette, and lead to the contacts with each', async () => {
    const { person } = await openPeople();
    expect(screen.getByRole('link', { name: 'People and companies' })).toHaveAttribute('aria-current', 'page');
    const ivan = within(await list()).getByRole('link', { name: 'Iván Soler' });
    expect(ivan).toHaveAttribute('href', '#/case/parcel/timeline?who=ivan');
    await person.keyboard('{Control>}k{/Control}');
    await person.type(screen.getByRole('combobox'), 'people and');
    expect(screen.getByRole('option', { name: /People and companies/ })).toBeInTheDocument();
  });

  it('are found without accents, and told when nobody is', async () => {
    const { person } = await openPeople();
    const search = await screen.findByRole('searchbox', { name: /Search by name/ });
    await person.type(search, 'ivan');
    await expect.poll(names).toEqual(['Iván Soler']);
    await person.type(search, 'x');
    expect(await screen.findByText('Nobody here goes by that')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Show everything' }));
    await expect.poll(async () => (await names()).length).toBe(5);
  });

  it('are sorted by what is asked for', async () => {
    const { person } = await openPeople();
    await list();
    const hold = screen.getByRole('button', { name: 'On hold' });
    await person.click(hold);
    expect(hold).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(async () => (await names())[0]).toBe('Iván Soler');
    await person.click(screen.getByRole('button', { name: 'Name' }));
    await expect.poll(async () => (await names())[0]).toBe('Encarna');
  });

  it('count who refused a name, by themselves and by company', async () => {
    const { person } = await openPeople();
    await person.click(await screen.findByRole('radio', { name: 'Refused to give a name' }));
    await expect.poll(names).toEqual(['Refused to give a name']);
    await person.click(screen.getByRole('tab', { name: 'Companies' }));
    const carrier = (await screen.findByRole('heading', { name: 'Transportes Rauda' })).closest('li')!;
    const refused = within(carrier).getByText('Refused a name').parentElement!;
    expect(within(refused).getByText('1')).toBeInTheDocument();
  });

  it('are told apart from an empty library and from trouble', async () => {
    await openPeople([{ ...sampleCase, people: [] }]);
    expect(await screen.findByText('Nobody was spoken to yet')).toBeInTheDocument();
  });

  it('say why they could not be read, and are read again', async () => {
    location.hash = '#/people';
    const { person, backend } = await openPage({ cases: [withMarta] }, (fake) => {
      vi.spyOn(fake, 'peoplePage').mockRejectedValueOnce(new Failure('unexpected', { detail: 'the disk' }));
    });
    await person.click(await screen.findByRole('button', { name: 'Try again' }));
    await expect.poll(async () => (await names()).length).toBe(5);
    expect(backend.peoplePage).toHaveBeenCalledTimes(2);
  });

  it('come a page at a time when there are many', async () => {
    location.hash = '#/people';
    const { person } = await openPage({ cases: [withMarta] }, (fake) => {
      const read = fake.peoplePage.bind(fake);
      vi.spyOn(fake, 'peoplePage').mockImplementation((query) => read({ ...query, limit: 3 }));
    });
    expect(await screen.findByText('3 of 5')).toBeInTheDocument();
    expect(await names()).toHaveLength(3);
    await person.click(screen.getByRole('button', { name: 'Show more' }));
    await expect.poll(async () => (await names()).length).toBe(5);
    expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  });

  it('have whom the search found among them, however many come before', async () => {
    location.hash = `#/case/parcel/people/marta2`;
    await openPage({ cases: [withMarta] }, (fake) => {
      const read = fake.peoplePage.bind(fake);
      vi.spyOn(fake, 'peoplePage').mockImplementation((query) => read({ ...query, limit: 1, order: 'last_contact' }));
    });
    await waitFor(() => expect(document.querySelector('[data-revealed]')).toHaveTextContent('Marta Ruiz'));
  });
});

describe('the same person', () => {
  it('is asked about, joined by the person only, and undone', async () => {
    location.hash = '#/case/parcel/people';
    const { person } = await openPage({ cases: [withMarta] });
    const question = await screen.findByText('Marta R. and Marta Ruiz, of Almacenes Miramar');
    expect((await names()).length).toBe(5);
    await person.click(screen.getByRole('button', { name: /^Compare/ }));
    expect(dialog().getByRole('heading', { name: 'Marta Ruiz' })).toBeInTheDocument();
    expect(dialog().getByText(/you can part them again/)).toBeInTheDocument();
    await person.click(dialog().getByRole('button', { name: 'They are the same person' }));
    expect(await screen.findByText('Marta R. and Marta Ruiz count as one person now.')).toBeInTheDocument();
    await expect.poll(async () => (await names()).length).toBe(4);
    expect(screen.getByText('also as Marta Ruiz')).toBeInTheDocument();
    expect(question).not.toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: /Undo/ }));
    await expect.poll(async () => (await names()).length).toBe(5);
  });

  it('is not asked about again when the person said no', async () => {
    location.hash = '#/case/parcel/people';
    const { person, backend } = await openPage({ cases: [withMarta] });
    await person.click(await screen.findByRole('button', { name: /^They are not/ }));
    expect(screen.queryByText('Could these be the same person?')).not.toBeInTheDocument();
    expect(await backend.readDraft('people-apart:parcel')).toContain('marta marta2');
  });

  it('is chosen from the others of the case, and parted again', async () => {
    const { person } = await openPeople();
    await choose(person, 'Encarna', 'Same person as…');
    await person.type(await dialog().findByRole('searchbox'), 'solér');
    await person.click(await dialog().findByRole('button', { name: /Iván Soler/ }));
    await person.click(dialog().getByRole('button', { name: 'They are the same person' }));
    expect(await screen.findByText('also as Encarna')).toBeInTheDocument();
    await choose(person, 'Iván Soler', 'Not the same person');
    await person.click(dialog().getByRole('button', { name: 'They are different people' }));
    expect(await screen.findByText('They count apart again.')).toBeInTheDocument();
    await expect.poll(async () => (await names()).length).toBe(5);
  });
});

describe('a correction', () => {
  it('says the name that somebody gave later', async () => {
    const { person, backend } = await openPeople();
    const correct = vi.spyOn(backend, 'correctPerson');
    await choose(person, 'Refused to give a name', 'Correct');
    const name = dialog().getByLabelText('Name, as it was given');
    expect(name).toBeDisabled();
    await person.click(dialog().getByRole('checkbox', { name: 'Refused to give a name' }));
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await dialog().findByRole('alert')).toHaveTextContent('Fill in “Name, as it was given”.');
    await person.type(name, 'Pau');
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The correction is on record.')).toBeInTheDocument();
    expect(correct).toHaveBeenLastCalledWith(
      expect.objectContaining({ personId: 'refused', name: 'Pau', refused: false }),
    );
    await expect.poll(names).toContain('Pau');
  });

  it('says what a company is called and knows the matter by', async () => {
    const { person, backend } = await openCase('people');
    const correct = vi.spyOn(backend, 'correctCompany');
    await choose(person, 'Transportes Rauda', 'Correct');
    await person.type(dialog().getByLabelText('Company'), ' Ibérica');
    await person.click(dialog().getByRole('button', { name: 'Another reference' }));
    await person.type(dialog().getAllByLabelText('Number')[1]!, 'INC-9');
    await person.click(dialog().getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('heading', { name: 'Transportes Rauda Ibérica' })).toBeInTheDocument();
    expect(correct.mock.calls[0]?.[0].references).toHaveLength(2);
  });
});

it('somebody’s contacts are shown alone when the address asks for them', async () => {
  location.hash = '#/case/parcel/timeline?who=carrier';
  await openPage({ cases: [withMarta] });
  expect(await screen.findByRole('combobox', { name: /Who|company/i })).toHaveValue('carrier');
  expect(await screen.findByText('1 entry shown')).toBeInTheDocument();
});
