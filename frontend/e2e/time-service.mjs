// A real time-stamp service for a run: openssl ts behind a server on loopback, with an authority of its own. The program
// comes to it as to the proxy of a network, so that it answers for whichever service the person chose, and no request
// leaves the computer.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const serviceName = 'Clock of the test';

const settings = `
[tsa]
default_tsa = own
[own]
serial = serial
signer_digest = sha256
default_policy = 2.999.3161
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[usage]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
`;

/** The service, which is out of reach until it is opened. */
export async function makeTimeService() {
  const folder = mkdtempSync(join(tmpdir(), 'constancia-clock-'));
  const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'rsa:2048', '-noenc', '-keyout'];
  writeFileSync(join(folder, 'settings'), settings);
  writeFileSync(join(folder, 'serial'), '01\n');
  openssl('req', '-x509', ...key, 'ca.key', '-out', 'root.pem', '-days', '30', '-subj', '/CN=Authority of the test');
  openssl('req', ...key, 'clock.key', '-out', 'clock.csr', '-subj', `/CN=${serviceName}`);
  const issuer = ['-CA', 'root.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
  const usage = ['-extfile', 'settings', '-extensions', 'usage'];
  openssl('x509', '-req', '-days', '30', '-in', 'clock.csr', ...issuer, ...usage, '-out', 'clock.pem');

  const asked = [];
  const server = createServer((request, response) => {
    const query = [];
    request.on('data', (chunk) => query.push(chunk));
    request.on('end', () => {
      asked.push(request.url);
      assert.equal(request.headers['content-type'], 'application/timestamp-query');
      writeFileSync(join(folder, 'query'), Buffer.concat(query));
      const signer = ['-signer', 'clock.pem', '-inkey', 'clock.key', '-chain', 'root.pem'];
      const reply = openssl('ts', '-reply', '-config', 'settings', '-queryfile', 'query', ...signer);
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(reply);
    });
  });
  const listen = (port) => new Promise((done) => server.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = server.address();
  const leave = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  await leave();

  return {
    /** Of its authority, as openssl takes it. */
    root: join(folder, 'root.pem'),
    /** What the program is started with to come to it. */
    environment: { HTTP_PROXY: `http://127.0.0.1:${port}` },
    /** The addresses that were asked. */
    asked,
    open: () => listen(port),
    leave,
    /** The time in the last stamp of a PDF, once openssl calls the stamp good for all bytes that it is to cover. */
    verify(path) {
      const { token, covered } = lastStamp(readFileSync(path));
      writeFileSync(join(folder, 'token'), token);
      writeFileSync(join(folder, 'covered'), covered);
      const check = ['ts', '-verify', '-token_in', '-in', 'token', '-CAfile', 'root.pem', '-data', 'covered'];
      assert.match(openssl(...check).toString(), /Verification: OK/);
      covered[covered.length >> 1] ^= 1;
      writeFileSync(join(folder, 'covered'), covered);
      assert.throws(() => openssl(...check), 'openssl takes it with a flipped bit');
      const said = openssl('ts', '-reply', '-token_in', '-in', 'token', '-token_out', '-text').toString();
      return new Date(/^Time stamp: (.+)$/m.exec(said)[1]);
    },
    async close() {
      if (server.listening) await leave();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The token of a PDF's last time stamp, and the bytes that it is to cover: the whole file but for the token. */
function lastStamp(file) {
  const text = file.toString('latin1');
  const [, ...numbers] = [...text.matchAll(/\/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) *\]/g)].at(-1);
  const [from, length, rest, restLength] = numbers.map(Number);
  assert.equal(from, 0);
  assert.equal(rest + restLength, file.length, 'the last stamp does not reach to the end of the file');
  const padded = Buffer.from(text.slice(length + 1, rest - 1), 'hex');
  // DER says its own length: what follows are zeros up to the room that was kept.
  const bytes = padded[1] & 0x7f;
  assert.ok(padded[1] > 0x80, 'a token is longer than 127 bytes');
  const token = padded.subarray(0, 2 + bytes + padded.readUIntBE(2, bytes));
  return { token, covered: Buffer.concat([file.subarray(0, length), file.subarray(rest)]) };
}
