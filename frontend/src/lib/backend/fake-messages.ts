import type { MessagesBackend, MessageView } from './messages';

/** Three emails of one conversation; m1 is the one of the timeline. */
export class FakeMessages implements MessagesBackend {
  readonly message: MessageView = {
    id: 'm1',
    subject: 'Re: Pedido 88-4410, paquete no recibido',
    from: 'Atención al Cliente <atencion@miramar.example>',
    to: 'Nuria Ferrer <nuria@correo.example>',
    cc: '',
    wall: '2026-06-29T09:12',
    senderWall: '2026-06-29T08:12',
    senderOffset: '+01:00',
    passages: [
      {
        kind: 'said',
        text: 'Apreciada clienta:\n\nHemos revisado su solicitud y el paquete consta como entregado.',
        introduction: '',
        folds: false,
      },
      { kind: 'signature', text: '--\nAtención al Cliente', introduction: '', folds: false },
      { kind: 'quoted', text: 'No lo he recibido.', introduction: 'El 28/6/26, Nuria Ferrer escribió:', folds: true },
    ],
    cut: false,
    hasOriginal: true,
    links: [
      {
        link: { id: 'link', address: 'https://miramar.example/seguimiento?pedido=88-4410' },
        words: 'Tu pedido',
        named: '',
        leads: '',
      },
      {
        link: { id: 'other', address: 'https://promo.example.net/x' },
        words: 'www.miramar.example',
        named: 'www.miramar.example',
        leads: 'promo.example.net',
      },
      { link: { id: '', address: 'javascript:pay()' }, words: 'Pagar', named: '', leads: '' },
    ],
    remote: [
      { host: 'abre.example.net', tracks: true, addresses: ['https://abre.example.net/o.gif?u=7'] },
      {
        host: 'miramar.example',
        tracks: false,
        addresses: ['https://miramar.example/a.png', 'https://miramar.example/b.png'],
      },
    ],
    attachments: [
      {
        evidenceId: 'e1',
        fileName: 'albaran.pdf',
        mediaType: 'application/pdf',
        kind: 'pdf',
        openable: true,
        inText: false,
        size: 48210,
      },
    ],
    defects: [{ code: 'bad_base64', place: '2.1' }],
    source: {
      kind: 'imap',
      fetchedAt: '2026-06-30T10:00:00Z',
      host: 'imap.correo.example',
      user: 'nuria@correo.example',
      mailbox: 'INBOX',
      uid: 812,
      validity: 1,
      received: '2026-06-29T07:12:30Z',
      spki: '',
      fileName: '',
      position: 0,
      program: 'constancia 0.1.0',
      labels: [],
    },
    sha256: '2b71aa77d0b84e65aa3b1fe9c2d4470be65c8b1f1c0f2f2b7e2f4f0d5a1b3c4d',
    size: 40312,
  };

  openMessage = async (_caseId: string, messageId: string) => ({ ...this.message, id: messageId });

  messageTrace = async () => ({
    hops: [
      {
        from: 'desk.miramar.example',
        by: 'mx.miramar.example',
        with: 'ESMTPSA',
        wall: '2026-06-29T09:12',
        delay: 0,
        delayKnown: false,
        encrypted: true,
      },
      {
        from: 'mx.miramar.example',
        by: 'imap.correo.example',
        with: 'ESMTP',
        wall: '2026-06-29T09:14',
        delay: 95,
        delayKnown: true,
        encrypted: false,
      },
    ],
    findings: [
      { server: 'imap.correo.example', method: 'dkim', value: 'pass', domain: 'miramar.example', byLast: true },
    ],
    chain: [
      {
        domain: 'lista.example',
        wall: '2026-06-29T09:13',
        before: 'none',
        findings: [{ server: 'lista.example', method: 'spf', value: 'pass', domain: 'miramar.example', byLast: false }],
        missing: [],
      },
      { domain: 'buzon.example', wall: '', before: 'fail', findings: [], missing: ['ARC-Message-Signature'] },
    ],
    signatures: ['Signed by miramar.example, the sender’s own domain.'],
    signed: true,
    header: 'From: atencion@miramar.example\nSubject: Re: Pedido 88-4410\n',
    cut: false,
  });

  conversation = async (_caseId: string, messageId: string) =>
    ['m0', 'm1', 'm2'].includes(messageId)
      ? ['m0', 'm1', 'm2'].map((id, at) => ({
          id,
          from: at === 1 ? 'Atención al Cliente' : 'Nuria Ferrer',
          subject: 'Pedido 88-4410, paquete no recibido',
          wall: `2026-06-2${8 + Math.min(at, 1)}T0${8 + at}:12`,
        }))
      : [];

  checkSignatures = async () => ['This email carries no DKIM signature.'];
  saveMessage = async () => ({ path: '/home/nuria/pedido.eml', sha256: this.message.sha256 });
  saveAttachment = async () => ({ path: '/home/nuria/albaran.pdf', sha256: this.message.sha256 });
  originalAddress = () => 'about:blank';
}
