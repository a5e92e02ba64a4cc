/** Whether an update that has arrived is taken in: what it says (`admit`), what it costs, and whether the document has room. */
import { err, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { type Admission, admit, type Denial, type Ground } from './admit.ts';
import { Allowance } from './allowance.ts';
import type { Incoming } from './inbox.ts';

/** The whole shared text of one document, deletions included (RM14). */
const maxDocumentBytes = 32 * 1024 * 1024;
/** What one connection's updates may cost, in the steps that `admit` counts: about a tenth of a second, then half of the time. */
const effortOfOne = { most: 1_000_000, perSecond: 500_000 };
/** A client id is kept for ever and told to everybody who comes. */
const stepsPerClaim = 10_000;

export type Scales = {
  readonly clock: Clock;
  readonly ground: Ground;
  readonly mayWrite: boolean;
  /** What the document's updates have taken so far. */
  readonly documentBytes: number;
};

export function weigh({ from, update }: Incoming, scales: Scales): Result<Admission, Denial> {
  const { clock, ground, mayWrite, documentBytes } = scales;
  const admitted = admit(ground, update, from.visitor.userId, mayWrite);
  if (!admitted.ok) return admitted;
  const { novel, claims, steps } = admitted.value;
  from.effort ??= new Allowance(clock, effortOfOne);
  if (!from.effort.take(steps + claims.length * stepsPerClaim)) {
    return err({ code: 'too_fast', detail: 'too much work' });
  }
  if (novel && documentBytes + update.length > maxDocumentBytes) {
    return err({ code: 'too_large', detail: 'the document is full' });
  }
  return admitted;
}
