/** Template versions in the store: loaded once, never changed, because meetings keep the version they were made from. */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Template } from '../../shared/template/template.ts';
import type { Records, Storage } from '../storage/storage.ts';
import { templateRowId } from './meeting-facts.ts';

/** Adds the versions the store does not have yet. */
export async function loadTemplates(storage: Storage, templates: readonly Template[]): Promise<void> {
  await storage.transact(async (records) => {
    for (const template of templates) {
      const id = templateRowId(template.id, template.version);
      if ((await records.template.get(id)) === undefined) await records.template.insert({ id, template });
    }
  });
}

/** The newest version of each template, the newest year first. */
export async function listTemplates(records: Records): Promise<Template[]> {
  const newest = new Map<string, Template>();
  for (const { template } of await records.template.find({})) {
    const known = newest.get(template.id);
    if (known === undefined || known.version < template.version) newest.set(template.id, template);
  }
  return [...newest.values()].sort((a, b) => b.year - a.year || a.id.localeCompare(b.id));
}

/** The newest version of one template. */
export async function newestTemplate(records: Records, id: string): Promise<Result<Template, Refusal>> {
  const template = (await listTemplates(records)).find((candidate) => candidate.id === id);
  return template === undefined ? err(refusal('not_found', `no template ${id}`)) : ok(template);
}
