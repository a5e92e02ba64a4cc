/**
 * The end of a server in order: nothing new is begun, what was begun finishes, what was accepted is saved and acknowledged,
 * everybody is sent away with 1012, the database is closed. Each step has its time, so that the whole stays under ten
 * seconds whatever callers do; on a machine where steps overrun theirs, what can be done without is cut short.
 */
import type { Clock } from '../clock.ts';
import type { Listener } from '../http/listener.ts';
import type { Registry } from '../rooms/registry.ts';
import type { SqliteStorage } from '../storage/sqlite/storage.ts';
import type { Log } from '../use-cases.ts';

export type Ending = {
  readonly stopping: AbortController;
  readonly registry: Pick<Registry, 'stopTaking' | 'close'>;
  readonly listener: Pick<Listener, 'drained' | 'socketsClosed' | 'end'>;
  readonly storage: Pick<SqliteStorage, 'close'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'error'>;
};

/** Requests that are being answered, a PDF for instance. */
const requestsMs = 2_000;
/** Accepted words; as long as the store fails they are tried again and again. */
const savingMs = 4_000;
/** Closing handshakes; who does not answer is cut off. */
const handshakesMs = 1_000;
/** All of that together with the checkpoints. Accepted words have their time in any case, the rest what is left. */
const wholeMs = 8_000;

/** Ends a server; resolves to the number of rooms whose last updates could not be saved. Throws when the store cannot be closed. */
export async function endServer({ stopping, registry, listener, storage, clock, log }: Ending): Promise<number> {
  const startedAt = clock.now();
  const left = () => startedAt + wholeMs - clock.now();
  stopping.abort();
  registry.stopTaking();
  await within(clock, requestsMs, listener.drained());
  const unsaved = await registry.close(savingMs, () => left() - handshakesMs);
  await within(clock, Math.min(handshakesMs, left()), listener.socketsClosed());
  listener.end();
  await storage.close();
  const facts = { unsaved, ms: clock.now() - startedAt };
  if (unsaved > 0) log.error(facts, 'stopped with unsaved rooms');
  else log.info(facts, 'stopped');
  return unsaved;
}

async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  let cancel = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  await Promise.race([work, over]);
  cancel();
}
