/** Routes of what a reader keeps for himself: his stock phrases and where he stopped in each text. */
import { Hono, type MiddlewareHandler } from 'hono';
import { bookmarkAnswer, bookmarkBody } from '../../shared/api/bookmarks.ts';
import { phrasesAnswer, phrasesBody } from '../../shared/api/phrases.ts';
import { documentId } from '../../shared/ids.ts';
import { readBookmark, setBookmark } from '../documents/bookmark.ts';
import { listPhrases, replacePhrases } from '../documents/phrases.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env, readBody, readId, refuse } from './respond.ts';

export function deskRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  const { records } = tools.storage;
  return new Hono<Env>()
    .get('/me/phrases', signedIn, async (c) =>
      answer(c, phrasesAnswer, await listPhrases(records, c.var.session.person)),
    )
    .put('/me/phrases', signedIn, async (c) => {
      const body = await readBody(c, phrasesBody);
      if (!body.ok) return refuse(c, body.error);
      return answer(c, phrasesAnswer, await replacePhrases(tools, c.var.session.person, body.value.phrases));
    })
    .get('/documents/:document/bookmark', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const found = await readBookmark(records, c.var.session.person, id.value);
      return found.ok ? answer(c, bookmarkAnswer, found.value) : refuse(c, found.error);
    })
    .put('/documents/:document/bookmark', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, bookmarkBody);
      if (!body.ok) return refuse(c, body.error);
      const set = await setBookmark(tools, c.var.session.person, id.value, body.value);
      return set.ok ? answer(c, bookmarkAnswer, set.value) : refuse(c, set.error);
    });
}
