/**
 * The built client. Files whose names carry a hash never change; every path without a file is a page of the application,
 * which begins with `index.html` and is asked for anew each time.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';

const forGood = `public, max-age=${365 * 24 * 60 * 60}, immutable`;
const askAgain = 'no-cache';

export function pageRoutes(directory: string): Hono {
  const named = files(directory, askAgain);
  return new Hono()
    .get('/assets/*', files(directory, forGood), (c) => c.text('not found', 404))
    .get('*', (c, next) => (isPage(c.req.path) ? next() : named(c, next)))
    .get('*', async (c) => {
      if (!isPage(c.req.path)) return c.text('not found', 404);
      c.header('Cache-Control', askAgain);
      return c.html(await readFile(join(directory, 'index.html'), 'utf8'));
    });
}

/** Paths of pages have no file ending. */
function isPage(path: string): boolean {
  return path === '/index.html' || !/\.[a-z0-9]+$/i.test(path);
}

function files(directory: string, cacheControl: string): MiddlewareHandler {
  const found = serveStatic({ root: directory });
  return async (c, next) => {
    const response = await found(c, next);
    if (response instanceof Response) response.headers.set('Cache-Control', cacheControl);
    return response;
  };
}
