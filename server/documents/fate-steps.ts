/**
 * The steps of a fate, of a remark or of a change alike: each is kept with who, when, in which round and in what words. A
 * confirmation names the step that set the fate its reviewer has seen.
 */

import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { type ChangeFate, type FateAct, type FateStep, lastSet } from '../../shared/api/fates.ts';
import { instant } from '../clock.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';
import type { Document } from './document-facts.ts';
import type { Names } from './names.ts';

type Step = { readonly act: FateAct; readonly fate: ChangeFate; readonly words: string };

/** Keeps a step within the caller's transaction. `subjectId` is the remark's id, or that of the change's row. */
export async function keepStep(
  { newId, clock }: Pick<UseCases, 'newId' | 'clock'>,
  records: Records,
  { row }: Document,
  person: Person,
  subjectId: string,
  step: Step,
): Promise<void> {
  const { round } = row.lifecycle;
  await records.fateEvent.insert({ id: newId('fev'), subjectId, round, ...step, by: person.id, at: instant(clock) });
}

/** Why a fate cannot be confirmed or opened again: there is none, or it is not the one that was seen. */
export async function refuseUnseen(
  records: Records,
  subjectId: string,
  fate: ChangeFate,
  seen: FateStep['id'] | undefined,
): Promise<Refusal | undefined> {
  if (fate === 'open') return refusal('fate_missing', 'there is no fate to confirm');
  if (seen === undefined) return undefined;
  const stands = lastSet(await records.fateEvent.find({ subjectId }, { by: 'id' }));
  return stands?.id === seen ? undefined : refusal('fate_changed', 'the fate has changed since it was seen');
}

/** Everything done to a fate so far, the oldest first. */
export async function describeSteps(records: Records, names: Names, subjectId: string): Promise<FateStep[]> {
  const steps = await records.fateEvent.find({ subjectId }, { by: 'id' });
  return Promise.all(
    steps.map(async ({ id, act, fate, words, round, by, at }) => ({
      id,
      act,
      fate,
      words,
      round,
      by: await names.of(by),
      at,
    })),
  );
}
