/**
 * Lets callers through one at a time, and between two of them everything else: finding out who asks takes milliseconds, and a
 * hundred who come at once must not keep those waiting who are in.
 */
export class Turnstile {
  readonly #waiting: (() => Promise<void>)[] = [];
  #isTurning = false;

  /** Resolves and rejects as `work` does, when its turn has come. */
  pass<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject));
      if (!this.#isTurning) void this.#turn();
    });
  }

  async #turn(): Promise<void> {
    this.#isTurning = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await next();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#isTurning = false;
  }
}
