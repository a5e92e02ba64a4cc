/**
 * Every code an answer can carry, with its HTTP status. The message in an answer is English for logs and operators; pages
 * show their own words for the code, in the user's language.
 */
import { z } from 'zod';

export const errorStatus = {
  invalid_request: 400, // details: zod issues
  invalid_json: 400,
  setup_code_wrong: 403,
  setup_done: 409,
  signed_out: 401,
  credentials_wrong: 401,
  account_locked: 429, // details: { retryAfterSeconds }
  account_disabled: 403,
  password_change_required: 403,
  password_weak: 422,
  password_wrong: 403,
  foreign_origin: 403,
  forbidden: 403,
  not_found: 404,
  not_acceptable: 406,
  too_large: 413,
  too_many_requests: 429,
  username_taken: 409,
  last_administrator: 409,
  administrator_takes_no_part: 409,
  leader_count: 422,
  participant_has_document: 409, // details: { documents: [title] }
  aspects_frozen: 409,
  aspect_has_text: 409, // details: { documents: [title] }
  condition_has_text: 409, // details: { documents: [title] }
  wrong_state: 409, // details: { state }
  stale_version: 409, // details: { current, changes }
  not_ready: 409, // details: readiness points that block
  confirmation_needed: 409, // details: { hits: the questions to confirm }
  passage_changed: 409,
  text_too_long: 422,
  words_missing: 422,
  anchor_not_found: 409,
  fate_needs_words: 422,
  decline_needs_words: 422,
  adoption_not_found: 409,
  remarks_open: 409, // details: { remarks: [{ id, quote, words }] }
  changes_open: 409, // details: { changes: [{ key, change }] }
  fate_missing: 409,
  fate_changed: 409,
  character_without_font: 422, // details: { characters: [string] }
  library_full: 409, // details: { most }
  storage_unavailable: 503,
  stopping: 503, // details: { retryAfterSeconds }
  internal: 500,
} as const;
export type ErrorCode = keyof typeof errorStatus;
export const errorCodes = Object.keys(errorStatus) as ErrorCode[];

export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.unknown().optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorSchema>;

/** An expected no on its way to the edge. */
export type Refusal = { readonly code: ErrorCode; readonly message: string; readonly details?: unknown };

export function refusal(code: ErrorCode, message: string, details?: unknown): Refusal {
  return details === undefined ? { code, message } : { code, message, details };
}
