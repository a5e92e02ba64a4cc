/**
 * Makes sure the programs the tests drive are there: a Chromium and poppler's pdftotext. On Debian as root it installs what
 * is missing with apt-get; elsewhere it says what to install and fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium, findProgram } from '../tests/support/chromium.ts';

const wanted = [
  { name: 'Chromium', package: 'chromium', find: findChromium },
  { name: 'pdftotext', package: 'poppler-utils', find: () => findProgram('pdftotext') },
];
const missing = () => wanted.filter(({ find }) => find() === undefined);

function apt(...command) {
  console.error(`apt-get ${command.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', command, { stdio: ['ignore', 2, 2], env }).status === 0;
}

const debianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
if (missing().length > 0 && debianRoot && !process.env.CHROMIUM) {
  apt('update') && apt('install', '-y', '--no-install-recommends', ...missing().map((program) => program.package));
}
for (const program of missing()) {
  console.error(
    `The tests need ${program.name}: install it (on Debian: apt-get install ${program.package})` +
      (program.name === 'Chromium' ? ' or set CHROMIUM to the path of one.' : '.'),
  );
  process.exitCode = 1;
}
