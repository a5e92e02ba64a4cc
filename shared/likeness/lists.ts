/** For each of the numbers 0 … n − 1 the list of the groups it is in, packed into two arrays. */
export class Lists {
  readonly #starts: Int32Array;
  readonly #items: Int32Array;

  constructor(numbers: number, groups: readonly Int32Array[]) {
    this.#starts = new Int32Array(numbers + 1);
    for (const group of groups) {
      for (const number of group) this.#starts[number + 1] = (this.#starts[number + 1] ?? 0) + 1;
    }
    for (let n = 0; n < numbers; n += 1) this.#starts[n + 1] = (this.#starts[n + 1] ?? 0) + (this.#starts[n] ?? 0);
    this.#items = new Int32Array(this.#starts[numbers] ?? 0);
    const filled = this.#starts.slice();
    groups.forEach((group, index) => {
      for (const number of group) {
        const at = filled[number] ?? 0;
        this.#items[at] = index;
        filled[number] = at + 1;
      }
    });
  }

  length(number: number): number {
    return (this.#starts[number + 1] ?? 0) - (this.#starts[number] ?? 0);
  }

  forEach(number: number, visit: (group: number) => void): void {
    const end = this.#starts[number + 1] ?? 0;
    for (let at = this.#starts[number] ?? 0; at < end; at += 1) visit(this.#items[at] ?? 0);
  }
}
