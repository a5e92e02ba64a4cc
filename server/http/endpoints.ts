/** The list of all routes below /api with the shapes of their bodies and answers; a test holds it against what is mounted. */
import { z } from 'zod';
import { auditAnswer, auditQuery } from '../../shared/api/audit.ts';
import { authorshipAnswer, authorshipQuery, replayAnswer, replayQuery } from '../../shared/api/authorship.ts';
import { bookmarkAnswer, bookmarkBody } from '../../shared/api/bookmarks.ts';
import {
  checkSettingsAnswer,
  checkSettingsBody,
  checksAnswer,
  dismissalBody,
  dismissalsAnswer,
  submitBody,
} from '../../shared/api/checks.ts';
import {
  approveBody,
  compareAnswer,
  compareQuery,
  documentAnswer,
  exportQuery,
  fileBody,
  readinessAnswer,
  readingBody,
  reopenBody,
  returnBody,
  textAnswer,
  textQuery,
  versionsAnswer,
} from '../../shared/api/documents.ts';
import { likenessAnswer } from '../../shared/api/likeness.ts';
import {
  boardAnswer,
  changeMeetingBody,
  createMeetingBody,
  meetingAnswer,
  meetingsAnswer,
  templatesAnswer,
} from '../../shared/api/meetings.ts';
import {
  accountAnswer,
  accountsAnswer,
  changeAccountBody,
  changePasswordBody,
  createAccountBody,
  createUnitBody,
  importAccountsAnswer,
  importAccountsBody,
  initialPasswordAnswer,
  meSchema,
  peopleAnswer,
  renameUnitBody,
  setupBody,
  setupStateAnswer,
  signInBody,
  unitSchema,
  unitsAnswer,
} from '../../shared/api/people.ts';
import { phrasesAnswer, phrasesBody } from '../../shared/api/phrases.ts';
import {
  changeFateBody,
  changeNoteAnswer,
  changesAnswer,
  proposalAnswer,
  proposalsAnswer,
  reasonBody,
} from '../../shared/api/proposals.ts';
import {
  changeReferenceBody,
  createReferenceBody,
  referenceAnswer,
  referencesAnswer,
  removedAnswer,
} from '../../shared/api/references.ts';
import {
  confirmationBody,
  createRemarkBody,
  explanationsBody,
  fateBody,
  remarkAnswer,
  remarksAnswer,
  replyBody,
} from '../../shared/api/remarks.ts';
import { workAnswer } from '../../shared/api/work.ts';
import { doneAnswer } from './accounts.ts';

export type Endpoint = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The JSON answer; a media type for anything else. */
  readonly answer?: z.ZodType | string;
  readonly status?: number;
  /** Needs no session. */
  readonly open?: true;
};

const anything = z.looseObject({});

export const endpoints: readonly Endpoint[] = [
  {
    method: 'get',
    path: '/api/setup',
    summary: 'Whether the first set-up is still to be done',
    answer: setupStateAnswer,
    open: true,
  },
  {
    method: 'post',
    path: '/api/setup',
    summary: 'First set-up, with the one-time code',
    body: setupBody,
    answer: setupStateAnswer,
    status: 201,
    open: true,
  },
  {
    method: 'post',
    path: '/api/auth/sign-in/username',
    summary: 'Sign in',
    body: signInBody,
    answer: meSchema,
    open: true,
  },
  { method: 'post', path: '/api/auth/sign-out', summary: 'Sign out', answer: doneAnswer, open: true },
  { method: 'get', path: '/api/me', summary: 'Who am I', answer: meSchema },
  {
    method: 'post',
    path: '/api/me/password',
    summary: 'Change my password',
    body: changePasswordBody,
    answer: doneAnswer,
  },
  { method: 'get', path: '/api/people', summary: 'Who can take part in meetings', answer: peopleAnswer },
  { method: 'get', path: '/api/accounts', summary: 'All accounts', answer: accountsAnswer },
  {
    method: 'post',
    path: '/api/accounts',
    summary: 'Create an account',
    body: createAccountBody,
    answer: initialPasswordAnswer,
    status: 201,
  },
  {
    method: 'post',
    path: '/api/accounts/import',
    summary: 'Create accounts from a table, all or none',
    body: importAccountsBody,
    answer: importAccountsAnswer,
    status: 201,
  },
  {
    method: 'patch',
    path: '/api/accounts/{account}',
    summary: 'Change, disable or enable an account',
    body: changeAccountBody,
    answer: accountAnswer,
  },
  {
    method: 'post',
    path: '/api/accounts/{account}/password',
    summary: 'Give an account a new initial password',
    answer: initialPasswordAnswer,
  },
  { method: 'get', path: '/api/units', summary: 'All units', answer: unitsAnswer },
  {
    method: 'post',
    path: '/api/units',
    summary: 'Create a unit',
    body: createUnitBody,
    answer: unitSchema,
    status: 201,
  },
  { method: 'patch', path: '/api/units/{unit}', summary: 'Rename a unit', body: renameUnitBody, answer: unitSchema },
  { method: 'get', path: '/api/audit', summary: 'The audit log, newest first', query: auditQuery, answer: auditAnswer },
  { method: 'get', path: '/api/templates', summary: 'The newest version of each template', answer: templatesAnswer },
  { method: 'get', path: '/api/meetings', summary: 'My meetings', answer: meetingsAnswer },
  {
    method: 'post',
    path: '/api/meetings',
    summary: 'Create a meeting with its documents',
    body: createMeetingBody,
    answer: meetingAnswer,
    status: 201,
  },
  { method: 'get', path: '/api/meetings/{meeting}', summary: 'A meeting with its settings', answer: meetingAnswer },
  {
    method: 'patch',
    path: '/api/meetings/{meeting}',
    summary: 'Change settings, aspects or participants',
    body: changeMeetingBody,
    answer: meetingAnswer,
  },
  {
    method: 'get',
    path: '/api/meetings/{meeting}/documents',
    summary: 'The board: every document and where it stands',
    answer: boardAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}',
    summary: 'A document: facts, sections, what I may do',
    answer: documentAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/text',
    summary: 'The text as it stands, or a frozen version',
    query: textQuery,
    answer: textAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/readiness',
    summary: 'What submitting would freeze',
    answer: readinessAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/submit',
    summary: 'Submit for review',
    body: submitBody,
    answer: documentAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/withdraw',
    summary: 'Take a submission back',
    answer: documentAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/return',
    summary: 'Return with a reason and words',
    body: returnBody,
    answer: documentAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/approve',
    summary: 'Approve the version that was read',
    body: approveBody,
    answer: documentAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/reopen',
    summary: 'Void the approval, with a reason',
    body: reopenBody,
    answer: documentAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/file',
    summary: 'File under a number and date',
    body: fileBody,
    answer: documentAnswer,
  },
  { method: 'post', path: '/api/documents/{document}/recall', summary: 'Undo the filing', answer: documentAnswer },
  { method: 'get', path: '/api/documents/{document}/versions', summary: 'The frozen versions', answer: versionsAnswer },
  {
    method: 'get',
    path: '/api/documents/{document}/compare',
    summary: 'What changed between two versions',
    query: compareQuery,
    answer: compareAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/reading',
    summary: 'Remember that I have read a version',
    body: readingBody,
    answer: documentAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/export',
    summary: 'The text as a file',
    query: exportQuery,
    answer: 'application/octet-stream',
  },
  {
    method: 'get',
    path: '/api/documents/{document}/remarks',
    summary: 'The remarks on a document',
    answer: remarksAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/remarks',
    summary: 'Write a remark on words of the text',
    body: createRemarkBody,
    answer: remarkAnswer,
    status: 201,
  },
  {
    method: 'post',
    path: '/api/remarks/{remark}/replies',
    summary: 'Reply to a remark',
    body: replyBody,
    answer: remarkAnswer,
    status: 201,
  },
  {
    method: 'put',
    path: '/api/remarks/{remark}/fate',
    summary: 'Say what became of a remark',
    body: fateBody,
    answer: remarkAnswer,
  },
  {
    method: 'post',
    path: '/api/documents/{document}/proposals',
    summary: 'Begin or go on with my proposal for the version in review',
    answer: proposalAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/proposals',
    summary: 'The proposals I may see',
    answer: proposalsAnswer,
  },
  {
    method: 'get',
    path: '/api/proposals/{proposal}/changes',
    summary: 'The changes of a proposal, with reasons and fates',
    answer: changesAnswer,
  },
  {
    method: 'put',
    path: '/api/changes/{change}/reason',
    summary: 'Say why a change is proposed',
    body: reasonBody,
    answer: changeNoteAnswer,
  },
  {
    method: 'put',
    path: '/api/changes/{change}/fate',
    summary: 'Say what became of a change',
    body: changeFateBody,
    answer: changeNoteAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/checks',
    summary: 'What the text is asked, and what its author has put aside',
    answer: checksAnswer,
  },
  {
    method: 'put',
    path: '/api/documents/{document}/checks/dismissals',
    summary: 'Put a question aside with a reason, or take that back',
    body: dismissalBody,
    answer: dismissalsAnswer,
  },
  {
    method: 'get',
    path: '/api/meetings/{meeting}/checks',
    summary: 'What a meeting has set for its checks',
    answer: checkSettingsAnswer,
  },
  {
    method: 'put',
    path: '/api/meetings/{meeting}/checks',
    summary: 'Set rules, thresholds and word lists',
    body: checkSettingsBody,
    answer: checkSettingsAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/authorship',
    summary: 'How the words of a text came in',
    query: authorshipQuery,
    answer: authorshipAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/replay',
    summary: 'The writing of a text again, in pages',
    query: replayQuery,
    answer: replayAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/likeness',
    summary: 'Passages that resemble other texts, as far as I may see them',
    answer: likenessAnswer,
  },
  {
    method: 'get',
    path: '/api/meetings/{meeting}/references',
    summary: 'The reference library of a meeting',
    answer: referencesAnswer,
  },
  {
    method: 'post',
    path: '/api/meetings/{meeting}/references',
    summary: 'Add a text to the library',
    body: createReferenceBody,
    answer: referenceAnswer,
    status: 201,
  },
  {
    method: 'get',
    path: '/api/meetings/{meeting}/references/{reference}',
    summary: 'A text of the library',
    answer: referenceAnswer,
  },
  {
    method: 'patch',
    path: '/api/meetings/{meeting}/references/{reference}',
    summary: 'Change a text of the library',
    body: changeReferenceBody,
    answer: referenceAnswer,
  },
  {
    method: 'delete',
    path: '/api/meetings/{meeting}/references/{reference}',
    summary: 'Remove a text from the library',
    answer: removedAnswer,
  },
  {
    method: 'put',
    path: '/api/documents/{document}/remarks/explanations',
    summary: 'Explain several open remarks at once',
    body: explanationsBody,
    answer: remarksAnswer,
  },
  {
    method: 'put',
    path: '/api/remarks/{remark}/confirmation',
    summary: 'Agree with the fate of a remark, or open it again',
    body: confirmationBody,
    answer: remarkAnswer,
  },
  { method: 'get', path: '/api/me/phrases', summary: 'My stock phrases', answer: phrasesAnswer },
  {
    method: 'put',
    path: '/api/me/phrases',
    summary: 'Replace my stock phrases',
    body: phrasesBody,
    answer: phrasesAnswer,
  },
  {
    method: 'get',
    path: '/api/documents/{document}/bookmark',
    summary: 'Where I stopped reading',
    answer: bookmarkAnswer,
  },
  {
    method: 'put',
    path: '/api/documents/{document}/bookmark',
    summary: 'Remember where I stopped reading',
    body: bookmarkBody,
    answer: bookmarkAnswer,
  },
  { method: 'get', path: '/api/work', summary: 'What waits for me', answer: workAnswer },
  {
    method: 'get',
    path: '/api/events',
    summary: 'Server-sent events: what to look at again',
    answer: 'text/event-stream',
  },
  { method: 'get', path: '/api/openapi.json', summary: 'This document', answer: anything, open: true },
];
