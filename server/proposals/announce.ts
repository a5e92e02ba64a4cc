/** Tells everybody who has a document open that something was said about its proposals. */
import type { Document } from '../documents/document-facts.ts';
import type { UseCases } from '../use-cases.ts';

export function announceProposal({ changes, rooms }: Pick<UseCases, 'changes' | 'rooms'>, { row }: Document): void {
  changes.publish({ topic: 'proposal', id: row.id, meetingId: row.meetingId, documentId: row.id });
  rooms.announce(row.id, 'proposal', row.id);
}
