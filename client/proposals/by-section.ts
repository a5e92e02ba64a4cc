/** Changes under the names of their sections, in the order of the text. Pure. */
import type { Change } from '../../shared/api/proposals.ts';
import type { Section } from '../../shared/template/sections.ts';

export type SectionOfChanges<T> = {
  readonly key: string;
  readonly section: Section | undefined;
  readonly items: readonly T[];
};

export function bySection<T>(
  items: readonly T[],
  changeOf: (item: T) => Change,
  sections: readonly Section[],
): SectionOfChanges<T>[] {
  const known = sections.map(({ key }) => key);
  const keys = [
    ...known,
    ...new Set(items.map((item) => changeOf(item).sectionKey).filter((key) => !known.includes(key))),
  ];
  return keys.flatMap((key) => {
    const inside = items.filter((item) => changeOf(item).sectionKey === key);
    return inside.length === 0
      ? []
      : [{ key, section: sections.find((section) => section.key === key), items: inside }];
  });
}
