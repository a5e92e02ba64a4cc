/** How long the last commits took, for `/metrics` and the bench: the tail of a durable write is the disk's. */

const kept = 1_000;

export class CommitTimes {
  readonly #times: number[] = [];
  #next = 0;
  #count = 0;

  add(ms: number): void {
    this.#times[this.#next] = ms;
    this.#next = (this.#next + 1) % kept;
    this.#count += 1;
  }

  /** Count since start; p50, p95 and p99 in milliseconds over the last thousand. */
  summary(): { readonly count: number; readonly p50: number; readonly p95: number; readonly p99: number } {
    const sorted = [...this.#times].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { count: this.#count, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}
