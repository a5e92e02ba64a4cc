/** Submitting (送审): freezes a version, seals how its words came in, and opens a round. */
import type { Confirmation } from '../../shared/api/checks.ts';
import type { DocumentView } from '../../shared/api/documents.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { sameHit } from '../../shared/checks/check.ts';
import type { HandReport } from '../../shared/hand/report.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { checkDocument, findLikeness, unconfirmed } from '../checks/check-document.ts';
import { keepConfirmations } from '../checks/dismissals.ts';
import { sealHand } from '../hand/seal.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import { adoptionsIn } from '../proposals/adopted.ts';
import { type HandedOver, handedOver, openChanges, unansweredChanges } from '../proposals/open-changes.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { carryOut, type Moment, type Prepare } from './carry-out.ts';
import { enter, loadDocument } from './document-facts.ts';
import { openRemarks, unanswered } from './fates.ts';
import { countText, freezeText, hashText } from './frozen-text.ts';
import { readiness } from './readiness.ts';
import { reattach } from './reattach.ts';
import { tell } from './remarks.ts';

/** Remarks and changes are looked at by themselves, with a refusal that lists them. */
const answered = { remarks: 0, changes: 0 };

export async function submit(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  confirmed: readonly Confirmation[] = [],
): Promise<Result<DocumentView, Refusal>> {
  const allowed = await enter(tools.storage.records, person, id, 'submit');
  if (!allowed.ok) return allowed;
  // The long way through the journal and the comparison with other texts, while the author can still write; what comes after it is short.
  await tools.hand.follow(id);
  const likeness = await findLikeness(tools, person, id);
  let report: HandReport | undefined;
  let reported = '';
  let proposals: HandedOver = [];
  const prepare: Prepare = async (moment) => {
    // A change was adopted after the report was made: it would be missing under the seal.
    if (JSON.stringify(await adoptionsIn(moment)(id)) !== reported) return 'again';
    const refused = unanswered(await openRemarks(moment.records, id));
    if (refused !== undefined) return err(refused);
    const unsettled = unansweredChanges(await openChanges(moment.records, proposals));
    if (unsettled !== undefined) return err(unsettled);
    const checked = await checkDocument(moment.records, moment.document, moment.text.content, { person, likeness });
    const points = readiness(moment.document, moment.text.content, answered, checked.hits).filter(
      ({ blocks }) => blocks,
    );
    if (points.length > 0) return err(refusal('not_ready', 'the text is not ready for review', { points }));
    const asked = unconfirmed(checked);
    const hits = asked.filter((hit) => !confirmed.some((confirmation) => sameHit(confirmation, hit)));
    if (hits.length > 0) return err(refusal('confirmation_needed', 'the text is asked questions to confirm', { hits }));
    const version = await nextVersion(tools, moment, person);
    if (report?.seq !== moment.text.seq) throw new Error(`no report on ${id} at ${moment.text.seq}`);
    const hand = sealHand(version, report);
    return ok({
      command: { name: 'submit', versionId: version.id },
      facts: {
        version: version.number,
        sha256: version.sha256,
        characters: version.characters,
        ...(asked.length === 0 ? {} : { confirmed: asked.length }),
        hand: hand.sha256,
      },
      keep: async (next) => {
        await moment.records.version.insert({ ...version, round: next.round });
        await moment.records.hand.insert(hand);
        await moment.records.round.insert(openRound(tools, version, next.round, person));
        await keepConfirmations(tools, moment, person, asked, confirmed);
      },
    });
  };
  const submitted = await carryOut(tools, person, id, 'submit', prepare, async (text, keys) => {
    reported = JSON.stringify(await adoptionsIn(tools.storage)(id));
    report = await tools.hand.report(id, keys, text.seq);
    proposals = await handedOver(tools, id);
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
