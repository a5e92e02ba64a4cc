/**
 * The rows of every relational table, as zod schemas: what an adapter hands out has been parsed. Columns whose schema is
 * not a plain string, number, boolean or null are stored as JSON; adapters read `json` to know which.
 * The identity tables (user, session, …) belong to better-auth; `person` holds what we add to a user.
 */
import { z } from 'zod';
import { documentKinds, leaderReviews } from '../../shared/access/can.ts';
import { auditActs } from '../../shared/api/audit.ts';
import { versionCauses } from '../../shared/api/documents.ts';
import { changeFates, fateActs, fates } from '../../shared/api/fates.ts';
import { roleSchema } from '../../shared/api/people.ts';
import { insertedSchema, proposalStates } from '../../shared/api/proposals.ts';
import { referenceKinds } from '../../shared/api/references.ts';
import { remarkKinds } from '../../shared/api/remarks.ts';
import { checklistLines } from '../../shared/checks/checklist.ts';
import { ruleIds } from '../../shared/checks/rule-ids.ts';
import { checkSettingsSchema } from '../../shared/checks/settings.ts';
import { type FrozenText, frozenTextSchema } from '../../shared/document/frozen-text.ts';
import { lifecycleSchema } from '../../shared/document/lifecycle.ts';
import { handReportSchema } from '../../shared/hand/report.ts';
import {
  auditId,
  dismissalId,
  documentId,
  idSchema,
  meetingId,
  participantId,
  phraseId,
  proposalId,
  referenceId,
  remarkId,
  replyId,
  roundId,
  unitId,
  userId,
  versionId,
} from '../../shared/ids.ts';
import { aspectSchema, conditionSchema, meetingKindSchema, templateSchema } from '../../shared/template/template.ts';

const instant = z.iso.datetime();
const day = z.iso.date().nullable();

export const unitRow = z.object({ id: unitId, name: z.string(), parentId: unitId.nullable(), createdAt: instant });

/** What we know of a user beyond better-auth's tables; `id` is better-auth's user id. */
export const personRow = z.object({
  id: userId,
  username: z.string(),
  name: z.string(),
  duty: z.string(),
  unitId,
  position: roleSchema,
  administrator: z.boolean(),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: instant,
});

export const meetingRow = z.object({
  id: meetingId,
  unitId,
  kind: meetingKindSchema,
  title: z.string(),
  year: z.int(),
  theme: z.string(),
  date: day,
  place: z.string(),
  submitBy: day,
  templateId: z.string(),
  templateVersion: z.int(),
  aspects: z.array(aspectSchema),
  leaderReview: z.enum(leaderReviews),
  teamConditions: z.array(conditionSchema),
  createdBy: userId,
  createdAt: instant,
});

export const participantRow = z.object({
  id: participantId,
  meetingId,
  userId,
  role: roleSchema,
  conditions: z.array(conditionSchema),
  drafter: z.boolean(),
});

/** A template version as loaded; `id` is `<template>@<version>`. */
export const templateRow = z.object({ id: z.string(), template: templateSchema });

export const documentRow = z.object({
  id: documentId,
  meetingId,
  kind: z.enum(documentKinds),
  ownerId: userId.nullable(),
  lifecycle: lifecycleSchema,
  /** Grows with every lifecycle change; the epoch of `access` frames. */
  epoch: z.int(),
  /** Since when it stands in its state. */
  since: instant,
  createdAt: instant,
});

export { type FrozenText, frozenTextSchema };

export const versionRow = z.object({
  id: versionId,
  documentId,
  number: z.int(),
  cause: z.enum(versionCauses),
  round: z.int(),
  text: frozenTextSchema,
  sha256: z.string(),
  characters: z.int(),
  /** The journal position the text was read at. */
  journalSeq: z.int(),
  by: userId,
  at: instant,
});

export const roundRow = z.object({
  id: roundId,
  documentId,
  number: z.int(),
  versionId,
  submittedBy: userId,
  submittedAt: instant,
  outcome: z.enum(['open', 'withdrawn', 'returned', 'approved']),
  reason: z.string(),
  words: z.string(),
  decidedBy: userId.nullable(),
  decidedAt: instant.nullable(),
});

export const remarkRow = z.object({
  id: remarkId,
  documentId,
  round: z.int(),
  sectionKey: z.string(),
  blockId: z.string(),
  quote: z.string(),
  before: z.string(),
  after: z.string(),
  words: z.string(),
  by: userId,
  at: instant,
  fate: z.enum(fates),
  fateWords: z.string(),
  fateBy: userId.nullable(),
  fateAt: instant.nullable(),
  kind: z.enum(remarkKinds),
  /** The opinion or rule it rests on, in the reviewer's words: R06, 意见3. */
  basis: z.string(),
  /** The reviewer who agreed with the fate; null as long as nobody has. */
  confirmedBy: userId.nullable(),
  confirmedAt: instant.nullable(),
});

export const replyRow = z.object({ id: replyId, remarkId, words: z.string(), by: userId, at: instant });

/** Which version a reader read last; one row per reader and document. */
export const readingRow = z.object({
  id: idSchema('read'),
  documentId,
  userId,
  versionId,
  at: instant,
});

/** One link of the audit chain: `hash` covers the entry and `previousHash`; `seq` has no gaps. */
export const auditRow = z.object({
  id: auditId,
  seq: z.int(),
  at: instant,
  act: z.enum(auditActs),
  actorId: userId.nullable(),
  actor: z.string(),
  subject: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  previousHash: z.string(),
  hash: z.string(),
});

/** A reviewer's edited copy of a version; its text is a room of this id. One per reviewer and round. */
export const proposalRow = z.object({
  id: proposalId,
  documentId,
  round: z.int(),
  versionId,
  by: userId,
  state: z.enum(proposalStates),
  at: instant,
  closedAt: instant.nullable(),
  /** The proposal whose changes it began with. */
  carriedFrom: proposalId.nullable(),
  /** How many changes were handed over; null for those that were not, or before they were counted. */
  changes: z.int().nullable(),
});

/** What was said about one change of a proposal; `id` is `<proposal>.<change>`. */
export const changeFateRow = z.object({
  id: z.string(),
  proposalId,
  changeId: z.string(),
  reason: z.string(),
  fate: z.enum(changeFates),
  words: z.string(),
  by: userId.nullable(),
  at: instant.nullable(),
  /** The letters the server found to be proposed words in the author's text, in his own clocks. They only ever become more. */
  inserted: z.array(insertedSchema),
  /** The reviewer who agreed with the fate; null as long as nobody has. */
  confirmedBy: userId.nullable(),
  confirmedAt: instant.nullable(),
});

/** A text of the reference library; of one meeting, or of all meetings of the unit when `meetingId` is null. */
export const referenceRow = z.object({
  id: referenceId,
  unitId,
  meetingId: meetingId.nullable(),
  kind: z.enum(referenceKinds),
  title: z.string(),
  text: z.string(),
  characters: z.int(),
  addedBy: userId,
  at: instant,
});

/** What was done to a fate, in order: set, confirmed, opened again; of a remark, or of a change by the id of its row. */
export const fateEventRow = z.object({
  id: idSchema('fev'),
  subjectId: z.string(),
  round: z.int(),
  act: z.enum(fateActs),
  fate: z.enum(changeFates),
  words: z.string(),
  by: userId,
  at: instant,
});

/** Where a remark's words were last seen, refreshed with every submission; its id is the remark's. */
export const placeRow = z.object({
  id: remarkId,
  documentId,
  sectionKey: z.string(),
  blockId: z.string(),
  quote: z.string(),
  before: z.string(),
  after: z.string(),
  /** How the mark came there: it never left, the quote stood there again, or the likest words did. */
  found: z.enum(['mark', 'quote', 'likeness']),
  /** The journal position of the text in which the words were seen, or looked for in vain. */
  seq: z.int(),
  at: instant,
});

/** A reviewer's stock phrase (常用批语); `position` counts from 1, and up to 9 it is its key. */
export const phraseRow = z.object({
  id: phraseId,
  userId,
  position: z.int(),
  words: z.string(),
  kind: z.enum(remarkKinds),
  basis: z.string(),
});

/** Where a reader stopped in a document; one row per reader and document. */
export const bookmarkRow = z.object({
  id: idSchema('bmk'),
  documentId,
  userId,
  sectionKey: z.string(),
  blockId: z.string(),
  at: instant,
});

export const settingRow = z.object({ id: z.string(), value: z.string() });

/** What a meeting has set for its checks; `id` is the meeting's. */
export const checkSettingsRow = z.object({ id: meetingId, settings: checkSettingsSchema, by: userId, at: instant });

/** A question put aside, by its rule and the text it rests on; `blockId` is empty for one about a section or the whole. */
export const dismissalRow = z.object({
  id: dismissalId,
  documentId,
  rule: z.enum(ruleIds),
  blockId: z.string(),
  hash: z.string(),
  reason: z.string(),
  confirmed: z.boolean(),
  by: userId,
  at: instant,
});

/** The lines a reviewer has ticked on his checklist, for one version; his own. */
export const checklistRow = z.object({
  id: idSchema('chk'),
  documentId,
  versionId,
  userId,
  ticked: z.array(z.literal(checklistLines)),
  at: instant,
});

/** How the words of a version came in, sealed with it; `id` is the version's. */
export const handRow = z.object({ id: versionId, report: handReportSchema, sha256: z.string() });

/** Every table: its row, the columns stored as JSON, and what must be unique beside the id. */
export const tables = {
  unit: { row: unitRow, json: [], unique: [] },
  person: { row: personRow, json: [], unique: [['username']] },
  meeting: { row: meetingRow, json: ['aspects', 'teamConditions'], unique: [] },
  participant: { row: participantRow, json: ['conditions'], unique: [['meetingId', 'userId']] },
  template: { row: templateRow, json: ['template'], unique: [] },
  document: { row: documentRow, json: ['lifecycle'], unique: [] },
  version: { row: versionRow, json: ['text'], unique: [['documentId', 'number']] },
  round: { row: roundRow, json: [], unique: [['documentId', 'number']] },
  remark: { row: remarkRow, json: [], unique: [] },
  reply: { row: replyRow, json: [], unique: [] },
  reading: { row: readingRow, json: [], unique: [['documentId', 'userId']] },
  audit: { row: auditRow, json: ['facts'], unique: [['seq']] },
  proposal: { row: proposalRow, json: [], unique: [['documentId', 'round', 'by']] },
  changeFate: { row: changeFateRow, json: ['inserted'], unique: [] },
  setting: { row: settingRow, json: [], unique: [] },
  check_settings: { row: checkSettingsRow, json: ['settings'], unique: [] },
  dismissal: { row: dismissalRow, json: [], unique: [['documentId', 'rule', 'blockId', 'hash']] },
  checklist: { row: checklistRow, json: ['ticked'], unique: [['versionId', 'userId']] },
  hand: { row: handRow, json: ['report'], unique: [] },
  reference: { row: referenceRow, json: [], unique: [] },
  fateEvent: { row: fateEventRow, json: [], unique: [] },
  place: { row: placeRow, json: [], unique: [] },
  phrase: { row: phraseRow, json: [], unique: [['userId', 'position']] },
  bookmark: { row: bookmarkRow, json: [], unique: [['documentId', 'userId']] },
} as const;

export type Tables = typeof tables;
export type TableName = keyof Tables;
export const tableNames = Object.keys(tables) as TableName[];
export type Row<Name extends TableName> = z.infer<Tables[Name]['row']>;
