/** Sends a decision to the server, also while the page goes away, and reads what became of it. */
import { z } from 'zod';
import { type DocumentView, documentAnswer } from '../../shared/api/documents.ts';
import type { UserId } from '../../shared/ids.ts';
import { ApiError, refused, request } from '../api/request.ts';
import type { Decision, Outcome } from './decision-book.ts';

/** Answers that say nothing about the decision: the same one may be taken another time. */
const passing: readonly string[] = [
  'signed_out',
  'storage_unavailable',
  'stopping',
  'too_many_requests',
  'internal',
  'password_change_required',
];

const staleDetails = z.object({ changes: z.int() });

export async function sendDecision(decision: Decision, userId: UserId): Promise<Outcome> {
  try {
    const response = await fetch(`/api/documents/${decision.documentId}/${decision.verdict.act}`, {
      method: 'POST',
      credentials: 'same-origin',
      keepalive: true,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(bodyOf(decision)),
    });
    if (response.ok) return { kind: 'done' };
    return await outcomeOf(await refused(response), decision, userId);
  } catch (error) {
    return error instanceof ApiError ? refusedWith(error) : { kind: 'lost' };
  }
}

export function bodyOf({ verdict, versionId }: Decision) {
  return verdict.act === 'approve' ? { versionId } : { versionId, reason: verdict.reason, words: verdict.words };
}

async function outcomeOf(error: ApiError, decision: Decision, userId: UserId): Promise<Outcome> {
  if (passing.includes(error.code)) return { kind: 'lost' };
  // Sent before without an answer: perhaps it arrived then, and this is what the second one hears.
  if (decision.tries > 0) {
    const document = await request('GET', `/api/documents/${decision.documentId}`, documentAnswer);
    if (tookEffect(document, decision, userId)) return { kind: 'done' };
  }
  return refusedWith(error);
}

/** Whether the document stands as this decision would have left it, by this person's hand. */
export function tookEffect(
  { lifecycle }: Pick<DocumentView, 'lifecycle'>,
  decision: Decision,
  userId: UserId,
): boolean {
  if (lifecycle.state === 'drafting' || lifecycle.versionId !== decision.versionId) return false;
  if (decision.verdict.act === 'return') return lifecycle.state === 'returned' && lifecycle.by === userId;
  return (lifecycle.state === 'approved' || lifecycle.state === 'filed') && lifecycle.approverId === userId;
}

function refusedWith({ code, details }: ApiError): Outcome {
  return { kind: 'refused', code, changes: staleDetails.safeParse(details).data?.changes ?? null };
}
