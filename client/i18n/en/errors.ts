import type { Words } from '../words.ts';
import type { errors as zh } from '../zh/errors.ts';

export const errors: Words<typeof zh> = {
  mismatch: 'This page and the server are of different versions. Please reload the page; your text is not affected.',
  offline:
    'The server cannot be reached. What you wrote is kept on this computer and will be stored when the connection returns; please try anything else later.',
  invalid_request:
    'Something does not meet the requirements, and nothing was saved. Please check it and send it again.',
  invalid_json: 'What was sent was incomplete, and nothing was saved. Please send it again.',
  setup_code_wrong: 'That is not the one-time code. Please look at the line in the server’s start window.',
  setup_done: 'The system has been set up already. Please sign in.',
  signed_out: 'Your session has expired. Please sign in again; your text is still on this computer.',
  credentials_wrong: 'The username or the password is not right. Please enter them again.',
  account_locked:
    'The password was wrong several times, and the account is locked for now. Please try again in about {{minutes}} min, or ask the administrator for a reset.',
  account_disabled: 'This account is disabled. Please speak to the administrator.',
  password_change_required: 'Please change the initial password first.',
  password_weak: 'The password is too simple: at least 10 characters, with letters and digits.',
  password_wrong: 'The present password is not right. Please enter it again.',
  foreign_origin:
    'The request did not come from a page of this system and was not carried out. Please open the system at its usual address.',
  forbidden: 'You may not do this. If it has to be done, please speak to the office.',
  not_found: 'Nothing was found here. It may have been moved, or the address is wrong.',
  not_acceptable: 'It cannot be given in this format. Please choose another.',
  too_large: 'This is too large and was not sent. Please shorten it or send it in parts.',
  too_many_requests: 'That was a little too fast. Please wait a moment and try again.',
  username_taken: 'The username “{{username}}” is taken. Please choose another.',
  last_administrator: 'This is the last administrator, who can neither be disabled nor give up the role.',
  administrator_takes_no_part:
    'Administrators take no part in meetings and cannot read texts. Please choose someone else.',
  leader_count: 'A meeting has exactly one principal leader. Please check the participants.',
  participant_has_document:
    'This participant already has a text and can neither be removed nor change role: {{documents}}.',
  aspects_frozen: 'A text has been submitted, so the aspects can no longer change.',
  aspect_has_text: 'This aspect already has text and cannot be removed: {{documents}}.',
  condition_has_text: 'This section already has text and cannot be switched off: {{documents}}.',
  wrong_state:
    'The state of the text has changed, and this step cannot be taken now. The page is up to date; please look again.',
  stale_version: 'This version is no longer the newest. Please read it again before you approve.',
  not_ready: 'Some points must be dealt with first; the text cannot be submitted yet.',
  confirmation_needed: 'Some places need your confirmation, or a reason, before the text is submitted.',
  passage_changed: 'The words in this place have changed, and nothing was noted. Please look at what is asked now.',
  text_too_long: 'The text is longer than allowed, and what is over the limit was not saved. Please shorten it.',
  words_missing: 'Please write what you think before you send it.',
  anchor_not_found: 'The selected words have changed, and the remark was not written. Please select them again.',
  remarks_open: 'Some remarks have no outcome yet. Please say what became of each, or explain, before you submit.',
  fate_missing: 'There is no outcome yet, so there is nothing to confirm.',
  fate_changed: 'The outcome has changed since you saw it, and nothing was recorded. Please look at what it is now.',
  fate_needs_words: 'To choose “explained”, please write a few words of explanation.',
  changes_open:
    'Some proposed changes have no outcome yet. Please say what became of each, or explain, before you submit.',
  decline_needs_words: 'Please write a word on why this is not adopted.',
  adoption_not_found:
    'The adopted words were not found in the text on the server, so nothing was recorded. Please wait a moment and adopt again.',
  character_without_font:
    'The fonts lack these characters, so the text cannot be set: {{characters}}. Please ask the administrator to add a font.',
  library_full:
    'The library of this meeting is full, and nothing was saved. Please remove what is no longer needed, or shorten the text.',
  storage_unavailable:
    'The server cannot save just now, and what you did has had no effect. Your text is kept on this computer; please try again later.',
  stopping: 'The server is being restarted. Please try again in a moment.',
  internal:
    'Something went wrong on the server, and what you did has had no effect. Please try again; if it persists, tell the administrator.',
};
