/** Routes of the first run. */
import { Hono } from 'hono';
import { z } from 'zod';
import { setupBody, setupStateAnswer } from '../../shared/api/people.ts';
import { isSetupNeeded, setUp } from '../accounts/set-up.ts';
import type { AccountTools } from '../accounts/tools.ts';
import { createFirstMeeting } from '../meetings/create-meeting.ts';
import { answer, type Env, readBody, refuse } from './respond.ts';

export type SetupDeps = AccountTools & {
  /** The one-time code on the console; undefined when the product is set up. */
  readonly setupCode: string | undefined;
};

/** The rule for new passwords is the use case's to judge, with a code of its own. */
const body = setupBody.extend({
  administrator: setupBody.shape.administrator.extend({ password: z.string().max(1000) }),
});

export function setupRoutes(deps: SetupDeps): Hono<Env> {
  const { records } = deps.storage;
  return new Hono<Env>()
    .get('/setup', async (c) => answer(c, setupStateAnswer, { needed: await isSetupNeeded(records) }))
    .post('/setup', async (c) => {
      const wish = await readBody(c, body);
      if (!wish.ok) return refuse(c, wish.error);
      const done = await setUp(deps, deps.setupCode, wish.value, (administrator, meeting) =>
        createFirstMeeting(deps, administrator, meeting),
      );
      return done.ok ? answer(c, setupStateAnswer, { needed: false }, 201) : refuse(c, done.error);
    });
}
