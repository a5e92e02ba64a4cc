/** What a section is called in lists: its short name, or 开头 and 结尾 where it has no heading. */
import type { Section } from '../../shared/template/sections.ts';

export function sectionName(
  section: Section,
  sections: readonly Section[],
  names: { readonly opening: string; readonly closing: string },
): string {
  if (section.level > 0) return section.number + section.tag;
  return sections[0]?.key === section.key ? names.opening : names.closing;
}

/** How a section's length compares with what is usual. */
export function fillOf(
  characters: number,
  [least, most]: readonly [number, number],
): 'empty' | 'short' | 'good' | 'long' {
  if (characters === 0) return 'empty';
  if (characters < least) return 'short';
  return characters > most ? 'long' : 'good';
}
