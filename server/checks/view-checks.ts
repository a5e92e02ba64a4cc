/** The checks of a text as its author or its reviewer reads them; nobody else has a part in them. */

import { can } from '../../shared/access/can.ts';
import type { ChecksAnswer } from '../../shared/api/checks.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { isPrivate } from '../../shared/checks/check.ts';
import { settingsDigest } from '../../shared/checks/settings.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { actorIn, type Document, enter, followsReview } from '../documents/document-facts.ts';
import { findStanding } from '../documents/view-text.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { type Checked, checkDocument, dismissalFor, findLikeness } from './check-document.ts';
import { ticksOf } from './checklist.ts';
import { describeDismissal } from './dismissals.ts';

export async function viewChecks(
  tools: Pick<UseCases, 'storage' | 'rooms' | 'likeness'>,
  person: Person,
  id: DocumentId,
): Promise<Result<ChecksAnswer, Refusal>> {
  const { records } = tools.storage;
  const entered = await enter(records, person, id, 'read');
  if (!entered.ok) return entered;
  const document = entered.value;
  if (!followsReview(document, person)) return err(refusal('forbidden', 'the checks belong to author and reviewer'));
  const checked = await checkStanding(tools, document, person);
  if (!checked.ok) return checked;
  const { hits, settings, context } = checked.value;
  const standing = isAuthor(document, person) ? 'author' : 'reviewer';
  const shown = standing === 'author' ? hits : hits.filter(({ severity }) => !isPrivate(severity));
  // What is shown is what is asked now: a dismissal of words that have changed since says nothing about these.
  const rows = checked.value.dismissals.filter((row) => shown.some((hit) => dismissalFor(hit, [row]) !== undefined));
  return ok({
    standing,
    hits: [...shown],
    dismissals: await Promise.all(rows.map((row) => describeDismissal(records, row))),
    ticked: [...(await ticksOf(records, document, person))],
    digest: settingsDigest(settings),
    settings,
    context,
  });
}

/** The text this reader has before him: the frozen one while it is frozen, else the text as it stands. */
async function checkStanding(
  tools: Pick<UseCases, 'storage' | 'rooms' | 'likeness'>,
  document: Document,
  person: Person,
): Promise<Result<Checked, Refusal>> {
  const { storage, rooms } = tools;
  const { records } = storage;
  const likeness = await findLikeness(tools, person, document.row.id);
  const version = await findStanding(records, document, person, undefined);
  if (version === undefined) {
    const { content } = await rooms.read(document.row.id, document.bodyKeys);
    return ok(await checkDocument(records, document, content, { person, likeness }));
  }
  if (!version.ok) return version;
  const { content, sections } = version.value.text;
  return ok(await checkDocument(records, document, content, { person, likeness, sections }));
}

/** Who writes the text, in whatever state it is: whoever may always read what he could write. */
function isAuthor({ facts, meeting }: Document, person: Person): boolean {
  return can(actorIn(meeting, person), 'write', { ...facts, lifecycle: { state: 'drafting', round: 0 } });
}
