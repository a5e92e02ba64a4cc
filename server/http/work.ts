/** The route of what waits for me. */
import { Hono, type MiddlewareHandler } from 'hono';
import { workAnswer } from '../../shared/api/work.ts';
import { listWork } from '../documents/work.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env } from './respond.ts';

export function workRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  return new Hono<Env>().get('/work', signedIn, async (c) =>
    answer(c, workAnswer, { items: await listWork(tools, c.var.session.person) }),
  );
}
