/** Routes of remarks: threads, replies, fates. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Refusal } from '../../shared/api/errors.ts';
import {
  createRemarkBody,
  explanationsBody,
  fateBody,
  type Remark,
  remarkAnswer,
  remarkConfirmationBody,
  remarksAnswer,
  replyBody,
} from '../../shared/api/remarks.ts';
import { documentId, remarkId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { confirmFate, explainRemarks, setFate } from '../documents/fates.ts';
import { createRemark, listRemarks, reply } from '../documents/remarks.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env, readBody, readId, refuse } from './respond.ts';

export function remarkRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  return new Hono<Env>()
    .get('/documents/:document/remarks', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const remarks = await listRemarks(tools, c.var.session.person, id.value);
      return remarks.ok ? answer(c, remarksAnswer, { remarks: remarks.value }) : refuse(c, remarks.error);
    })
    .post('/documents/:document/remarks', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, createRemarkBody);
      if (!body.ok) return refuse(c, body.error);
      return answerRemark(c, await createRemark(tools, c.var.session.person, id.value, body.value), 201);
    })
    .put('/documents/:document/remarks/explanations', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, explanationsBody);
      if (!body.ok) return refuse(c, body.error);
      const remarks = await explainRemarks(tools, c.var.session.person, id.value, body.value);
      return remarks.ok ? answer(c, remarksAnswer, { remarks: remarks.value }) : refuse(c, remarks.error);
    })
    .put('/remarks/:remark/confirmation', signedIn, async (c) => {
      const id = readId(c, 'remark', remarkId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, remarkConfirmationBody);
      if (!body.ok) return refuse(c, body.error);
      return answerRemark(c, await confirmFate(tools, c.var.session.person, id.value, body.value), 200);
    })
    .post('/remarks/:remark/replies', signedIn, async (c) => {
      const id = readId(c, 'remark', remarkId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, replyBody);
      if (!body.ok) return refuse(c, body.error);
      return answerRemark(c, await reply(tools, c.var.session.person, id.value, body.value.words), 201);
    })
    .put('/remarks/:remark/fate', signedIn, async (c) => {
      const id = readId(c, 'remark', remarkId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, fateBody);
      if (!body.ok) return refuse(c, body.error);
      const { fate, words } = body.value;
      return answerRemark(c, await setFate(tools, c.var.session.person, id.value, fate, words), 200);
    });
}

function answerRemark(c: Context<Env>, result: Result<Remark, Refusal>, status: ContentfulStatusCode) {
  return result.ok ? answer(c, remarkAnswer, { remark: result.value }, status) : refuse(c, result.error);
}
