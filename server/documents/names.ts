/** Names of accounts, each read once. */
import type { UserId } from '../../shared/ids.ts';
import type { Records } from '../storage/storage.ts';

export type Named = { readonly id: UserId; readonly name: string };

export class Names {
  readonly #records: Records;
  readonly #known = new Map<UserId, Named>();

  constructor(records: Records) {
    this.#records = records;
  }

  async of(id: UserId): Promise<{ id: UserId; name: string }> {
    const known = this.#known.get(id) ?? { id, name: (await this.#records.person.get(id))?.name ?? '' };
    this.#known.set(id, known);
    return known;
  }

  async perhaps(id: UserId | null): Promise<{ id: UserId; name: string } | null> {
    return id === null ? null : this.of(id);
  }
}
