/**
 * The event stream: "look again", for pages without a room. It carries topics and ids of the meetings in which the reader
 * takes part and of his own account, never text. It ends when the session does.
 */
import { Hono, type MiddlewareHandler } from 'hono';
import { streamSSE } from 'hono/streaming';
import { eventSchema } from '../../shared/api/work.ts';
import type { UserId } from '../../shared/ids.ts';
import type { Change } from '../changes.ts';
import type { Identity } from '../identity/identity.ts';
import type { Records } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';
import type { Env } from './respond.ts';

export const heartbeatMs = 25_000;

export type EventDeps = UseCases & {
  /** Aborted when the server ends, and with it every stream. */
  readonly stopping: AbortSignal;
};

export function eventRoutes(tools: EventDeps, identity: Identity, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  const { changes, clock, storage, log, stopping } = tools;
  return new Hono<Env>().get('/events', signedIn, (c) => {
    const { person, sessionId } = c.var.session;
    const { headers } = c.req.raw;
    const isSignedIn = async () => (await identity.who(headers))?.sessionId === sessionId;
    // A proxy that collects an answer before passing it on would hold back every event.
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(
      c,
      async (stream) => {
        const queue = new Queue<Change | 'heartbeat' | 'end'>();
        const unsubscribe = changes.subscribe((change) => queue.push(change));
        let stopBeat = clock.after(heartbeatMs, beat);
        function beat() {
          queue.push('heartbeat');
          stopBeat = clock.after(heartbeatMs, beat);
        }
        stream.onAbort(() => queue.push('end'));
        const end = () => queue.push('end');
        stopping.addEventListener('abort', end);
        try {
          await stream.write(': connected\n\n');
          for (;;) {
            const next = await queue.next();
            if (next === 'end' || stream.aborted || !(await isSignedIn())) return;
            if (next === 'heartbeat') await stream.write(': \n\n');
            else if (await concerns(storage.records, next, person.id)) {
              await stream.writeSSE({ data: JSON.stringify(eventSchema.parse({ topic: next.topic, id: next.id })) });
            }
          }
        } finally {
          unsubscribe();
          stopBeat();
          stopping.removeEventListener('abort', end);
        }
      },
      async (error) => {
        // The page opens the stream again by itself and looks at everything anew.
        log.error({ err: error }, 'an event stream broke off');
      },
    );
  });
}

/** Whether a change is this person's business. */
async function concerns(records: Records, { topic, id, meetingId }: Change, userId: UserId): Promise<boolean> {
  if (meetingId === undefined) return topic === 'account' && id === userId;
  const [participant] = await records.participant.find({ meetingId, userId });
  return participant !== undefined;
}

/** What has happened and was not looked at yet. */
class Queue<T> {
  readonly #items: T[] = [];
  #wake: (() => void) | undefined;

  push(item: T): void {
    this.#items.push(item);
    this.#wake?.();
  }

  async next(): Promise<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) return item;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
