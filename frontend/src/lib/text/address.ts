/** An address taken apart around the part that says whose it is: the host, or who gets the email. */
export interface AddressParts {
  before: string;
  owner: string;
  after: string;
}

export function partsOf(address: string): AddressParts {
  const mail = /^(mailto:)([^?]*)(.*)$/i.exec(address);
  if (mail) return { before: mail[1]!, owner: mail[2]!, after: mail[3]! };
  // What stands before an @ is a name to sign in with, and made to look like a host in addresses that deceive.
  const web = /^(https?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/i.exec(address);
  if (web) return { before: web[1]!, owner: web[2]!, after: web[3]! };
  return { before: '', owner: address, after: '' };
}
