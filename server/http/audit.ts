/** The audit log, for administrators: acts, names and states, never texts. */
import { Hono } from 'hono';
import { auditAnswer, auditQuery } from '../../shared/api/audit.ts';
import { readAudit, verifyAudit } from '../audit/record-audit.ts';
import type { Identity } from '../identity/identity.ts';
import type { Storage } from '../storage/storage.ts';
import { administratorsOnly, signedIn } from './guards.ts';
import { answer, type Env, readQuery, refuse } from './respond.ts';

export type AuditDeps = { readonly storage: Storage; readonly identity: Identity };

export function auditRoutes({ storage, identity }: AuditDeps): Hono<Env> {
  const { records } = storage;
  return new Hono<Env>().get('/audit', signedIn(identity), administratorsOnly, async (c) => {
    const query = readQuery(c, auditQuery);
    if (!query.ok) return refuse(c, query.error);
    const { before, limit } = query.value;
    const entries = await readAudit(records, before, limit);
    return answer(c, auditAnswer, { entries, intact: (await verifyAudit(records)).intact });
  });
}
