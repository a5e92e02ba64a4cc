/**
 * The one way in: `node server/start.mjs <entry> [arguments]`. Plain JavaScript without newer syntax, so that
 * an older Node gets as far as the sentence that tells it what is missing. Builds the client first when its sources are
 * newer than what was built; everything else is the entry's.
 */
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const needed = 24;
const entries = {
  main: './main.ts',
  demo: './demo/demo.ts',
  'audit-verify': './audit/verify.ts',
  backup: './operate/backup.ts',
  restore: './operate/restore.ts',
  drill: './operate/drill.ts',
};
const servesPages = ['main', 'demo'];

const major = Number(process.versions.node.split('.')[0]);
if (major < needed) {
  console.error(
    `对照需要 Node.js ${needed} 或更高版本，当前为 ${process.versions.node}；请改用“npm start”，它会使用随项目安装的版本。` +
      `Duizhao needs Node.js ${needed} or newer, this is ${process.versions.node}; “npm start” uses the one installed with it.`,
  );
  process.exit(1);
}

async function start(name, rest) {
  const entry = entries[name];
  if (entry === undefined) {
    console.error(`usage: node server/start.mjs ${Object.keys(entries).join('|')}`);
    process.exit(1);
  }
  if (servesPages.includes(name) && !rest.includes('--no-build')) {
    const { buildWhenStale } = await import('../scripts/build-when-stale.mjs');
    if (!(await buildWhenStale())) process.exit(1);
  }
  // Spares the next start from taking the types out again: less memory, sooner there.
  module.enableCompileCache?.(fileURLToPath(new URL('../dist/compile-cache', import.meta.url)));
  const { run } = await import(entry);
  await run(rest.filter((argument) => argument !== '--no-build'));
}

start(process.argv[2], process.argv.slice(3)).catch((error) => {
  console.error(error);
  process.exit(1);
});
