// Starts the dev build of the program (out/constancia-dev) in a folder of its own and opens its page in Chromium: the
// real Go side behind a real browser. Nothing of the person who runs it is read or written.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A home of its own, in which everything the program writes lies. */
export function makeHome() {
  const home = mkdtempSync(join(tmpdir(), 'constancia-e2e-'));
  const saved = join(home, 'saved');
  mkdirSync(saved);
  const environment = {
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'C.UTF-8',
    TZ: 'Europe/Madrid',
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    CONSTANCIA_LIBRARY: join(home, 'library'),
    CONSTANCIA_OFFLINE: '1',
    CONSTANCIA_DIALOG_SAVE: saved,
  };
  return { home, saved, environment, remove: () => rmSync(home, { recursive: true, force: true }) };
}

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Runs a command under a display of its own and gives what ends all of it. */
export function underDisplay(command, environment, size = '1280x900x24') {
  const child = spawn('xvfb-run', ['-a', '-s', `-screen 0 ${size}`, command], {
    cwd: root,
    env: environment,
    detached: true, // a process group of its own: xvfb-run leaves its display running otherwise
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = new Promise((done) => child.on('exit', done));
  /** The processes of that name; all of them without one. */
  const pidsOf = (name) =>
    execFileSync('pgrep', ['-g', String(child.pid), ...(name ? ['-x', name] : [])], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  return {
    said: () => said,
    pidsOf,
    /** What another program needs to come to the same display as the one of that name. */
    displayOf(name) {
      const variables = readFileSync(`/proc/${pidsOf(name)[0]}/environ`, 'utf8').split('\0');
      return Object.fromEntries(
        variables.filter((one) => /^(DISPLAY|XAUTHORITY)=/.test(one)).map((one) => one.split('=')),
      );
    },
    /** Ends the program itself as a power cut does: it gets to do nothing more. */
    async kill(name) {
      for (const pid of pidsOf(name)) process.kill(pid, 'SIGKILL');
      await ended;
    },
    running: () => child.exitCode === null && child.signalCode === null,
    async end() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}

export async function eventually(what, check, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const result = await check().catch(() => undefined);
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`);
    await new Promise((done) => setTimeout(done, 150));
  }
}

/** The program and a browser on its page; in the home of an earlier one that was killed, when that is given. */
export async function startProgram(extra = {}, { home: place, saved, environment, remove } = makeHome()) {
  const home = { home: place, saved, environment, remove };
  const port = await freePort();
  const program = underDisplay(join(root, 'out/constancia-dev'), {
    ...home.environment,
    devserver: `127.0.0.1:${port}`,
    assetdir: join(root, 'frontend/dist'),
    ...extra,
  });
  const address = `http://127.0.0.1:${port}/`;
  const close = async () => {
    await program.end();
    home.remove();
  };
  try {
    await eventually('the program to answer', async () => {
      if (!program.running()) throw new Error(program.said());
      return (await fetch(address)).ok;
    });
    const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
    return {
      ...home,
      address,
      browser,
      said: program.said,
      pids: () => program.pidsOf('constancia-dev'),
      /** Kills the program in the middle of whatever it does. Its home stays: start another in it. */
      async kill() {
        await program.kill('constancia-dev');
        await browser.close();
      },
      async close() {
        await browser.close();
        await close();
      },
    };
  } catch (error) {
    console.error(program.said());
    await close();
    throw error;
  }
}

/** A page that fails the run for an error in its console, a refused content policy or a request to elsewhere. */
export async function openPage(program, options = {}) {
  const context = await program.browser.newContext({
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const troubles = [];
  // The dev build's own script shows an overlay while it connects and trips over it; a released program has none of it.
  page.on('pageerror', (error) => {
    if (!error.stack?.includes('/wails/ipc.js')) troubles.push(`error: ${error.stack}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(program.address).host) troubles.push(`left: ${request.url()}`);
  });
  await page.goto(program.address);
  return { page, troubles, close: () => context.close() };
}
