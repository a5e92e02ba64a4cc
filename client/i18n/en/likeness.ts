import type { Words } from '../words.ts';
import type { likeness as zh } from '../zh/likeness.ts';

export const likeness: Words<typeof zh> = {
  tab: 'Likeness',
  count: '{{count}} passages alike',
  again: 'Compare again',
  goTo: 'Go to the text',
  'lead.author':
    'These words resemble other texts. Could they be your own words, about your own work? Only your text is shown here, never whose the other is or what it says.',
  'lead.reviewer': 'These words resemble other texts. The other text is shown only where you may read it.',
  none: 'No passages alike',
  'none.words':
    'Compared with submitted texts, the author’s earlier years and the reference library. The theme, aspect titles, names of documents and fixed phrases do not count.',
  pace: 'The text has changed. To protect other people’s texts it is compared with them once in 5 minutes at most, next after {{moment}}; everything else is up to date.',
  'kind.colleague': 'Resembles another text',
  'kind.team': 'Resembles the team material',
  'kind.earlier': 'Resembles the author’s earlier years',
  'kind.sample': 'Resembles a sample text',
  'kind.reference': 'Resembles the reference library',
  pair: 'Side by side',
  'pair.title': 'Passages side by side',
  'pair.this': 'This text',
  'pair.open': 'Open that text',
  'library.words':
    'Notices, speeches, regulations and sample texts that everybody’s text is compared with; fixed phrases, one a line, never count. All participants can read them; the principal leader and the office keep them.',
  'library.none': 'No reference texts yet',
  'library.none.editor': 'Choose “Add a text” and paste a notice, a speech or a regulation, or pick a TXT file.',
  'library.none.reader': 'Notices, speeches and regulations that the office adds will be listed here.',
  'library.add': 'Add a text',
  'library.edit': 'Change',
  'library.read': 'Read',
  'library.title': 'Title',
  'library.kind': 'Kind',
  'library.scope': 'For',
  'library.length': 'Length',
  'library.by': 'Added',
  'library.text': 'Text',
  'library.text.words': 'At most {{count}} characters, one paragraph a line.',
  'library.phrases.words': 'One phrase a line, of four characters or more. They do not count when texts are compared.',
  'library.file': 'Read from a DOCX or TXT file',
  'library.file.unreadable':
    'No text could be read from this file. Please pick another DOCX or TXT file, or paste the text.',
  'library.file.damaged':
    'This DOCX file is damaged or incomplete and was not read in. Please open it in a word processor and save it anew.',
  'library.file.too_large':
    'This file is too large and was not read in. Please save it without pictures, or paste the text.',
  'library.file.old_word':
    'This is a DOC file, or one with a password, and was not read in. Please save it as DOCX without a password.',
  'library.file.no_words': 'There is no text in this file; it was not read in.',
  'library.file.long':
    'The text of this file has more than {{count}} characters and was not read in. Please shorten or split it.',
  'library.length.count': '{{count}} chars',
  'library.by.line': '{{name}} · {{moment}}',
  'library.new': 'Add a reference text',
  'library.change': 'Change a reference text',
  'library.remove.title': 'Remove this text?',
  'library.remove.words':
    'Once “{{title}}” is removed, nothing is compared with it any more, and its text is not kept.',
  'referenceKind.notice': 'Notice',
  'referenceKind.speech': 'Speech',
  'referenceKind.regulation': 'Regulation',
  'referenceKind.sample': 'Sample text',
  'referenceKind.phrases': 'Fixed phrases',
  'scope.meeting': 'This meeting',
  'scope.unit': 'All meetings of the unit',
};
