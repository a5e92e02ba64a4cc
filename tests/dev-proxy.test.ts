/** The page server of `npm run dev` passes on what is the server's, and keeps the client's own modules. */
import { expect, test } from 'vitest';
import config from '../vite.config.ts';
import { filesBelow } from './support/sources.ts';

/** Vite's rule: a context that begins with ^ is a pattern, any other a beginning. */
function isPassedOn(url: string): boolean {
  return Object.keys(config.server?.proxy ?? {}).some((context) =>
    context.startsWith('^') ? new RegExp(context).test(url) : url.startsWith(context),
  );
}

test.each(['/api/me', '/api/openapi.json', '/api/documents/doc_1/export?as=clean&format=txt', '/sync/doc_1?schema=1'])(
  '%s goes to the server',
  (url) => expect(isPassedOn(url)).toBe(true),
);

test('no module of the client does, also not with the query of a reload', () => {
  const modules = [...filesBelow('client', '.ts'), ...filesBelow('client', '.tsx')].map((file) =>
    file.replace(/^client/, ''),
  );
  expect(modules).toContain('/api/request.ts');
  expect(modules.flatMap((url) => [url, `${url}?t=1700000000000`]).filter(isPassedOn)).toEqual([]);
});
