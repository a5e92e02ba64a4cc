/** Meetings, their participants and their board. */
import { z } from 'zod';
import { documentKinds, leaderReviews } from '../access/can.ts';
import { states } from '../document/lifecycle.ts';
import { documentId, meetingId, participantId, unitId, userId } from '../ids.ts';
import { aspectSchema, conditionSchema, meetingKindSchema, templateSchema } from '../template/template.ts';
import { roleSchema } from './people.ts';

const title = z.string().trim().min(1).max(120);
const theme = z.string().trim().max(400);
const place = z.string().trim().max(80);
/** A calendar day, or null for 待定. */
const day = z.iso.date().nullable();

export const participantSchema = z.object({
  id: participantId,
  userId,
  name: z.string(),
  duty: z.string(),
  role: roleSchema,
  /** Which conditional sections this person's outline has. */
  conditions: z.array(conditionSchema),
  /** Whether the person is an appointed drafter of the team material. */
  drafter: z.boolean(),
});
export type Participant = z.infer<typeof participantSchema>;

export const participantBody = z.object({
  userId,
  role: roleSchema,
  conditions: z.array(conditionSchema).default([]),
  drafter: z.boolean().default(false),
});
export type ParticipantBody = z.input<typeof participantBody>;

export const meetingSchema = z.object({
  id: meetingId,
  unitId,
  unitName: z.string(),
  kind: meetingKindSchema,
  title: z.string(),
  year: z.int(),
  theme: z.string(),
  date: day,
  place: z.string(),
  /** When texts are due for review. */
  submitBy: day,
  templateId: z.string(),
  templateVersion: z.int(),
  aspects: z.array(aspectSchema),
  /** True from the first submission on: aspects can no longer change. */
  aspectsFrozen: z.boolean(),
  leaderReview: z.enum(leaderReviews),
  teamConditions: z.array(conditionSchema),
  participants: z.array(participantSchema),
  /** My role, null when I do not take part. */
  myRole: roleSchema.nullable(),
  /** Whether I may change the settings. */
  mayManage: z.boolean(),
});
export type Meeting = z.infer<typeof meetingSchema>;
export const meetingAnswer = z.object({ meeting: meetingSchema });

export const meetingSummarySchema = meetingSchema.pick({
  id: true,
  unitName: true,
  kind: true,
  title: true,
  year: true,
  date: true,
  place: true,
  submitBy: true,
  myRole: true,
});
export type MeetingSummary = z.infer<typeof meetingSummarySchema>;
export const meetingsAnswer = z.object({ meetings: z.array(meetingSummarySchema) });

export const createMeetingBody = z.object({
  templateId: z.string(),
  kind: meetingKindSchema,
  title,
  year: z.int().min(2013).max(2100),
  theme,
  date: day.default(null),
  place: place.default(''),
  submitBy: day.default(null),
  leaderReview: z.enum(leaderReviews).default('supervisor'),
  teamConditions: z.array(conditionSchema).default([]),
  participants: z.array(participantBody).min(1).max(60),
});
export type CreateMeetingBody = z.input<typeof createMeetingBody>;

/** Any part of the settings; participants and aspects are given whole. */
export const changeMeetingBody = z
  .object({
    kind: meetingKindSchema,
    title,
    year: z.int().min(2013).max(2100),
    theme,
    date: day,
    place,
    submitBy: day,
    leaderReview: z.enum(leaderReviews),
    teamConditions: z.array(conditionSchema),
    participants: z.array(participantBody).min(1).max(60),
    aspects: z.array(aspectSchema).min(1).max(12),
  })
  .partial();
export type ChangeMeetingBody = z.input<typeof changeMeetingBody>;

export const templatesAnswer = z.object({ templates: z.array(templateSchema) });

/** Whom a document waits for. */
export const holders = ['author', 'reviewer', 'office', 'nobody'] as const;

/** One row of the board: who, what, where it stands. No text. */
export const boardRowSchema = z.object({
  id: documentId,
  kind: z.enum(documentKinds),
  title: z.string(),
  owner: z.object({ id: userId, name: z.string(), duty: z.string() }).nullable(),
  state: z.enum(states),
  round: z.int(),
  /** Since when it stands in this state, UTC ISO. */
  since: z.string(),
  /** Who holds it up now, with names. */
  waitsFor: z.object({ holder: z.enum(holders), names: z.array(z.string()) }),
  openRemarks: z.int(),
  openChanges: z.int(),
  mayOpen: z.boolean(),
  /** Whether there is something left for him to do with the final text: export it, file it, take the filing back. */
  mayFinish: z.boolean(),
  selfReviewed: z.boolean(),
});
export type BoardRow = z.infer<typeof boardRowSchema>;
export const boardAnswer = z.object({ documents: z.array(boardRowSchema) });
