/**
 * For working on the product: the server, started again when one of its files changes, and Vite with hot reload in front of
 * it. Both end together.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { HOST: '127.0.0.1', ...process.env };
const commands = [
  ['--watch-path=server', '--watch-path=shared', 'server/start.mjs', 'main', '--no-build'],
  ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1'],
];
const children = commands.map((command) => spawn(process.execPath, command, { cwd: root, env, stdio: 'inherit' }));

function endAll() {
  for (const child of children) child.kill('SIGTERM');
}

for (const child of children) {
  child.on('error', (error) => {
    console.error(error);
    endAll();
  });
  child.on('exit', (code) => {
    process.exitCode = process.exitCode || code || 0;
    endAll();
  });
}
process.on('SIGINT', endAll);
process.on('SIGTERM', endAll);
