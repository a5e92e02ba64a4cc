/** Routes of meetings, their board and the templates they are made from. */
import { Hono, type MiddlewareHandler } from 'hono';
import {
  boardAnswer,
  changeMeetingBody,
  createMeetingBody,
  meetingAnswer,
  meetingsAnswer,
  templatesAnswer,
} from '../../shared/api/meetings.ts';
import { meetingId } from '../../shared/ids.ts';
import { changeMeeting } from '../meetings/change-meeting.ts';
import { createMeeting } from '../meetings/create-meeting.ts';
import { listTemplates } from '../meetings/templates.ts';
import { listMeetings, viewBoard, viewMeeting, viewOwnChange } from '../meetings/view-meeting.ts';
import type { UseCases } from '../use-cases.ts';
import { answer, type Env, readBody, readId, refuse } from './respond.ts';

export function meetingRoutes(tools: UseCases, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  const { records } = tools.storage;
  return new Hono<Env>()
    .get('/templates', signedIn, async (c) => answer(c, templatesAnswer, { templates: await listTemplates(records) }))
    .get('/meetings', signedIn, async (c) =>
      answer(c, meetingsAnswer, { meetings: await listMeetings(records, c.var.session.person) }),
    )
    .post('/meetings', signedIn, async (c) => {
      const body = await readBody(c, createMeetingBody);
      if (!body.ok) return refuse(c, body.error);
      const { person } = c.var.session;
      const created = await createMeeting(tools, person, body.value);
      if (!created.ok) return refuse(c, created.error);
      return answer(c, meetingAnswer, { meeting: await viewOwnChange(records, person, created.value) }, 201);
    })
    .get('/meetings/:meeting', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const meeting = await viewMeeting(records, c.var.session.person, id.value);
      return meeting.ok ? answer(c, meetingAnswer, { meeting: meeting.value }) : refuse(c, meeting.error);
    })
    .patch('/meetings/:meeting', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, changeMeetingBody);
      if (!body.ok) return refuse(c, body.error);
      const { person } = c.var.session;
      const changed = await changeMeeting(tools, person, id.value, body.value);
      if (!changed.ok) return refuse(c, changed.error);
      return answer(c, meetingAnswer, { meeting: await viewOwnChange(records, person, id.value) });
    })
    .get('/meetings/:meeting/documents', signedIn, async (c) => {
      const id = readId(c, 'meeting', meetingId);
      if (!id.ok) return refuse(c, id.error);
      const documents = await viewBoard(tools, c.var.session.person, id.value);
      return documents.ok ? answer(c, boardAnswer, { documents: documents.value }) : refuse(c, documents.error);
    });
}
