/** Routes of documents: facts, text, versions and the way through review. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { submitBody } from '../../shared/api/checks.ts';
import {
  approveBody,
  compareAnswer,
  compareQuery,
  type DocumentView,
  documentAnswer,
  fileBody,
  readinessAnswer,
  readingBody,
  reopenBody,
  returnBody,
  textAnswer,
  textQuery,
  versionsAnswer,
} from '../../shared/api/documents.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import { documentId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { approve } from '../documents/approve.ts';
import { checkReadiness } from '../documents/check-readiness.ts';
import { file, recall } from '../documents/file.ts';
import { reopen } from '../documents/reopen.ts';
import { returnDocument } from '../documents/return.ts';
import { submit } from '../documents/submit.ts';
import { compareVersions, listVersions, markRead } from '../documents/versions.ts';
import { viewDocument } from '../documents/view-document.ts';
import { viewText } from '../documents/view-text.ts';
import { withdraw } from '../documents/withdraw.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env, readBody, readId, readOptionalBody, readQuery, refuse } from './respond.ts';

export function documentRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  return new Hono<Env>().route('/', readingRoutes(tools, signedIn)).route('/', stateRoutes(tools, signedIn));
}

function readingRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  const { records } = tools.storage;
  return new Hono<Env>()
    .get('/documents/:document', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      return id.ok
        ? answerDocument(c, await viewDocument(records, c.var.session.person, id.value))
        : refuse(c, id.error);
    })
    .get('/documents/:document/text', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const query = readQuery(c, textQuery);
      if (!query.ok) return refuse(c, query.error);
      const text = await viewText(tools, c.var.session.person, id.value, query.value.version);
      return text.ok ? answer(c, textAnswer, text.value) : refuse(c, text.error);
    })
    .get('/documents/:document/readiness', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const points = await checkReadiness(tools, c.var.session.person, id.value);
      return points.ok ? answer(c, readinessAnswer, points.value) : refuse(c, points.error);
    })
    .get('/documents/:document/versions', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const versions = await listVersions(records, c.var.session.person, id.value);
      return versions.ok ? answer(c, versionsAnswer, { versions: versions.value }) : refuse(c, versions.error);
    })
    .get('/documents/:document/compare', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const query = readQuery(c, compareQuery);
      if (!query.ok) return refuse(c, query.error);
      const changes = await compareVersions(records, c.var.session.person, id.value, query.value);
      return changes.ok ? answer(c, compareAnswer, changes.value) : refuse(c, changes.error);
    })
    .post('/documents/:document/reading', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, readingBody);
      if (!body.ok) return refuse(c, body.error);
      return answerDocument(c, await markRead(tools, c.var.session.person, id.value, body.value.versionId));
    });
}

function stateRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  return new Hono<Env>()
    .post('/documents/:document/submit', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readOptionalBody(c, submitBody);
      if (!body.ok) return refuse(c, body.error);
      return answerDocument(c, await submit(tools, c.var.session.person, id.value, body.value.confirmed));
    })
    .post('/documents/:document/withdraw', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      return id.ok ? answerDocument(c, await withdraw(tools, c.var.session.person, id.value)) : refuse(c, id.error);
    })
    .post('/documents/:document/return', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, returnBody);
      if (!body.ok) return refuse(c, body.error);
      return answerDocument(c, await returnDocument(tools, c.var.session.person, id.value, body.value));
    })
    .post('/documents/:document/approve', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, approveBody);
      if (!body.ok) return refuse(c, body.error);
      return answerDocument(c, await approve(tools, c.var.session.person, id.value, body.value.versionId));
    })
    .post('/documents/:document/reopen', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, reopenBody);
      if (!body.ok) return refuse(c, body.error);
      return answerDocument(c, await reopen(tools, c.var.session.person, id.value, body.value.reason));
    })
    .post('/documents/:document/file', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, fileBody);
      if (!body.ok) return refuse(c, body.error);
      return answerDocument(c, await file(tools, c.var.session.person, id.value, body.value));
    })
    .post('/documents/:document/recall', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      return id.ok ? answerDocument(c, await recall(tools, c.var.session.person, id.value)) : refuse(c, id.error);
    });
}

function answerDocument(c: Context<Env>, result: Result<DocumentView, Refusal>) {
  return result.ok ? answer(c, documentAnswer, result.value) : refuse(c, result.error);
}
