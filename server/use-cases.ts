/** What every use case works with; `main.ts` hands it out. Nothing in here is global, so tests run many servers at once. */
import type { BaseLogger } from 'pino';
import type { AuditAct } from '../shared/api/audit.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Hand } from './hand/hand.ts';
import type { NewId } from './ids.ts';
import type { Likeness } from './likeness/likeness.ts';
import type { Rooms } from './rooms/rooms.ts';
import type { Records, Storage } from './storage/storage.ts';
import type { Row } from './storage/tables.ts';

/** One entry for the audit log: acts, names and numbers, never words of a text or of a remark. */
export type Act = {
  readonly act: AuditAct;
  readonly actor: Row<'person'>;
  readonly subject: string;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
};

export type Log = Pick<BaseLogger, 'info' | 'warn' | 'error'>;

export type UseCases = {
  readonly storage: Storage;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly changes: Changes;
  readonly log: Log;
  readonly hand: Hand;
  readonly likeness: Likeness;
  /** Appends to the audit chain within the caller's transaction. */
  readonly record: (records: Records, act: Act) => Promise<void>;
};
