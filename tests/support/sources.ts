/** The project's own source files, and what each imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Every file below `directory` whose name ends so, as paths from the project's folder. */
export function filesBelow(directory: string, ...endings: readonly string[]): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => normalize(join(entry.parentPath, entry.name)))
    .toSorted();
}

/** A source without its comments; strings that hold comment signs stay whole. */
export function withoutComments(source: string): string {
  const token =
    /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replace(token, (found) => (found.startsWith('/*') || found.startsWith('//') ? '' : found));
}

/** What a file imports or re-exports: files of the project as their paths, packages as their names (`node:fs`, `hono`). */
export function importsOf(file: string): string[] {
  const source = withoutComments(readFileSync(file, 'utf8'));
  const statements = [
    ...source.matchAll(/^(?:import|export)\b[^;'"]*?\bfrom\s*'([^']+)'/gm),
    ...source.matchAll(/^import\s*'([^']+)'/gm),
    ...source.matchAll(/\bimport\(\s*'([^']+)'/g),
    ...source.matchAll(/\bnew URL\('(\.[^']+)',\s*import\.meta\.url\)/g),
  ];
  return statements.map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)) : packageOf(name),
  );
}

function packageOf(name: string): string {
  if (name.startsWith('node:')) return name;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
