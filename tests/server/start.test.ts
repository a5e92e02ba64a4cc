import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

/** Starts `server/start.mjs` on a Node that says it has this version. */
function start(version: string, ...args: readonly string[]) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const options = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, 'server/start.mjs', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  return { status, stdout, lines: stderr.trim().split('\n') };
}

describe('the start', () => {
  test.each(['18.20.8', '20.20.2', '23.11.1'])(
    'on Node %s is one clear sentence in both languages and exit code 1',
    (version) => {
      const { status, stdout, lines } = start(version, 'main');
      expect([status, stdout, lines.length]).toEqual([1, '', 1]);
      expect(lines[0]).toContain(`当前为 ${version}`);
      expect(lines[0]).toContain(`this is ${version}`);
    },
  );

  test('without a known entry says what there is', () => {
    expect(start('24.1.0', 'elsewhere')).toMatchObject({
      status: 1,
      lines: ['usage: node server/start.mjs main|demo|audit-verify|backup|restore|drill'],
    });
  });
});
