/** Units as a tree: 市局 → 分局. Pure. */
import type { Unit } from '../../shared/api/people.ts';

export type UnitPlace = {
  readonly unit: Unit;
  readonly depth: number;
  /** Names from the top down to this unit. */
  readonly path: readonly string[];
};

/** Every unit once, each below its parent; a unit whose parent is not in the list stands at the top. */
export function flattenUnits(units: readonly Unit[]): UnitPlace[] {
  const places: UnitPlace[] = [];
  const add = (unit: Unit, depth: number, above: readonly string[]) => {
    if (places.some((place) => place.unit.id === unit.id)) return;
    const path = [...above, unit.name];
    places.push({ unit, depth, path });
    for (const child of units) if (child.parentId === unit.id) add(child, depth + 1, path);
  };
  for (const unit of units) if (!units.some(({ id }) => id === unit.parentId)) add(unit, 0, []);
  return places;
}
