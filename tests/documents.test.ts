/** What the documents say about the project is held against the project. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { variableNames } from '../server/config.ts';
import { filesBelow } from './support/sources.ts';

const documents = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', ...filesBelow('docs', '.md')];
const read = (file: string) => readFileSync(file, 'utf8');

describe('the documents', () => {
  test.each(['README.md', 'docs/README.zh-CN.md'])(
    '%s lists every variable of the configuration and no other',
    (file) => {
      const listed = [...read(file).matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
      expect(listed.toSorted()).toEqual(variableNames.toSorted());
    },
  );

  test.each(documents)('%s links only to what is there', (file) => {
    const targets = [...read(file).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    const missing = targets.filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(file), target)));
    expect(missing).toEqual([]);
  });

  test.each(documents)('%s names only scripts that exist', (file) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(file).matchAll(/npm run (?:-s )?([a-z:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test('every path of ARCHITECTURE.md’s tree is there', () => {
    const tree = /```\n([\s\S]*?)```/.exec(read('ARCHITECTURE.md'))?.[1] ?? '';
    const paths: string[] = [];
    let top = '';
    for (const line of tree.split('\n')) {
      const [, indent = '', name = ''] = /^( *)([A-Za-z][\w.-]*\/?)(?=\s|$)/.exec(line) ?? [];
      if (name === '') continue;
      if (indent === '') top = name;
      paths.push(indent === '' ? name : join(top, name));
    }
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('the numbered rules', () => {
  const rules = new Map(
    filesBelow('docs/spec', '.md').flatMap((file) =>
      [...read(file).matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map((match) => [match[1] ?? '', file] as const),
    ),
  );

  test('are each said once', () => {
    const said = filesBelow('docs/spec', '.md').flatMap((file) => [
      ...read(file).matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm),
    ]);
    expect(said.length).toBe(rules.size);
    expect(rules.size).toBeGreaterThan(40);
  });

  test('that tests cite are there', () => {
    const cited = filesBelow('tests', '.ts', '.tsx').flatMap((file) =>
      [...read(file).matchAll(/['`"]\[([A-Z]{2}\d+)\]/g)].map((match) => ({ file, rule: match[1] ?? '' })),
    );
    expect(cited.filter(({ rule }) => !rules.has(rule))).toEqual([]);
  });
});
