/** Stock phrases (常用批语): each reviewer's own list, replaced as a whole; until he has one he sees the common one. */
import { firstPhrases, type Phrase } from '../../shared/api/phrases.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';

type Phrases = { readonly phrases: Phrase[]; readonly own: boolean };

/** That somebody keeps a list, also an empty one, is a row of its own: an emptied list does not fill again. */
const settingOf = (person: Person) => `phrases.${person.id}`;

export async function listPhrases(records: Records, person: Person): Promise<Phrases> {
  if ((await records.setting.get(settingOf(person))) === undefined) return { phrases: [...firstPhrases], own: false };
  const rows = await records.phrase.find({ userId: person.id }, { by: 'position' });
  return { phrases: rows.map(({ words, kind, basis }) => ({ words, kind, basis })), own: true };
}

export async function replacePhrases(
  { storage, newId }: Pick<UseCases, 'storage' | 'newId'>,
  person: Person,
  phrases: readonly Phrase[],
): Promise<Phrases> {
  return storage.transact(async (records) => {
    for (const { id } of await records.phrase.find({ userId: person.id })) await records.phrase.remove(id);
    for (const [index, phrase] of phrases.entries()) {
      await records.phrase.insert({ id: newId('phr'), userId: person.id, position: index + 1, ...phrase });
    }
    const kept = await records.setting.get(settingOf(person));
    if (kept === undefined) await records.setting.insert({ id: settingOf(person), value: 'own' });
    return listPhrases(records, person);
  });
}
