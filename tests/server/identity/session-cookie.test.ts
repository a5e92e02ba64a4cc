/** What counts as a session cookie of ours: signed with our secret, whole, under its name. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { SessionCookie } from '../../../server/identity/session-cookie.ts';

const secret = 'a secret for tests, long enough';
const name = 'duizhao.session_token';
const cookie = new SessionCookie(name, secret);

function signed(token: string, by = secret): string {
  return `${token}.${createHmac('sha256', by).update(token).digest('base64')}`;
}

const whole = signed('token.with.dots');
const written = encodeURIComponent(whole);

test('yields the token it was signed over, among other cookies, escaped or not', () => {
  expect(cookie.tokenIn(`${name}=${written}`)).toBe('token.with.dots');
  expect(cookie.tokenIn(`lang=zh;  ${name}=${whole} ;x=1`)).toBe('token.with.dots');
});

test.each([
  ['no cookie', ''],
  ['another name', `x${name}=${written}`],
  ['no signature', `${name}=token`],
  ['no token', `${name}=${signed('')}`],
  ['another token under the signature', `${name}=${written.replace('token', 'Token')}`],
  ['a signature by another secret', `${name}=${encodeURIComponent(signed('token', 'somebody elses secret'))}`],
  ['a shorter signature', `${name}=${whole.slice(0, -1)}`],
  ['a longer signature', `${name}=${whole}=`],
  ['half an escape', `${name}=%E0%A4%A${written}`],
  ['a good one behind a bad one of its name', `${name}=nonsense; ${name}=${written}`],
])('yields nothing for %s', (_what, header) => {
  expect(cookie.tokenIn(header)).toBeUndefined();
});

test('yields nothing for any single changed byte', () => {
  for (let at = 0; at < whole.length; at += 1) {
    const other = whole[at] === 'A' ? 'B' : 'A';
    expect(cookie.tokenIn(`${name}=${whole.slice(0, at)}${other}${whole.slice(at + 1)}`)).toBeUndefined();
  }
});
