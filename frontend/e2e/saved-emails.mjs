// Emails as a person saves them, for the pictures of the screens: what is told in them is the sample dispute.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Emails that a person saved: two of one conversation, and one more. */
const savedEmails = [
  [
    'From: Galerias Montalbeda <pedidos@montalbeda.example>',
    'To: Elena Martorell <elena.martorell@buzon.example>',
    'Subject: Pedido GM-26-0310774: fecha de entrega',
    'Date: Thu, 12 Mar 2026 09:15:00 +0100',
    'Message-ID: <entrega@montalbeda.example>',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Buenos días:',
    '',
    'Su pedido sale mañana de nuestro almacén. Lo recibirá entre el lunes y el miércoles.',
    '',
    'Galerías Montalbeda',
    '',
  ],
  [
    'From: Elena Martorell <elena.martorell@buzon.example>',
    'To: Galerias Montalbeda <pedidos@montalbeda.example>',
    'Subject: Re: Pedido GM-26-0310774: fecha de entrega',
    'Date: Wed, 18 Mar 2026 20:40:00 +0100',
    'Message-ID: <pregunta@buzon.example>',
    'In-Reply-To: <entrega@montalbeda.example>',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Es miércoles por la noche y no ha llegado nada. ¿Dónde está?',
    '',
  ],
  [
    'From: Pasolargo Mensajeria <avisos@pasolargo.example>',
    'To: Elena Martorell <elena.martorell@buzon.example>',
    'Subject: No hemos podido entregar PL447188021ES',
    'Date: Tue, 17 Mar 2026 12:05:00 +0100',
    'Message-ID: <aviso@pasolargo.example>',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hemos pasado por su domicilio y no había nadie.',
    '',
  ],
];

/** What a shop sends these days: one address shown and another led to, what reports that it was read, and a signature. */
const richEmail = (id) => [
  'Authentication-Results: mail.buzon.example; dkim=pass header.d=montalbeda.example;',
  ' spf=pass smtp.mailfrom=montalbeda.example',
  'Received: from mx.envios.example (mx.envios.example [192.0.2.7]) by mail.buzon.example with ESMTPS id 7;',
  ' Fri, 7 Aug 2026 12:34:10 +0200',
  'Received: from tienda.montalbeda.example ([192.0.2.9]) by mx.envios.example with ESMTP id 3;',
  ' Fri, 7 Aug 2026 12:30:02 +0200',
  'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=montalbeda.example; s=tienda; h=from:subject:date;',
  ' bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=Zm9v',
  'From: Galerias Montalbeda <tienda@montalbeda.example>',
  'To: Elena Martorell <elena.martorell@buzon.example>',
  'Subject: Valore su pedido GM-26-0310774',
  'Date: Fri, 07 Aug 2026 12:30:00 +0200',
  `Message-ID: <${id}@montalbeda.example>`,
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=a',
  '',
  '--a',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Estimada clienta: ¿qué le pareció su máquina de coser? Cuéntenoslo en www.example.com.',
  '',
  'El 18 de marzo de 2026, Elena Martorell escribió:',
  '> Es miércoles por la noche y no ha llegado nada. ¿Dónde está?',
  '--a',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<div style="max-width:36rem;margin:auto;font-family:sans-serif">',
  '<h1 style="background:#17513f;color:#fff;padding:1rem">Galerías Montalbeda</h1>',
  '<p>Estimada clienta: ¿qué le pareció su máquina de coser?</p>',
  '<p>Cuéntenoslo en <a href="https://clics.example.net/r?u=91&amp;c=GM">www.example.com</a> o mire ',
  '<a href="https://pasolargo.example/seguimiento/PL447188021ES">dónde está su envío</a>.</p>',
  '<p><a href="mailto:tienda@montalbeda.example">Escríbanos</a></p></div>',
  '<img src="https://abre.publicidad.example/o.gif?u=91" width="1" height="1" alt="">',
  '<img src="https://imagenes.montalbeda.example/pie.png" alt="Galerías Montalbeda">',
  '--a--',
  '',
];

/** One whose text broke on its way. */
const damagedEmail = (id) => [
  'From: Pasolargo Mensajeria <avisos@pasolargo.example>',
  'To: Elena Martorell <elena.martorell@buzon.example>',
  'Subject: Aviso PL447188021ES',
  'Date: Wed, 18 Mar 2026 08:00:00 +0100',
  `Message-ID: <${id}@pasolargo.example>`,
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  'SGVtb3Mg@@@cGFzYWRv',
  '',
];

let folder = '';
let savedAnew = 0;

const save = (name, email) => writeFileSync(join(folder, `${name}.eml`), email.join('\r\n'));

/** Begins a folder of saved emails. */
export function saveInto(place) {
  folder = place;
  for (const [at, email] of savedEmails.entries()) save(at + 1, email);
}

/** Saves two more: what the case has had is not taken in once more. */
export function saveAnew() {
  savedAnew += 1;
  for (const [name, email] of Object.entries({ valore: richEmail, aviso: damagedEmail }))
    save(name, email(`${name}-${savedAnew}`));
}

/** Puts an archive beside them that broke, and gives what takes it away. */
export function saveBroken() {
  const broken = join(folder, 'correos-2025.zip');
  writeFileSync(broken, 'PK\x03\x04 and no more');
  return () => rmSync(broken);
}
