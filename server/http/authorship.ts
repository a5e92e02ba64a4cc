/** Routes of 亲笔: the report on a text and the writing of it again. */
import { Hono, type MiddlewareHandler } from 'hono';
import { authorshipAnswer, authorshipQuery, replayAnswer, replayQuery } from '../../shared/api/authorship.ts';
import { documentId } from '../../shared/ids.ts';
import { viewAuthorship, viewReplay } from '../hand/view-hand.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env, readId, readQuery, refuse } from './respond.ts';

export function authorshipRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  return new Hono<Env>()
    .get('/documents/:document/authorship', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const query = readQuery(c, authorshipQuery);
      if (!query.ok) return refuse(c, query.error);
      const found = await viewAuthorship(tools, c.var.session.person, id.value, query.value.version);
      return found.ok ? answer(c, authorshipAnswer, found.value) : refuse(c, found.error);
    })
    .get('/documents/:document/replay', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const query = readQuery(c, replayQuery);
      if (!query.ok) return refuse(c, query.error);
      const found = await viewReplay(tools, c.var.session.person, id.value, query.value);
      return found.ok ? answer(c, replayAnswer, found.value) : refuse(c, found.error);
    });
}
