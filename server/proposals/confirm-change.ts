/** The reviewer's answer to what became of a change: he agrees, or opens it again; then it is open like a new one. */
import type { z } from 'zod';
import type { Refusal } from '../../shared/api/errors.ts';
import type { confirmationBody } from '../../shared/api/fates.ts';
import type { ChangeNote } from '../../shared/api/proposals.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import { auditSubject } from '../documents/carry-out.ts';
import { keepStep, refuseUnseen } from '../documents/fate-steps.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { UseCases } from '../use-cases.ts';
import { announceProposal } from './announce.ts';
import { enterHandedOver } from './enter-handed-over.ts';
import { noSuchChange, openFate, parseKey } from './notes.ts';
import type { Entered } from './proposal-facts.ts';
import { describeNote } from './view-note.ts';

/** Opened again, letters that were adopted stay so: they are what the author put in, whatever becomes of the change. */
export async function confirmChangeFate(
  tools: UseCases,
  person: Person,
  key: string,
  { confirmed, words, seen }: z.output<typeof confirmationBody>,
): Promise<Result<ChangeNote, Refusal>> {
  const parsed = parseKey(key);
  if (parsed === undefined) return err(noSuchChange);
  const done = await tools.storage.transact(async (records): Promise<Result<Entered, Refusal>> => {
    const entered = await enterHandedOver(records, person, parsed.proposalId, 'confirm_fate');
    if (!entered.ok) return entered;
    const fate = (await records.changeFate.get(key))?.fate ?? 'open';
    const refused = await refuseUnseen(records, key, fate, seen);
    if (refused !== undefined) return err(refused);
    const { document, proposal } = entered.value;
    const agreed = { confirmedBy: person.id, confirmedAt: instant(tools.clock) };
    await records.changeFate.update(key, confirmed ? agreed : openFate);
    const act = confirmed ? 'confirm' : 'reopen';
    await keepStep(tools, records, document, person, key, { act, fate, words });
    await tools.record(records, {
      act: confirmed ? 'change_fate_confirmed' : 'change_fate_reopened',
      actor: person,
      subject: auditSubject(document),
      facts: { fate, round: proposal.round },
    });
    return entered;
  });
  if (!done.ok) return done;
  announceProposal(tools, done.value.document);
  const { records } = tools.storage;
  return ok(await describeNote(records, parsed.proposalId, parsed.changeId, await records.changeFate.get(key)));
}
