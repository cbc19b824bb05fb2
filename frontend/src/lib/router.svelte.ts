/** Where the person is. The address stands after #, so that Back and Forward work and no server is asked. */
export type Place =
  | { screen: 'today' }
  | { screen: 'cases' }
  | { screen: 'new-case' }
  /** entry: the one to bring into view and mark. who: a person or company whose contacts alone are wanted. */
  | { screen: 'case'; caseId: string; tab: string; entry?: string; who?: string }
  | { screen: 'dossier'; caseId: string }
  /** An email, to be read. */
  | { screen: 'message'; caseId: string; messageId: string }
  /** incoming: the company got in touch. */
  | { screen: 'contact'; caseId: string; incoming?: boolean }
  /** draftId: the call that goes on, or was cut off; empty begins one, with the case it is about where it is known. */
  | { screen: 'call'; draftId: string }
  | { screen: 'many'; caseId: string }
  /** waiting: begins with the emails that were found while the case was watched. */
  | { screen: 'mail'; caseId: string; waiting?: boolean }
  | { screen: 'people' }
  | { screen: 'backup' }
  /** A dossier's file is held against itself. */
  | { screen: 'check' }
  /** contactId: empty corrects the case itself. */
  | { screen: 'correct'; caseId: string; contactId: string }
  | { screen: 'settings' };

export class Router {
  #place = $state.raw<Place>({ screen: 'today' });

  get place(): Place {
    return this.#place;
  }

  /** Follows the address for as long as the page lives. */
  listen(): () => void {
    const follow = () => (this.#place = placeOf(location.hash));
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }

  go(place: Place): void {
    location.hash = addressOf(place);
  }
}

export function addressOf(place: Place): string {
  switch (place.screen) {
    case 'today':
      return '#/';
    case 'cases':
    case 'people':
    case 'backup':
    case 'check':
      return `#/${place.screen}`;
    case 'new-case':
      return '#/new';
    case 'settings':
      return '#/settings';
    case 'call':
      return withPart('#/call', place.draftId);
    case 'many':
      return withPart('#/many', place.caseId);
    case 'contact':
      return withPart(
        place.caseId ? `#/case/${encodeURIComponent(place.caseId)}/contact` : '#/contact',
        place.incoming ? 'incoming' : '',
      );
    case 'mail':
      return withPart(`#/case/${encodeURIComponent(place.caseId)}/mail`, place.waiting ? 'waiting' : '');
    case 'dossier':
      return `#/case/${encodeURIComponent(place.caseId)}/dossier`;
    case 'message':
      return withPart(`#/case/${encodeURIComponent(place.caseId)}/message`, place.messageId);
    case 'correct':
      return withPart(`#/case/${encodeURIComponent(place.caseId)}/correct`, place.contactId);
    case 'case':
      return [
        '#/case',
        encodeURIComponent(place.caseId),
        place.tab,
        place.tab && place.entry && encodeURIComponent(place.entry),
      ]
        .filter(Boolean)
        .join('/')
        .concat(place.who ? `?who=${encodeURIComponent(place.who)}` : '');
  }
}

function withPart(address: string, part: string): string {
  return part ? `${address}/${encodeURIComponent(part)}` : address;
}

export function placeOf(hash: string): Place {
  const [path = '', asked = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first = '', id = '', rest = '', entry] = path.split('/');
  const who = asked.startsWith('who=') ? decodeURIComponent(asked.slice('who='.length)) : '';
  if (first === 'cases' || first === 'people' || first === 'backup' || first === 'check') return { screen: first };
  if (first === 'call') return { screen: 'call', draftId: decodeURIComponent(id) };
  if (first === 'many') return { screen: 'many', caseId: decodeURIComponent(id) };
  if (first === 'new') return { screen: 'new-case' };
  if (first === 'settings') return { screen: 'settings' };
  if (first === 'contact') return { screen: 'contact', caseId: '' };
  if (first === 'case' && id) {
    const caseId = decodeURIComponent(id);
    if (rest === 'mail') return { screen: 'mail', caseId, ...(entry === 'waiting' && { waiting: true }) };
    if (rest === 'dossier') return { screen: 'dossier', caseId };
    if (rest === 'message') return { screen: 'message', caseId, messageId: decodeURIComponent(entry ?? '') };
    if (rest === 'correct') return { screen: 'correct', caseId, contactId: decodeURIComponent(entry ?? '') };
    return rest === 'contact'
      ? { screen: 'contact', caseId, ...(entry === 'incoming' && { incoming: true }) }
      : {
          screen: 'case',
          caseId,
          tab: rest,
          ...(entry && { entry: decodeURIComponent(entry) }),
          ...(who && { who }),
        };
  }
  return { screen: 'today' };
}
