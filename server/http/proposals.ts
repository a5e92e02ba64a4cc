/** Routes of proposals: opened or resumed, their changes with reasons, fates and confirmations. */
import { Hono, type MiddlewareHandler } from 'hono';
import { confirmationBody } from '../../shared/api/fates.ts';
import {
  changeExplanationsAnswer,
  changeExplanationsBody,
  changeFateBody,
  changeNoteAnswer,
  changesAnswer,
  proposalAnswer,
  proposalsAnswer,
  proposeBody,
  reasonBody,
} from '../../shared/api/proposals.ts';
import { documentId, proposalId } from '../../shared/ids.ts';
import { listProposals, setChangeFate, setReason, viewChanges } from '../proposals/changes.ts';
import { confirmChangeFate } from '../proposals/confirm-change.ts';
import { openProposal } from '../proposals/open.ts';
import { explainChanges } from '../proposals/open-changes.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env, readBody, readId, refuse } from './respond.ts';

export function proposalRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  return new Hono<Env>()
    .post('/documents/:document/proposals', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, proposeBody);
      if (!body.ok) return refuse(c, body.error);
      const proposal = await openProposal(tools, c.var.session.person, id.value, body.value.carry);
      return proposal.ok ? answer(c, proposalAnswer, { proposal: proposal.value }) : refuse(c, proposal.error);
    })
    .get('/documents/:document/proposals', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const list = await listProposals(tools, c.var.session.person, id.value);
      return list.ok ? answer(c, proposalsAnswer, list.value) : refuse(c, list.error);
    })
    .put('/documents/:document/changes/explanations', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, changeExplanationsBody);
      if (!body.ok) return refuse(c, body.error);
      const explained = await explainChanges(tools, c.var.session.person, id.value, body.value);
      return explained.ok
        ? answer(c, changeExplanationsAnswer, { explained: explained.value })
        : refuse(c, explained.error);
    })
    .get('/proposals/:proposal/changes', signedIn, async (c) => {
      const id = readId(c, 'proposal', proposalId);
      if (!id.ok) return refuse(c, id.error);
      const changes = await viewChanges(tools, c.var.session.person, id.value);
      return changes.ok ? answer(c, changesAnswer, changes.value) : refuse(c, changes.error);
    })
    .put('/changes/:change/reason', signedIn, async (c) => {
      const body = await readBody(c, reasonBody);
      if (!body.ok) return refuse(c, body.error);
      const note = await setReason(tools, c.var.session.person, c.req.param('change'), body.value.reason);
      return note.ok ? answer(c, changeNoteAnswer, { note: note.value }) : refuse(c, note.error);
    })
    .put('/changes/:change/fate', signedIn, async (c) => {
      const body = await readBody(c, changeFateBody);
      if (!body.ok) return refuse(c, body.error);
      const note = await setChangeFate(tools, c.var.session.person, c.req.param('change'), body.value);
      return note.ok ? answer(c, changeNoteAnswer, { note: note.value }) : refuse(c, note.error);
    })
    .put('/changes/:change/confirmation', signedIn, async (c) => {
      const body = await readBody(c, confirmationBody);
      if (!body.ok) return refuse(c, body.error);
      const note = await confirmChangeFate(tools, c.var.session.person, c.req.param('change'), body.value);
      return note.ok ? answer(c, changeNoteAnswer, { note: note.value }) : refuse(c, note.error);
    });
}
