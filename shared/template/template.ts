/**
 * A template: versioned data that says which sections a kind of document has in a year, with the aspects (方面), the
 * expected lengths and the required sub-parts. A meeting copies the aspects and may change them until the first submission.
 */
import { z } from 'zod';
import { sectionKeyPattern } from '../document/schema.ts';

/** Facts that make a conditional section appear (审计、问责、函询…), switched on per member, or per meeting for the team. */
export const conditions = [
  'personal_matters', // 个人有关事项
  'audit', // 经济责任审计
  'accountability', // 问责、处分、提醒谈话
  'inquiry', // 约谈函询
  'inspection', // 巡视巡察反馈
  'complaints', // 群众反映
  'case_analysis', // 典型案例剖析
] as const;
export const conditionSchema = z.enum(conditions);
export type Condition = z.infer<typeof conditionSchema>;

export const meetingKinds = ['annual', 'topical', 'rectification', 'combined'] as const;
export const meetingKindSchema = z.enum(meetingKinds);
export type MeetingKind = z.infer<typeof meetingKindSchema>;

/** One aspect (方面): `title` is the heading's words, `long` the superior's wording, `tag` a table column's. */
export const aspectSchema = z.object({
  key: z.string().regex(/^a[0-9a-z]{1,16}$/),
  title: z.string().trim().min(1).max(60),
  long: z.string().trim().max(400),
  tag: z.string().trim().max(20),
});
export type Aspect = z.infer<typeof aspectSchema>;

/** How the nth `item` block of a section is numbered: 1. or （一）. */
export const itemNumberings = ['arabic', 'chinese'] as const;
export const itemNumberingSchema = z.enum(itemNumberings);
export type ItemNumbering = z.infer<typeof itemNumberingSchema>;

const lengthRange = z.tuple([z.int().min(0), z.int().min(1)]);

/** A sub-part a section must have; `when` makes it required only if that condition is on. */
const partSchema = z.object({ title: z.string().min(1), when: conditionSchema.optional() });

const sectionSchema = z.object({
  key: z.string().regex(sectionKeyPattern),
  /** Heading without its number; empty for the opening and the closing, which have none. */
  title: z.string(),
  /** `aspects`: a heading whose children are the aspects, each with a body; `body`: a body of its own. */
  holds: z.enum(['body', 'aspects']),
  itemNumbering: itemNumberingSchema,
  guidance: z.string(),
  /** Expected characters of the body; of each aspect when it holds aspects. */
  expected: lengthRange,
  parts: z.array(partSchema),
  /** The section appears only when one of these is on. */
  when: z.array(conditionSchema).min(1).optional(),
});
export type TemplateSection = z.infer<typeof sectionSchema>;

const documentTemplateSchema = z.object({
  name: z.string().min(1),
  quota: lengthRange,
  sections: z.array(sectionSchema).min(1),
});
export type DocumentTemplate = z.infer<typeof documentTemplateSchema>;

export const templateSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{3,40}$/),
  version: z.int().min(1),
  year: z.int().min(2013).max(2100),
  kind: meetingKindSchema,
  /** The meeting's official name, without unit and year. */
  name: z.string().min(1),
  theme: z.string(),
  aspects: z.array(aspectSchema).min(1),
  outline: documentTemplateSchema,
  team: documentTemplateSchema,
});
export type Template = z.infer<typeof templateSchema>;
