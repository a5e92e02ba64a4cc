/**
 * What one commit made public, as its receivers get it: every frame built once, everybody's own in one stretch, so that each
 * author can be given all but his. Authors are strangers to each other's updates of the same batch (nobody has seen them),
 * so their order among each other is free.
 */
import type { Connection, Stretch } from './connection.ts';

export type Published = { readonly from: Connection | undefined; readonly frame: Uint8Array };

export class Turn {
  readonly frames: readonly Uint8Array[];
  readonly #own = new Map<Connection, Stretch>();

  constructor(published: readonly Published[]) {
    const byAuthor = new Map<Connection | undefined, Uint8Array[]>();
    for (const { from, frame } of published) {
      const own = byAuthor.get(from);
      if (own === undefined) byAuthor.set(from, [frame]);
      else own.push(frame);
    }
    let start = 0;
    for (const [from, own] of byAuthor) {
      const end = start + own.length;
      if (from !== undefined) this.#own.set(from, { start, end });
      start = end;
    }
    this.frames = byAuthor.size === 1 ? published.map(({ frame }) => frame) : [...byAuthor.values()].flat();
  }

  /** Where a receiver's own frames stand; undefined when it wrote none of them. */
  ownOf(receiver: Connection): Stretch | undefined {
    return this.#own.get(receiver);
  }
}
