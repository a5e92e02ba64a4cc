/** Whether an update that has arrived is taken in: what it says (`admit`), what it costs, and whether the document has room. */
import type { UserId } from '../../shared/ids.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { type Admission, admit, type Denial, type Ground } from './admit.ts';
import { Allowance } from './allowance.ts';
import type { Incoming } from './inbox.ts';

/** The whole shared text of one document, deletions included (RM14). */
const maxDocumentBytes = 32 * 1024 * 1024;
/** What one person's updates may cost, in the steps that `admit` counts: about a tenth of a second, then half of the time. */
const effortOfOne = { most: 1_000_000, perSecond: 500_000 };
/** A client id is kept for ever and told to everybody who comes. */
const stepsPerClaim = 10_000;

/** Each person's in one room, for as long as it lives: to come in again, or twice, brings nobody more. */
export class Efforts {
  readonly #clock: Clock;
  readonly #byPerson = new Map<UserId, Allowance>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(userId: UserId): Allowance {
    const known = this.#byPerson.get(userId);
    if (known !== undefined) return known;
    const fresh = new Allowance(this.#clock, effortOfOne);
    this.#byPerson.set(userId, fresh);
    return fresh;
  }
}

export type Scales = {
  readonly efforts: Efforts;
  readonly ground: Ground;
  readonly mayWrite: boolean;
  /** What the document's updates have taken so far. */
  readonly documentBytes: number;
};

export function weigh({ from, update }: Incoming, scales: Scales): Result<Admission, Denial> {
  const { efforts, ground, mayWrite, documentBytes } = scales;
  const admitted = admit(ground, update, from.visitor.userId, mayWrite);
  if (!admitted.ok) return admitted;
  const { novel, claims, steps } = admitted.value;
  if (!efforts.of(from.visitor.userId).take(steps + claims.length * stepsPerClaim)) {
    return err({ code: 'too_fast', detail: 'too much work' });
  }
  if (novel && documentBytes + update.length > maxDocumentBytes) {
    return err({ code: 'too_large', detail: 'the document is full' });
  }
  return admitted;
}
