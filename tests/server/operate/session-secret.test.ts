/** The secret of the data directory signs the sessions, whatever the environment of the process says to the library. */
import { createHmac } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { adminPassword, PeopleWorld } from '../accounts/people-world.ts';

/** What `PeopleWorld` signs with. */
const secret = 'a secret for tests, long enough';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['BETTER_AUTH_SECRETS', '7:somebody elses secret, long enough too'],
  ['BETTER_AUTH_SECRET', 'somebody elses secret, long enough too'],
])('no variable of the library replaces it: %s', async (name, value) => {
  vi.stubEnv(name, value);
  const { world } = await PeopleWorld.open();
  const credentials = { username: 'admin', password: adminPassword };
  const reply = await world.browser().ask('POST', '/api/auth/sign-in/username', credentials);
  await world.close();
  const [cookie = ''] = reply.headers.getSetCookie();
  const signed = decodeURIComponent(/session_token=([^;]+)/.exec(cookie)?.[1] ?? '');
  const [token = '', signature] = signed.split(/\.(?=[^.]*$)/);
  expect(signature).toBe(createHmac('sha256', secret).update(token).digest('base64'));
});
