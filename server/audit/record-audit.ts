/**
 * The audit log as a chain: every entry's hash covers its content and the hash before it, so a changed, missing or moved
 * entry shows. The head (last position and hash) stands in a setting of its own, so that a cut-off tail shows too.
 */
import { createHash } from 'node:crypto';
import type { AuditAct } from '../../shared/api/audit.ts';
import type { UserId } from '../../shared/ids.ts';
import { type Clock, instant } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';

export type AuditFacts = Readonly<Record<string, string | number | boolean>>;

export type NewAudit = {
  readonly act: AuditAct;
  /** Undefined for a sign-in of nobody known. */
  readonly actor: { readonly id: UserId; readonly name: string } | undefined;
  readonly subject: string;
  readonly facts?: AuditFacts;
};

/** The hash before the first entry. */
export const genesis = '0'.repeat(64);
const headSetting = 'audit.head';

/** Appends one entry within the caller's transaction, so an act and its entry are stored together or not at all. */
export async function recordAudit(
  records: Records,
  { act, actor, subject, facts = {} }: NewAudit,
  tools: { readonly clock: Clock; readonly newId: NewId },
): Promise<void> {
  const head = await readHead(records);
  const entry = {
    id: tools.newId('aud'),
    seq: head.seq + 1,
    at: instant(tools.clock),
    act,
    actorId: actor?.id ?? null,
    actor: actor?.name ?? '',
    subject,
    facts: { ...facts },
    previousHash: head.hash,
  };
  const hash = hashOf(entry);
  await records.audit.insert({ ...entry, hash });
  const value = JSON.stringify({ seq: entry.seq, hash });
  if (!(await records.setting.update(headSetting, { value }))) await records.setting.insert({ id: headSetting, value });
}

/** What is wrong with the chain, or undefined when it is whole. */
export type Break = { readonly seq: number; readonly why: 'gap' | 'link' | 'content' | 'tail' };

const pageSize = 500;

/** Walks the whole chain from the first entry. */
export async function verifyAudit(records: Records): Promise<Break | undefined> {
  let seq = 0;
  let hash = genesis;
  for (;;) {
    const entries = await records.audit.find({}, { by: 'seq', limit: pageSize, after: seq });
    for (const entry of entries) {
      if (entry.seq !== seq + 1) return { seq: seq + 1, why: 'gap' };
      if (entry.previousHash !== hash) return { seq: entry.seq, why: 'link' };
      if (hashOf(entry) !== entry.hash) return { seq: entry.seq, why: 'content' };
      seq = entry.seq;
      hash = entry.hash;
    }
    if (entries.length < pageSize) break;
  }
  const head = await readHead(records);
  return head.seq === seq && head.hash === hash ? undefined : { seq, why: 'tail' };
}

async function readHead(records: Records): Promise<{ readonly seq: number; readonly hash: string }> {
  const setting = await records.setting.get(headSetting);
  if (setting === undefined) return { seq: 0, hash: genesis };
  const head: unknown = JSON.parse(setting.value);
  if (typeof head !== 'object' || head === null || !('seq' in head) || !('hash' in head)) return { seq: -1, hash: '' };
  return { seq: Number(head.seq), hash: String(head.hash) };
}

/** SHA-256 over the entry's fields in a fixed order. */
export function hashOf(entry: Omit<Row<'audit'>, 'hash'>): string {
  const { id, seq, at, act, actorId, actor, subject, facts, previousHash } = entry;
  const sorted = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([previousHash, seq, id, at, act, actorId, actor, subject, sorted]);
  return createHash('sha256').update(text).digest('hex');
}
