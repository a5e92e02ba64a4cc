/** The audit log as administrators read it: acts, names and states, never texts. */
import { z } from 'zod';

export const auditActs = [
  'setup',
  'sign_in',
  'sign_in_failed',
  'sign_out',
  'password_changed',
  'password_reset',
  'account_created',
  'account_changed',
  'account_disabled',
  'account_enabled',
  'unit_created',
  'unit_renamed',
  'meeting_created',
  'meeting_changed',
  'submit',
  'withdraw',
  'return',
  'approve',
  'reopen',
  'file',
  'recall',
  'remark',
  'reply',
  'fate',
  'export',
  'propose',
  'change_fate',
  'checks_changed',
  'check_dismissed',
  'check_resumed',
  'checks_confirmed',
  'reference_added',
  'reference_changed',
  'reference_removed',
  'fate_confirmed',
  'fate_reopened',
  'change_fate_confirmed',
  'change_fate_reopened',
] as const;
export type AuditAct = (typeof auditActs)[number];

export const auditEntrySchema = z.object({
  seq: z.int(),
  at: z.string(),
  act: z.enum(auditActs),
  /** Who, by name at that time; empty for a failed sign-in of an unknown account. */
  actor: z.string(),
  /** What it was done to, by name: a document's title, an account, a meeting. */
  subject: z.string(),
  /** Further facts: version number, reason code, format, address. Never words of a text or of a remark. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const auditAnswer = z.object({ entries: z.array(auditEntrySchema), intact: z.boolean() });
