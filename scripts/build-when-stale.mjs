/**
 * Builds the client into `dist/client` when it is missing or was built from other sources. Sources are compared by a hash
 * of their contents, so a checkout that only touches times builds nothing. Says what it does on stderr only.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['client', 'shared', 'package-lock.json', 'vite.config.ts'];
const stamp = join(root, 'dist', 'client.sha256');
const page = join(root, 'dist', 'client', 'index.html');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');

/** Builds if needed; false when the build is needed and failed, which has been said. */
export async function buildWhenStale() {
  const hash = sourceHash();
  if (existsSync(page) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  if (!existsSync(vite)) {
    console.error(
      '页面尚未构建，且没有安装构建工具；请先运行“npm ci”。The pages are not built and the build tool is not installed; run “npm ci” first.',
    );
    return false;
  }
  console.error('正在构建页面……building the pages…');
  const code = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) {
    console.error('页面构建失败，原因见上。The pages could not be built; the reason stands above.');
    return false;
  }
  writeFileSync(stamp, hash);
  return true;
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const source of sources) addTo(hash, source);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const absolute = join(root, path);
  if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).sort()) addTo(hash, join(path, name));
  } else {
    hash.update(`${path}\0`).update(readFileSync(absolute)).update('\0');
  }
}

if (argv[1] === fileURLToPath(import.meta.url) && !(await buildWhenStale())) process.exit(1);
