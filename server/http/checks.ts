/** Routes of the checks: what a text is asked, what its author puts aside, what a meeting sets. */
import { Hono, type MiddlewareHandler } from 'hono';
import {
  checkSettingsAnswer,
  checkSettingsBody,
  checksAnswer,
  dismissalBody,
  dismissalsAnswer,
  tickBody,
  ticksAnswer,
} from '../../shared/api/checks.ts';
import { documentId, meetingId } from '../../shared/ids.ts';
import { tick } from '../checks/checklist.ts';
import { dismiss } from '../checks/dismissals.ts';
import { changeSettings, viewSettings } from '../checks/settings.ts';
import { viewChecks } from '../checks/view-checks.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env, readBody, readId, refuse } from './respond.ts';

export function checkRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  return new Hono<Env>()
    .get('/documents/:document/checks', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const checks = await viewChecks(tools, c.var.session.person, id.value);
      return checks.ok ? answer(c, checksAnswer, checks.value) : refuse(c, checks.error);
    })
    .put('/documents/:document/checks/dismissals', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, dismissalBody);
      if (!body.ok) return refuse(c, body.error);
      const { reason, ...name } = body.value;
      const dismissals = await dismiss(tools, c.var.session.person, id.value, name, reason);
      return dismissals.ok
        ? answer(c, dismissalsAnswer, { dismissals: dismissals.value })
        : refuse(c, dismissals.error);
    })
    .put('/documents/:document/checks/ticks', signedIn, async (c) => {
      const id = readId(c, 'document', documentId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, tickBody);
      if (!body.ok) return refuse(c, body.error);
      const ticked = await tick(tools, c.var.session.person, id.value, body.value);
      return ticked.ok ? answer(c, ticksAnswer, { ticked: [...ticked.value] }) : refuse(c, ticked.error);
    })
    .get('/meetings/:meeting/checks', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const settings = await viewSettings(tools.storage.records, c.var.session.person, id.value);
      return settings.ok ? answer(c, checkSettingsAnswer, settings.value) : refuse(c, settings.error);
    })
    .put('/meetings/:meeting/checks', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, checkSettingsBody);
      if (!body.ok) return refuse(c, body.error);
      const settings = await changeSettings(tools, c.var.session.person, id.value, body.value);
      return settings.ok ? answer(c, checkSettingsAnswer, settings.value) : refuse(c, settings.error);
    });
}
