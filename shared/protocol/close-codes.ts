/**
 * Why a socket was closed. y-websocket stops for 4400–4499 and tries again for every other code.
 */
export const closeCodes = {
  malformed: 4400,
  signedOut: 4401,
  noAccess: 4403,
  noSuchRoom: 4404,
  tooLarge: 4413,
  pageTooOld: 4426,
  internal: 1011,
  restarting: 1012,
  tryAgain: 1013,
} as const;
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** Whether a client must stop and not reconnect by itself. */
export function isFinal(code: number): boolean {
  return code >= 4400 && code <= 4499;
}
