/** Updates of one room on their way through one commit (RM3): applied, then stored, then shown to others, then acknowledged. */
import { savedEncoder } from '../../shared/protocol/frames.ts';
import type { NewEntry } from '../storage/storage.ts';
import type { Connection } from './connection.ts';
import { type Published, Turn } from './turn.ts';

/** What waits for its commit: nobody has seen it, nobody has been told. */
export type Batch = {
  readonly entries: readonly NewEntry[];
  /** One frame for each entry; `from` never gets its own back. */
  readonly published: readonly Published[];
  /** How many updates of each connection this commit makes durable, those that brought nothing new included. */
  readonly acknowledged: ReadonlyMap<Connection, number>;
};

/** Where the room stands after the commit. */
export type Standing = { readonly seq: number; readonly stateVector: () => Uint8Array };

/** One write to each receiver: what others wrote, then, for those who wrote, how much of theirs is durable. */
export function publish(batch: Batch, connections: Iterable<Connection>, { seq, stateVector }: Standing): void {
  const turn = new Turn(batch.published);
  const saved = batch.acknowledged.size === 0 ? undefined : savedEncoder(seq, stateVector());
  for (const connection of connections) {
    const receipt = receiptFor(connection);
    if (connection.subscribed && turn.frames.length > 0) {
      connection.send(turn.frames, turn.ownOf(connection), receipt);
    } else if (receipt !== undefined) connection.send([receipt]);
  }

  function receiptFor(connection: Connection): Uint8Array | undefined {
    const count = batch.acknowledged.get(connection);
    if (count === undefined) return undefined;
    connection.updatesSaved += count;
    return saved?.(connection.updatesSaved);
  }
}
