/**
 * Who is in the room and in which section, read from awareness states whose identity the server has written. A person with
 * several windows is one person.
 */
import { z } from 'zod';

const stateSchema = z.object({
  user: z.object({ id: z.string(), name: z.string() }),
  section: z.string().nullish(),
  cursor: z.object({ anchor: z.unknown(), head: z.unknown() }).nullish(),
});

export type Present = { readonly userId: string; readonly name: string; readonly section: string | null };

export type RemoteCaret = {
  readonly clientId: number;
  readonly userId: string;
  readonly name: string;
  readonly section: string;
  /** Relative positions as JSON, not yet resolved against the text. */
  readonly anchor: unknown;
  readonly head: unknown;
};

type States = ReadonlyMap<number, unknown>;

/** Everybody else who is here, by name. */
export function presentPeople(states: States, ownClientId: number, ownUserId: string): Present[] {
  const people = new Map<string, Present>();
  for (const [clientId, state] of states) {
    if (clientId === ownClientId) continue;
    const parsed = stateSchema.safeParse(state);
    if (!parsed.success || parsed.data.user.id === ownUserId) continue;
    const { user, section } = parsed.data;
    const known = people.get(user.id);
    people.set(user.id, { userId: user.id, name: user.name, section: section ?? known?.section ?? null });
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
}

/** The carets other people have in one section; one's own other windows are no company. */
export function caretsIn(states: States, section: string, ownClientId: number, ownUserId: string): RemoteCaret[] {
  const carets: RemoteCaret[] = [];
  for (const [clientId, state] of states) {
    if (clientId === ownClientId) continue;
    const parsed = stateSchema.safeParse(state);
    if (!parsed.success || parsed.data.section !== section) continue;
    const { user, cursor } = parsed.data;
    if (cursor === null || cursor === undefined || user.id === ownUserId) continue;
    carets.push({ clientId, userId: user.id, name: user.name, section, anchor: cursor.anchor, head: cursor.head });
  }
  return carets;
}
