/** Routes of likeness: what of a text resembles others, and the reference library it is compared with. */
import { Hono, type MiddlewareHandler } from 'hono';
import { likenessAnswer } from '../../shared/api/likeness.ts';
import {
  changeReferenceBody,
  createReferenceBody,
  referenceAnswer,
  referencesAnswer,
  removedAnswer,
} from '../../shared/api/references.ts';
import { documentId, meetingId, referenceId } from '../../shared/ids.ts';
import {
  addReference,
  changeReference,
  listReferences,
  readReference,
  removeReference,
} from '../likeness/references.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env, readBody, readId, refuse } from './respond.ts';

export function likenessRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  const { likeness } = tools;
  return new Hono<Env>()
    .get('/documents/:document/likeness', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const seen = await likeness.view(c.var.session.person, id.value);
      return seen.ok ? answer(c, likenessAnswer, seen.value) : refuse(c, seen.error);
    })
    .route('/', referenceRoutes(tools, signedIn));
}

function referenceRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  const { records } = tools.storage;
  return new Hono<Env>()
    .get('/meetings/:meeting/references', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const list = await listReferences(records, c.var.session.person, id.value);
      return list.ok ? answer(c, referencesAnswer, list.value) : refuse(c, list.error);
    })
    .post('/meetings/:meeting/references', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, createReferenceBody);
      if (!body.ok) return refuse(c, body.error);
      const added = await addReference(tools, c.var.session.person, id.value, body.value);
      return added.ok ? answer(c, referenceAnswer, { reference: added.value }, 201) : refuse(c, added.error);
    })
    .get('/meetings/:meeting/references/:reference', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const reference = readId(c, 'reference', referenceId);
      if (!reference.ok) return refuse(c, reference.error);
      const read = await readReference(records, c.var.session.person, id.value, reference.value);
      return read.ok ? answer(c, referenceAnswer, { reference: read.value }) : refuse(c, read.error);
    })
    .patch('/meetings/:meeting/references/:reference', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const reference = readId(c, 'reference', referenceId);
      if (!reference.ok) return refuse(c, reference.error);
      const body = await readBody(c, changeReferenceBody);
      if (!body.ok) return refuse(c, body.error);
      const changed = await changeReference(tools, c.var.session.person, id.value, reference.value, body.value);
      return changed.ok ? answer(c, referenceAnswer, { reference: changed.value }) : refuse(c, changed.error);
    })
    .delete('/meetings/:meeting/references/:reference', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const reference = readId(c, 'reference', referenceId);
      if (!reference.ok) return refuse(c, reference.error);
      const removed = await removeReference(tools, c.var.session.person, id.value, reference.value);
      return removed.ok ? answer(c, removedAnswer, { removed: removed.value }) : refuse(c, removed.error);
    });
}
