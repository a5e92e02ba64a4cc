/** Looks at a session again on behalf of all sockets that rest on it: one question per session and round. */
import type { Clock } from '../clock.ts';
import type { Identity } from '../identity/identity.ts';

const roundMs = 20_000;

export class SessionCheck {
  readonly #identity: Identity;
  readonly #clock: Clock;
  #round = new Map<string, Promise<boolean>>();
  #roundStarted = Number.NEGATIVE_INFINITY;

  constructor(identity: Identity, clock: Clock) {
    this.#identity = identity;
    this.#clock = clock;
  }

  /** Whether the session still holds, as found at most twenty seconds ago. Rejects when nobody can tell. */
  holds(sessionId: string, cookie: string): Promise<boolean> {
    const now = this.#clock.now();
    if (Math.abs(now - this.#roundStarted) >= roundMs) {
      this.#round = new Map();
      this.#roundStarted = now;
    }
    const known = this.#round.get(sessionId);
    if (known !== undefined) return known;
    const asked = this.#identity.who(new Headers({ cookie })).then((session) => session !== undefined);
    this.#round.set(sessionId, asked);
    return asked;
  }
}
