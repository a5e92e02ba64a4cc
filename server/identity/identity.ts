/** Who is asking. The port that routes and sockets see; `better-auth.ts` implements it. */
import type { Row } from '../storage/tables.ts';

export type Session = { readonly sessionId: string; readonly person: Row<'person'> };

export interface Identity {
  /** The signed-in person of a request's cookie; undefined when signed out, expired or disabled. */
  who(headers: Headers): Promise<Session | undefined>;
}
