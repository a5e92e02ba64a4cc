/** Makes ids: a prefix and a ULID, unique by construction and in order of their making within one process. */
import { monotonicFactory } from 'ulid';
import type { Id, IdPrefix } from '../shared/ids.ts';
import type { Clock } from './clock.ts';

export type NewId = <P extends IdPrefix>(prefix: P) => Id<P>;

export function createIds(clock: Clock): NewId {
  const ulid = monotonicFactory();
  // A prefix and a ULID are an id by definition; nothing else makes one.
  return <P extends IdPrefix>(prefix: P) => `${prefix}_${ulid(clock.now())}` as Id<P>;
}
