/** What the fake backend says of any entry: one correction, and a plan to erase it. */
import type { ContactInput } from './backend';
import type { ErasurePlan, HistoryView } from './history';

export const entryHistory: HistoryView = {
  id: '',
  kind: 'contact',
  title: 'Told her that the parcel shows as delivered',
  recordedAt: '2026-06-18T08:20:00.000Z',
  leaf: '5f2c6a0b'.repeat(8),
  logId: 'log',
  sequence: 12,
  counts: true,
  erased: false,
  fields: [
    { label: 'what happened', text: 'Told her that the parcel shows as delivered and never came.' },
    { label: 'time on hold', text: '21 min' },
  ],
  events: [
    {
      id: 'correction',
      kind: 'correction',
      recordedAt: '2026-06-19T17:02:00.000Z',
      reason: 'The phone’s log says so',
      counts: true,
      changes: [{ label: 'time on hold', before: '21 min', after: '38 min' }],
    },
  ],
  seals: [],
  exports: [],
};

export const erasurePlan: ErasurePlan = {
  goes: [{ id: '', kind: 'contact', title: entryHistory.title, recordedAt: entryHistory.recordedAt }],
  stays: [{ id: 'p1', kind: 'promise', title: 'Answer within 48 hours', recordedAt: '2026-06-18T08:20:00.000Z' }],
  files: 0,
  sharedFiles: 0,
  copies: 0,
  exports: [{ recordedAt: '2026-07-01T09:00:00.000Z', edition: 'head_office', fileName: 'dossier.pdf' }],
  hasBackups: true,
  devices: [],
  returning: [],
};

export const typedContact: ContactInput = {
  caseId: '',
  company: 'shop',
  role: '',
  when: '2026-06-18T10:05',
  zone: 'Europe/Madrid',
  offset: '',
  direction: 'outgoing',
  channel: 'phone',
  people: [{ name: 'Marta R.', position: 'customer service', refused: false }],
  hold: '21',
  talk: '',
  transfers: '1',
  retold: '1',
  sentTo: 'Transportes Rauda',
  number: '',
  companyReference: 'INC-20871',
  summary: 'Told her that the parcel shows as delivered and never came.',
  verbatim: '',
  failures: ['long_wait'],
  supervisor: '',
  madeBy: '',
  basis: 'note',
  promises: [],
};
