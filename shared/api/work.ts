/** What waits for me, and the stream that says when to look again. */
import { z } from 'zod';
import { documentKinds } from '../access/can.ts';
import { states } from '../document/lifecycle.ts';
import { documentId, meetingId } from '../ids.ts';

export const workKinds = ['write', 'revise', 'review', 'waiting', 'file', 'done'] as const;
export const workItemSchema = z.object({
  documentId,
  meetingId,
  meetingTitle: z.string(),
  title: z.string(),
  ownerName: z.string(),
  documentKind: z.enum(documentKinds),
  /** write/revise: mine to write; review: mine to read; waiting: with somebody else; file: approved, to be filed. */
  kind: z.enum(workKinds),
  state: z.enum(states),
  round: z.int(),
  openRemarks: z.int(),
  /** Changes that were handed over and have no fate. */
  openChanges: z.int(),
  characters: z.int(),
  since: z.string(),
  submitBy: z.iso.date().nullable(),
  /** Words of the return, when it was returned. */
  words: z.string(),
});
export type WorkItem = z.infer<typeof workItemSchema>;
export const workAnswer = z.object({ items: z.array(workItemSchema) });

/** One line of `GET /api/events` (server-sent): refetch this resource. It never carries text. */
export const eventSchema = z.object({
  topic: z.enum(['document', 'remarks', 'versions', 'meeting', 'account', 'proposal']),
  id: z.string(),
});
export type ChangeEvent = z.infer<typeof eventSchema>;
