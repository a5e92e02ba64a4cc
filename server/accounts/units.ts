/** Units: a tree whose root is made at set-up. */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { Unit } from '../../shared/api/people.ts';
import type { UnitId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { instant } from '../clock.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import { type AccountTools, transactOrRefuse } from './tools.ts';
import { viewUnit } from './view-account.ts';

/** All units, parents before their children. */
export async function listUnits(records: Records): Promise<Unit[]> {
  const units = await records.unit.find({}, { by: 'id' });
  const below = (parentId: UnitId | null): Unit[] =>
    units.filter((unit) => unit.parentId === parentId).flatMap((unit) => [viewUnit(unit), ...below(unit.id)]);
  return below(null);
}

export async function createUnit(
  tools: AccountTools,
  actor: Row<'person'>,
  { name, parentId }: { readonly name: string; readonly parentId: UnitId },
): Promise<Result<Unit, Refusal>> {
  return transactOrRefuse(tools.storage, async (records) => {
    const parent = await records.unit.get(parentId);
    if (parent === undefined) return err(refusal('not_found', 'no such unit'));
    const unit: Row<'unit'> = { id: tools.newId('unit'), name, parentId, createdAt: instant(tools.clock) };
    await records.unit.insert(unit);
    await recordAudit(records, { act: 'unit_created', actor, subject: name, facts: { parent: parent.name } }, tools);
    return ok(viewUnit(unit));
  });
}

export async function renameUnit(
  tools: AccountTools,
  actor: Row<'person'>,
  id: UnitId,
  name: string,
): Promise<Result<Unit, Refusal>> {
  return transactOrRefuse(tools.storage, async (records) => {
    const unit = await records.unit.get(id);
    if (unit === undefined) return err(refusal('not_found', 'no such unit'));
    await records.unit.update(id, { name });
    await recordAudit(records, { act: 'unit_renamed', actor, subject: name, facts: { before: unit.name } }, tools);
    return ok(viewUnit({ ...unit, name }));
  });
}
