/** What happens while the server runs, for the log and for the numbers: both hear of the same things, as codes and ids. */

import type { RoomId, UserId } from '../../shared/ids.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import type { UpdateRefusal } from '../../shared/protocol/frames.ts';
import type { Tally } from '../rooms/tally.ts';
import type { Whereabouts } from '../sync/sync-route.ts';
import type { Log } from '../use-cases.ts';
import type { Metrics } from './metrics.ts';

export const slowCommitMs = 1_000;

/** Ends that somebody may have to look at: hostile or too much, by the caller; trouble here. */
const notable: readonly number[] = [
  closeCodes.malformed,
  closeCodes.tooLarge,
  closeCodes.tryAgain,
  closeCodes.internal,
  1009,
];

export class Notices implements Tally {
  readonly #log: Log;
  readonly #metrics: Metrics;

  constructor(log: Log, metrics: Metrics) {
    this.#log = log;
    this.#metrics = metrics;
  }

  refused(code: UpdateRefusal, documentId: RoomId, userId: UserId): void {
    this.#metrics.refused(code);
    this.#log.info({ code, documentId, userId }, 'update refused');
  }

  committed(ms: number, updates: number): void {
    this.#metrics.committed(ms, updates);
    if (ms >= slowCommitMs) this.#log.warn({ ms: Math.round(ms), updates }, 'slow commit');
  }

  readonly onClosed = (code: number, where: Whereabouts): void => {
    this.#metrics.closed(code);
    if (notable.includes(code)) this.#log.info({ code, ...where }, 'socket closed');
  };

  readonly onSignInRefused = (code: string, userId: UserId | undefined): void => {
    this.#metrics.signInRefused(code);
    this.#log.info({ code, userId }, 'sign-in refused');
  };

  /** `what` is a word of the program's. */
  readonly onTrouble = (what: string, error: unknown): void => {
    this.#metrics.failed(what);
    this.#log.error({ err: error }, `${what} failed`);
  };
}
