/**
 * Who may do what with a document: one table of sentences (design 7), asked by REST, rooms and screens alike.
 * The server's answer wins. Pure: it sees facts, never a request.
 */
import { hasArrow, type Lifecycle } from '../document/lifecycle.ts';
import type { UserId } from '../ids.ts';

export const documentKinds = ['outline', 'team'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const roles = ['leader', 'member', 'office', 'supervisor'] as const;
export type Role = (typeof roles)[number];

/** Who reviews the leader's own outline. */
export const leaderReviews = ['supervisor', 'self'] as const;
export type LeaderReview = (typeof leaderReviews)[number];

/** Who asks: a user, seen from the document's meeting. */
export type Actor = {
  readonly userId: UserId;
  /** The role in the meeting; undefined for somebody who does not take part. */
  readonly role: Role | undefined;
  readonly administrator: boolean;
};

/** What the table must know of a document. */
export type DocumentFacts = {
  readonly kind: DocumentKind;
  /** The one author of an outline. */
  readonly ownerId: UserId | undefined;
  /** Whether the owner of this outline is the meeting's leader. */
  readonly leadersOwn: boolean;
  readonly leaderReview: LeaderReview;
  /** The appointed drafters of the team material. */
  readonly drafterIds: readonly UserId[];
  readonly lifecycle: Lifecycle;
};

export const actions = [
  'read',
  'write',
  'remark',
  'reply',
  'set_fate',
  'submit',
  'withdraw',
  'return',
  'approve',
  'reopen',
  'export_clean',
  'export_draft',
  'file',
  'recall',
  'propose',
  'adopt',
  'authorship',
  'confirm_fate',
] as const;
export type Action = (typeof actions)[number];

/** What somebody is to a document; one person can be several things (a leader who reviews himself). */
export const standings = [
  'author',
  'reviewer',
  'team_leader',
  'drafter',
  'office',
  'supervisor',
  'other_member',
] as const;
export type Standing = (typeof standings)[number];

/** What `actor` is to this document. Administrators and strangers are nothing to it. */
export function standingsOf(actor: Actor, document: DocumentFacts): Standing[] {
  if (actor.role === undefined || actor.administrator) return [];
  const found = document.kind === 'outline' ? outlineStandings(actor, document) : teamStandings(actor, document);
  if (actor.role === 'office') found.push('office');
  if (actor.role === 'supervisor') found.push('supervisor');
  if (found.length === 0) found.push('other_member');
  return found;
}

function outlineStandings(actor: Actor, document: DocumentFacts): Standing[] {
  const found: Standing[] = [];
  const author = actor.userId === document.ownerId;
  if (author) found.push('author');
  if (!document.leadersOwn && actor.role === 'leader') found.push('reviewer');
  if (document.leadersOwn && document.leaderReview === 'self' && author) found.push('reviewer');
  if (document.leadersOwn && document.leaderReview === 'supervisor' && actor.role === 'supervisor')
    found.push('reviewer');
  return found;
}

function teamStandings(actor: Actor, document: DocumentFacts): Standing[] {
  if (actor.role === 'leader') return ['team_leader'];
  return document.drafterIds.includes(actor.userId) ? ['drafter'] : [];
}

type Sentence = (document: DocumentFacts, actor: Actor) => boolean;

const always: Sentence = () => true;
const submittedOnce: Sentence = ({ lifecycle }) => lifecycle.round > 0;
const writable: Sentence = ({ lifecycle }) => lifecycle.state === 'drafting' || lifecycle.state === 'returned';
const decided: Sentence = ({ lifecycle }) => lifecycle.state === 'approved' || lifecycle.state === 'filed';
const notFiled: Sentence = ({ lifecycle }) => lifecycle.round > 0 && lifecycle.state !== 'filed';
const open: Sentence = ({ lifecycle }) => lifecycle.state !== 'filed';
const whenApproved: Sentence = ({ lifecycle }) => lifecycle.state === 'approved';
const bySubmitter: Sentence = ({ lifecycle }, actor) =>
  lifecycle.state === 'in_review' && lifecycle.submitterId === actor.userId;
const arrow =
  (command: 'submit' | 'return' | 'approve' | 'reopen' | 'file' | 'recall'): Sentence =>
  ({ lifecycle }) =>
    hasArrow(lifecycle.state, command);
/** Whoever confirms his own text has nobody to propose to: he takes it back and writes. */
const besidesHimself: Sentence = ({ kind, leadersOwn, leaderReview, lifecycle }) =>
  lifecycle.state === 'in_review' && !(kind === 'outline' && leadersOwn && leaderReview === 'self');
const teamSubmitted: Sentence = ({ kind, lifecycle }) => kind === 'team' && lifecycle.round > 0;

/**
 * The table. A missing entry is a no. "Export, file: own" of the author's column is read as: his own approved outline.
 * Withdrawing belongs to the person who submitted, and only until the reviewer has decided (the arrow ends there).
 */
const table: Readonly<Record<Standing, Readonly<Partial<Record<Action, Sentence>>>>> = {
  author: {
    read: always,
    write: writable,
    reply: open,
    set_fate: open,
    submit: arrow('submit'),
    withdraw: bySubmitter,
    export_clean: decided,
    export_draft: always,
    file: arrow('file'),
    recall: arrow('recall'),
    adopt: writable,
    authorship: always,
  },
  reviewer: {
    read: submittedOnce,
    remark: notFiled,
    reply: notFiled,
    confirm_fate: notFiled,
    return: arrow('return'),
    approve: arrow('approve'),
    reopen: arrow('reopen'),
    export_clean: decided,
    export_draft: submittedOnce,
    file: arrow('file'),
    recall: arrow('recall'),
    propose: besidesHimself,
    authorship: submittedOnce,
  },
  team_leader: {
    read: always,
    write: writable,
    remark: open,
    reply: open,
    set_fate: open,
    confirm_fate: open,
    submit: arrow('submit'),
    withdraw: bySubmitter,
    return: arrow('return'),
    approve: arrow('approve'),
    reopen: arrow('reopen'),
    export_clean: decided,
    export_draft: always,
    file: arrow('file'),
    recall: arrow('recall'),
    propose: besidesHimself,
    adopt: writable,
    authorship: always,
  },
  drafter: {
    read: always,
    write: writable,
    remark: open,
    reply: open,
    // They answer for the text as an author does: without it they could not submit again (RV4).
    set_fate: open,
    submit: arrow('submit'),
    withdraw: bySubmitter,
    export_draft: always,
    adopt: writable,
    authorship: always,
  },
  office: { read: decided, export_clean: decided, file: arrow('file'), recall: arrow('recall') },
  supervisor: { read: decided, remark: whenApproved, reply: whenApproved },
  other_member: { read: teamSubmitted },
};

/** Whether `actor` may do `action` with `document` as it stands now. */
export function can(actor: Actor, action: Action, document: DocumentFacts): boolean {
  return standingsOf(actor, document).some((standing) => table[standing][action]?.(document, actor) === true);
}

/** Everything `actor` may do, for the screens. */
export function allowedActions(actor: Actor, document: DocumentFacts): Action[] {
  return actions.filter((action) => can(actor, action, document));
}
