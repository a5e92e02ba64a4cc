import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { errorCodeOf, request } from '../../../client/api/request.ts';

/** What the server answers, by path. */
const answers: Readonly<Record<string, readonly [status: number, body: string]>> = {
  '/right': [200, '{"name":"李四"}'],
  '/other': [200, '{"title":"李四"}'],
  '/page': [200, '<html>a proxy speaks</html>'],
  '/refused': [409, '{"error":{"code":"wrong_state","message":"no"}}'],
  '/broken': [502, '<html>bad gateway</html>'],
};
const server = createServer((asked, answer) => {
  const [status, body] = answers[asked.url ?? ''] ?? [404, ''];
  answer.writeHead(status).end(body);
});
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});

afterAll(() => void server.close());

async function codeOf(path: string): Promise<string> {
  try {
    const { name } = await request('GET', path.startsWith('http') ? path : url + path, z.object({ name: z.string() }));
    return name;
  } catch (error) {
    return errorCodeOf(error);
  }
}

test.each([
  ['an answer by its contract is given', '/right', '李四'],
  ['an answer of another shape is a mismatch, not a lost line', '/other', 'mismatch'],
  ['an answer that is no JSON is a mismatch', '/page', 'mismatch'],
  ['a refusal keeps its code', '/refused', 'wrong_state'],
  ['a refusal without a code is an internal error', '/broken', 'internal'],
  ['nobody there is offline', 'http://127.0.0.1:1/', 'offline'],
])('%s', async (_name, path, code) => {
  expect(await codeOf(path)).toBe(code);
});
