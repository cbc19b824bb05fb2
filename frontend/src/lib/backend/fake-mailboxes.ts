/** Mailboxes that live in the page's memory. It knows a provider of each kind, and refuses the password “wrong”. */
import { Failure, type FieldProblem } from './backend';
import type {
  Mailbox,
  MailboxConnected,
  MailboxInput,
  MailServer,
  MailStep,
  OAuthInput,
  SignatureKeys,
} from './mailboxes';

const steps = (...codes: string[]): MailStep[] => codes.map((code) => ({ code }));

const unknown: MailServer = {
  domain: '',
  provider: '',
  signIn: '',
  host: '',
  port: 0,
  startTls: false,
  user: '',
  before: [],
  files: steps('webmail', 'mail_program'),
  service: '',
  origin: '',
  where: '',
};

const providers: Record<string, Partial<MailServer>> = {
  'gmail.com': {
    provider: 'Gmail',
    signIn: 'app_password',
    host: 'imap.gmail.com',
    service: 'google',
    before: [
      { code: 'google_two_step', link: { id: 'two-step', address: 'https://myaccount.google.com/security' } },
      { code: 'google_app_password', link: { id: 'app', address: 'https://myaccount.google.com/apppasswords' } },
    ],
    files: steps('google_takeout', 'gmail_download', 'mail_program'),
    help: { id: 'help', address: 'https://support.google.com/accounts/answer/185833' },
  },
  'hotmail.com': {
    provider: 'Outlook.com',
    signIn: 'oauth',
    host: 'outlook.office365.com',
    service: 'microsoft',
    files: steps('outlook_save', 'mail_program'),
  },
  'gmx.es': { provider: 'GMX', signIn: 'password', host: 'imap.gmx.com', before: steps('switch_on_pop_imap') },
  'tuta.com': { provider: 'Tuta', signIn: 'no_imap', files: steps('tuta_export') },
};

/** What a server shows whose certificate nobody vouches for. */
export const untrusted = {
  host: 'correo.taller.example',
  fingerprint: '5f'.repeat(32),
  certificate: 'a9'.repeat(32),
  subject: 'CN=correo.taller.example',
  issuer: 'CN=correo.taller.example',
  from: '2026-01-01',
  until: '2036-01-01',
  why: 'authority',
};

export class FakeMailboxes {
  list: Mailbox[] = [];
  keys: SignatureKeys = { asks: true, waiting: 0 };
  /** What connecting ends with when it is not refused for what was typed. */
  refusal: Failure | undefined;
  /** Whether the keyring takes secrets. */
  keyring = true;
  readonly #run: (failure: Failure | undefined) => string;
  readonly #connected = new Map<string, MailboxConnected>();
  readonly #asked = new Map<string, MailServer>();

  constructor(run: (failure: Failure | undefined) => string) {
    this.#run = run;
  }

  server(address: string): MailServer {
    const domain = /^[^@\s]+@([^@\s]+\.[^@\s]{2,})$/.exec(address.trim())?.[1] ?? '';
    const known = providers[domain.toLowerCase()];
    if (!known) return { ...unknown, domain };
    const where = known.host ? { port: 993, user: address } : {};
    return { ...unknown, domain, origin: 'table', ...where, ...known };
  }

  ask(address: string): string {
    const { domain } = this.server(address);
    if (domain === 'empresa.example') {
      const jobId = this.#run(undefined);
      const found = { ...this.server('elena@hotmail.com'), domain, provider: 'Microsoft 365', user: address };
      this.#asked.set(jobId, { ...found, origin: 'mx', where: 'empresa-example.mail.protection.outlook.com' });
      return jobId;
    }
    if (domain !== 'taller.example') return this.#run(new Failure('mail_server_not_found', { domain }));
    const jobId = this.#run(undefined);
    const host = 'correo.taller.example';
    const found = { provider: host, signIn: 'password', host, port: 993, user: address };
    this.#asked.set(jobId, { ...unknown, domain, ...found, origin: 'srv', where: `_imaps._tcp.${domain}` });
    return jobId;
  }

  asked(jobId: string): MailServer {
    return taken(this.#asked, jobId);
  }

  connect(input: MailboxInput): string {
    const fields: Record<string, FieldProblem> = {};
    for (const field of ['address', 'password'] as const) {
      if (!input[field]) fields[field] = { code: 'missing', values: { field } };
    }
    if (Object.keys(fields).length > 0) throw new Failure('several', {}, fields);
    const host = input.host || this.server(input.address).host;
    return this.#signIn(input.address, host, input.password, input.pin);
  }

  renew(id: string, password: string): string {
    const known = this.list.find((one) => one.id === id);
    if (!known) throw new Failure('not_found', { kind: 'mailbox', value: id });
    return this.#signIn(known.address, known.server, password, '');
  }

  connected(jobId: string): MailboxConnected {
    return taken(this.#connected, jobId);
  }

  /** As in a browser where the person says yes at once. */
  authorize({ mailbox, service, clientId }: OAuthInput): string {
    if (!clientId) {
      const values = { field: 'client_id' };
      throw new Failure('missing', values, { client_id: { code: 'missing', values } });
    }
    return this.#signIn(mailbox.address, service, '', mailbox.pin, 'oauth');
  }

  reauthorize(id: string): string {
    const known = this.list.find((one) => one.id === id);
    if (!known) throw new Failure('not_found', { kind: 'mailbox', value: id });
    return this.#signIn(known.address, known.server, '', '', 'oauth');
  }

  forget(id: string): string {
    const leaves = this.list.find((one) => one.id === id)?.server === 'microsoft';
    this.list = this.list.filter((one) => one.id !== id);
    return leaves ? 'Microsoft' : '';
  }

  #signIn(
    address: string,
    server: string,
    password: string,
    pin: string,
    signIn: Mailbox['signIn'] = 'password',
  ): string {
    if (password === 'wrong') return this.#run(new Failure('sign_in_refused', { host: server, user: address }));
    if (this.refusal?.code === 'certificate_untrusted' && pin === this.refusal.values.fingerprint) {
      this.refusal = undefined;
    }
    const jobId = this.#run(this.refusal);
    if (this.refusal) return jobId;
    const id = this.list.find((one) => one.address === address)?.id ?? `mailbox-${this.list.length + 1}`;
    this.forget(id);
    this.list = [...this.list, { id, address, server, signIn, hasSecret: true }];
    this.#connected.set(jobId, { id, address, messages: 12431, kept: this.keyring });
    return jobId;
  }
}

function taken<Value>(values: Map<string, Value>, key: string): Value {
  const value = values.get(key);
  if (!value) throw new Failure('not_found', { kind: 'mailbox', value: key });
  values.delete(key);
  return value;
}
