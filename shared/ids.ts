/**
 * Branded identifiers. An id is a prefix, an underscore and a ULID; the prefix says what it names, so a version id can
 * never be passed where a document id belongs. Making ids needs a clock and chance and therefore lives in the server.
 */
import { z } from 'zod';

declare const brand: unique symbol;
export type Id<Prefix extends string> = string & { readonly [brand]: Prefix };

export type UnitId = Id<'unit'>;
export type UserId = Id<'user'>;
export type MeetingId = Id<'meet'>;
export type ParticipantId = Id<'part'>;
export type DocumentId = Id<'doc'>;
export type VersionId = Id<'ver'>;
export type RoundId = Id<'rnd'>;
export type RemarkId = Id<'rmk'>;
export type ReplyId = Id<'rpl'>;
export type AuditId = Id<'aud'>;
export type ProposalId = Id<'prop'>;
/** What can be live on the server: a document, or a reviewer's proposal for one. */
export type RoomId = DocumentId | ProposalId;
export type DismissalId = Id<'dis'>;
export type ReferenceId = Id<'ref'>;
export type PhraseId = Id<'phr'>;

export const idPrefixes = [
  'unit',
  'user',
  'meet',
  'part',
  'doc',
  'ver',
  'rnd',
  'rmk',
  'rpl',
  'aud',
  'read',
  'prop',
  'dis',
  'ref',
  'phr',
  'fev',
  'bmk',
  'chk',
] as const;
export type IdPrefix = (typeof idPrefixes)[number];

const ulid = '[0-9A-HJKMNP-TV-Z]{26}';

/** Whether `text` is a well-formed id of this prefix. */
export function isId<P extends IdPrefix>(prefix: P, text: string): text is Id<P> {
  return new RegExp(`^${prefix}_${ulid}$`).test(text);
}

/** A zod schema for ids of one prefix. */
export function idSchema<P extends IdPrefix>(prefix: P) {
  return z.custom<Id<P>>((value) => typeof value === 'string' && isId(prefix, value), {
    message: `expected an id like ${prefix}_…`,
  });
}

export const unitId = idSchema('unit');
export const userId = idSchema('user');
export const meetingId = idSchema('meet');
export const participantId = idSchema('part');
export const documentId = idSchema('doc');
export const versionId = idSchema('ver');
export const roundId = idSchema('rnd');
export const remarkId = idSchema('rmk');
export const replyId = idSchema('rpl');
export const auditId = idSchema('aud');
export const proposalId = idSchema('prop');
export const roomId = z.union([documentId, proposalId]);
export const dismissalId = idSchema('dis');
export const referenceId = idSchema('ref');
export const phraseId = idSchema('phr');
