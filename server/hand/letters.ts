/** With which batch every letter of a document came, by the ids Yjs gave them. Grows in the order of the journal. */

/** One client's letters: where each batch begins, in clock order. Clocks in between that are no letters are never asked for. */
type Client = { readonly starts: number[]; readonly batches: number[]; end: number };

export class Letters {
  readonly #clients = new Map<number, Client>();

  /** Letters `clock` and further of a client, which come behind all that were put before. */
  put(client: number, clock: number, length: number, batch: number): void {
    const known = this.#clients.get(client) ?? { starts: [], batches: [], end: 0 };
    this.#clients.set(client, known);
    if (known.batches.at(-1) !== batch || known.end !== clock) {
      known.starts.push(clock);
      known.batches.push(batch);
    }
    known.end = clock + length;
  }

  /** Whether all letters of this client before `end` are here. */
  has(client: number, end: number): boolean {
    return (this.#clients.get(client)?.end ?? 0) >= end;
  }

  /** The batches of `length` letters from `clock` on, as stretches. */
  *stretches(
    client: number,
    clock: number,
    length: number,
  ): Iterable<{ readonly batch: number; readonly length: number }> {
    const known = this.#clients.get(client);
    if (known === undefined) return;
    const end = clock + length;
    let index = lastAtMost(known.starts, clock);
    for (let at = clock; at < end; index += 1) {
      const next = Math.min(end, known.starts[index + 1] ?? end);
      yield { batch: known.batches[index] ?? 0, length: next - at };
      at = next;
    }
  }

  /** Gives letters that have a batch another one. */
  rename(client: number, clock: number, length: number, batchOf: (old: number) => number): void {
    const known = this.#clients.get(client);
    if (known === undefined) return;
    split(known, clock);
    split(known, clock + length);
    for (
      let index = lastAtMost(known.starts, clock);
      (known.starts[index] ?? clock + length) < clock + length;
      index += 1
    ) {
      known.batches[index] = batchOf(known.batches[index] ?? 0);
    }
  }
}

function split({ starts, batches, end }: Client, clock: number): void {
  if (clock <= (starts[0] ?? clock) || clock >= end) return;
  const index = lastAtMost(starts, clock);
  if (starts[index] === clock) return;
  starts.splice(index + 1, 0, clock);
  batches.splice(index + 1, 0, batches[index] ?? 0);
}

/** The index of the last number that is no larger than `clock`; 0 when there is none. */
function lastAtMost(numbers: readonly number[], clock: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
}
