/** Submitting (送审): freezes a version and opens a round. */
import type { DocumentView } from '../../shared/api/documents.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { carryOut, type Moment } from './carry-out.ts';
import { loadDocument } from './document-facts.ts';
import { openRemarks, unanswered } from './fates.ts';
import { countText, freezeText, hashText } from './frozen-text.ts';
import { readiness } from './readiness.ts';
import { reattach } from './reattach.ts';
import { tell } from './remarks.ts';

export async function submit(tools: UseCases, person: Person, id: DocumentId): Promise<Result<DocumentView, Refusal>> {
  const submitted = await carryOut(tools, person, id, 'submit', async (moment) => {
    const refused = unanswered(await openRemarks(moment.records, id));
    if (refused !== undefined) return err(refused);
    const points = readiness(moment.document, moment.text.content, 0).filter(({ blocks }) => blocks);
    if (points.length > 0) return err(refusal('not_ready', 'the text is not ready for review', { points }));
    const version = await nextVersion(tools, moment, person);
    return ok({
      command: { name: 'submit', versionId: version.id },
      facts: { version: version.number, sha256: version.sha256, characters: version.characters },
      keep: async (next) => {
        await moment.records.version.insert({ ...version, round: next.round });
        await moment.records.round.insert(openRound(tools, version, next.round, person));
      },
    });
  });
  // The text rests now: remarks whose words were rewritten find them again, the others remember where they stand.
  const document = submitted.ok ? await loadDocument(tools.storage.records, id) : undefined;
  if (document !== undefined && (await reattach(tools, document, 'all'))) tell(tools, document);
  return submitted;
}

async function nextVersion(
  { newId }: UseCases,
  { records, document, text, at }: Moment,
  person: Person,
): Promise<Row<'version'>> {
  const [last] = await records.version.find(
    { documentId: document.row.id },
    { by: 'number', descending: true, limit: 1 },
  );
  const frozen = freezeText(document, text.content);
  return {
    id: newId('ver'),
    documentId: document.row.id,
    number: (last?.number ?? 0) + 1,
    cause: 'submit',
    round: document.row.lifecycle.round + 1,
    text: frozen,
    sha256: hashText(frozen),
    characters: countText(frozen),
    journalSeq: text.seq,
    by: person.id,
    at,
  };
}

function openRound({ newId }: UseCases, version: Row<'version'>, number: number, person: Person): Row<'round'> {
  return {
    id: newId('rnd'),
    documentId: version.documentId,
    number,
    versionId: version.id,
    submittedBy: person.id,
    submittedAt: version.at,
    outcome: 'open',
    reason: '',
    words: '',
    decidedBy: null,
    decidedAt: null,
  };
}
