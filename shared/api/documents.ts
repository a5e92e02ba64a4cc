/** One document: its facts, its text, its versions, its way through review. */
import { z } from 'zod';
import { actions, documentKinds } from '../access/can.ts';
import { hitSchema } from '../checks/check.ts';
import { blockSchema } from '../document/content.ts';
import { lifecycleSchema, returnReasons } from '../document/lifecycle.ts';
import { documentId, meetingId, userId, versionId } from '../ids.ts';
import { sectionSchema } from '../template/sections.ts';

const named = z.object({ id: userId, name: z.string(), duty: z.string() });
export type Named = z.infer<typeof named>;

export const documentSchema = z.object({
  id: documentId,
  kind: z.enum(documentKinds),
  /** The title as printed, lines parted by \n. */
  title: z.string(),
  owner: named.nullable(),
  meetingId,
  meetingTitle: z.string(),
  submitBy: z.iso.date().nullable(),
  lifecycle: lifecycleSchema,
  /** Names for the user ids in `lifecycle` and elsewhere on the page. */
  people: z.array(named),
  access: z.enum(['none', 'read', 'write']),
  may: z.array(z.enum(actions)),
  sections: z.array(sectionSchema),
  quota: z.tuple([z.int(), z.int()]),
  round: z.int(),
  currentVersion: z.object({ id: versionId, number: z.int() }).nullable(),
  /** Who reviews: names; `selfReviewed` when the leader confirms his own outline. */
  reviewers: z.array(z.string()),
  selfReviewed: z.boolean(),
  /** The version this reader read last, for "what changed since". */
  lastRead: z.object({ versionId, number: z.int(), at: z.string() }).nullable(),
  schema: z.int(),
});
export type DocumentView = z.infer<typeof documentSchema>;
export const documentAnswer = documentSchema;

export const versionCauses = ['submit', 'approve', 'file'] as const;
export const versionSchema = z.object({
  id: versionId,
  number: z.int(),
  cause: z.enum(versionCauses),
  round: z.int(),
  sha256: z.string(),
  characters: z.int(),
  at: z.string(),
  by: named,
});
export type VersionView = z.infer<typeof versionSchema>;
export const versionsAnswer = z.object({ versions: z.array(versionSchema) });

/** `?version=N` asks for a frozen text by its number; without it the text as it stands in the room. */
export const textQuery = z.object({ version: z.coerce.number().int().min(1).optional() });
export const textAnswer = z.object({
  title: z.string(),
  byline: z.string(),
  dateLine: z.string(),
  sections: z.array(
    z.object({
      key: z.string(),
      heading: z.string(),
      level: z.int(),
      /** The body as plain text, numbers included, one block a line. */
      text: z.string(),
      characters: z.int(),
      blocks: z.array(blockSchema),
      itemNumbering: z.enum(['arabic', 'chinese']),
    }),
  ),
  characters: z.int(),
  sha256: z.string(),
  versionId: versionId.optional(),
});
export type TextAnswer = z.infer<typeof textAnswer>;

/** What submitting would freeze, seen before: `blocks` points stop a submission, the others only inform. */
export const readinessKinds = [
  'empty_document',
  'empty_section',
  'placeholder',
  'too_short',
  'too_long',
  'open_remark',
  'open_change',
  'check',
] as const;
export const readinessPointSchema = z.object({
  kind: z.enum(readinessKinds),
  blocks: z.boolean(),
  sectionKey: z.string().nullable(),
  heading: z.string(),
  /** The placeholder found, the characters counted against the range, or the number of the rule that stops. */
  detail: z.string(),
});
export type ReadinessPoint = z.infer<typeof readinessPointSchema>;
/** `unconfirmed`: questions of the checks that need the author's confirmation with the submission. */
export const readinessAnswer = z.object({
  points: z.array(readinessPointSchema),
  unconfirmed: z.array(hitSchema).default([]),
});
export type ReadinessAnswer = z.infer<typeof readinessAnswer>;

const words = z.string().trim().max(2000);

/** With `versionId` the return binds to the version that was read, as an approval does. */
export const returnBody = z.object({ reason: z.enum(returnReasons), words, versionId: versionId.optional() });
export const approveBody = z.object({ versionId });
export const reopenBody = z.object({ reason: words.min(1) });
export const fileBody = z.object({ number: z.string().trim().min(1).max(60), date: z.iso.date() });
export const readingBody = z.object({ versionId });

/** A segment of a block: kept, put in or taken out. */
export const segmentSchema = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
export type Segment = z.infer<typeof segmentSchema>;
export const blockChangeSchema = z.object({
  blockId: z.string(),
  kind: z.enum(['same', 'added', 'removed', 'edited', 'moved']),
  /** Whether it is a numbered item, in the later text or, when it was removed, in the earlier. */
  item: z.boolean().optional(),
  segments: z.array(segmentSchema),
});
export type BlockChange = z.infer<typeof blockChangeSchema>;
export const sectionChangeSchema = z.object({
  key: z.string(),
  heading: z.string(),
  blocks: z.array(blockChangeSchema),
});
export const compareQuery = z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) });
export const compareAnswer = z.object({
  from: z.int(),
  to: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  sections: z.array(sectionChangeSchema),
});
export type CompareAnswer = z.infer<typeof compareAnswer>;

export const exportForms = ['clean', 'draft'] as const;
export const exportFormats = ['docx', 'pdf', 'txt'] as const;
/** `clean` is 清稿, of an approved or filed version only; `draft` bears the mark 未审定. */
export const exportQuery = z.object({
  as: z.enum(exportForms).default('clean'),
  format: z.enum(exportFormats),
  version: z.coerce.number().int().min(1).optional(),
});
