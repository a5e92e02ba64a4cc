/**
 * The audit log: a chain in which every entry's hash covers the entry and the hash before it, so no entry can be changed,
 * removed or put elsewhere without breaking it. The chain's head is kept apart, so a cut-off end is seen too. Whoever can
 * write the whole database can write a whole new chain; against that only a hash noted elsewhere helps.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuditAct } from '../../shared/api/audit.ts';
import { type Clock, instant } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';

export type AuditedAct = {
  readonly act: AuditAct;
  /** Who did it; undefined for a sign-in that failed. */
  readonly actor: Pick<Row<'person'>, 'id' | 'name'> | undefined;
  readonly subject: string;
  readonly facts?: Row<'audit'>['facts'];
};

const headSetting = 'audit-head';
const headSchema = z.object({ seq: z.int(), hash: z.string() });
const pageSize = 500;

/** Appends to the chain. `records` must be those of the transaction that does what is recorded. */
export async function recordAudit(
  records: Records,
  { act, actor, subject, facts = {} }: AuditedAct,
  { clock, newId }: { readonly clock: Clock; readonly newId: NewId },
): Promise<void> {
  const head = await readHead(records);
  const entry = {
    id: newId('aud'),
    seq: (head?.seq ?? 0) + 1,
    at: instant(clock),
    act,
    actorId: actor?.id ?? null,
    actor: actor?.name ?? '',
    subject,
    facts,
    previousHash: head?.hash ?? '',
  };
  const hash = hashOf(entry);
  await records.audit.insert({ ...entry, hash });
  const value = JSON.stringify({ seq: entry.seq, hash });
  if (head === undefined) await records.setting.insert({ id: headSetting, value });
  else await records.setting.update(headSetting, { value });
}

export type Verdict =
  | { readonly intact: true; readonly entries: number }
  /** The first place where the chain is not as it was written. */
  | { readonly intact: false; readonly brokenAt: number };

/** Follows the whole chain, page by page so that others get their turn. */
export async function verifyAudit(records: Records): Promise<Verdict> {
  // Read before the chain: entries appended meanwhile must not look like an end that is too long.
  const head = await readHead(records);
  let seq = 0;
  let previousHash = '';
  while (seq < (head?.seq ?? 0)) {
    const page = await records.audit.find({}, { by: 'seq', after: seq, limit: pageSize });
    if (page.length === 0) return { intact: false, brokenAt: seq + 1 };
    for (const { hash, ...entry } of page) {
      if (entry.seq > (head?.seq ?? 0)) break;
      if (entry.seq !== seq + 1 || entry.previousHash !== previousHash || hashOf(entry) !== hash) {
        return { intact: false, brokenAt: seq + 1 };
      }
      seq = entry.seq;
      previousHash = hash;
    }
  }
  if (previousHash !== (head?.hash ?? '')) return { intact: false, brokenAt: seq };
  if (head === undefined && (await records.audit.find({}, { by: 'seq', limit: 1 })).length > 0) {
    return { intact: false, brokenAt: 1 };
  }
  return { intact: true, entries: seq };
}

/** The newest entries, or those before a position; newest first. */
export async function readAudit(records: Records, before: number | undefined, limit: number): Promise<Row<'audit'>[]> {
  return records.audit.find({}, { by: 'seq', descending: true, limit, after: before });
}

async function readHead(records: Records): Promise<z.infer<typeof headSchema> | undefined> {
  const setting = await records.setting.get(headSetting);
  return setting === undefined ? undefined : headSchema.parse(JSON.parse(setting.value));
}

function hashOf(entry: Omit<Row<'audit'>, 'hash'>): string {
  return createHash('sha256').update(canonical(entry)).digest('hex');
}

/** JSON with the keys of every object in order, so that equal entries are equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
