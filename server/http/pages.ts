/**
 * The built client. Files whose names carry a hash never change; every path without a file is a page of the application,
 * which begins with `index.html` and is asked for anew each time.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

const hashed = /^\/assets\//;
const year = 365 * 24 * 60 * 60;

export function pageRoutes(directory: string): Hono {
  const files = serveStatic({
    root: directory,
    onFound: (_path, c) => {
      c.header('Cache-Control', hashed.test(c.req.path) ? `public, max-age=${year}, immutable` : 'no-cache');
    },
  });
  return new Hono()
    .get('/assets/*', files, (c) => c.text('not found', 404))
    .get('*', async (c, next) => {
      if (c.req.path === '/' || c.req.path === '/index.html' || !c.req.path.includes('.')) return next();
      return files(c, next);
    })
    .get('*', async (c) => {
      if (c.req.path.includes('.') && c.req.path !== '/index.html') return c.text('not found', 404);
      c.header('Cache-Control', 'no-cache');
      return c.html(await readFile(join(directory, 'index.html'), 'utf8'));
    });
}
