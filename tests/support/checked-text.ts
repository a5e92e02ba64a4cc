/** Texts to be checked, written down by section: each string is a block, an item where it begins with 「#」. */

import type { SampleName } from '../../server/demo/sample.ts';
import { conditionsOf, people, unitName } from '../../server/demo/unit.ts';
import { check, type Hit, type Text } from '../../shared/checks/check.ts';
import type { CheckContext } from '../../shared/checks/context.ts';
import { type CheckSettings, defaultSettings } from '../../shared/checks/settings.ts';
import type { Block, SectionContent } from '../../shared/document/content.ts';
import { resolveSections } from '../../shared/template/sections.ts';
import type { Condition } from '../../shared/template/template.ts';
import { sample, sampleSections, sampleTemplate } from './samples.ts';

export const plainContext: CheckContext = {
  kind: 'outline',
  ownNames: [unitName],
  people: [],
  theme: '',
  year: 2021,
  conditions: [],
  quota: [1, 100_000],
  speakers: 5,
};

export type Written = Readonly<Record<string, readonly string[]>>;

/** An outline of 2021 (or the team material) with these blocks in these sections. */
export function textOf(
  written: Written,
  {
    kind = 'outline',
    conditions = ['personal_matters'],
  }: { kind?: CheckContext['kind']; conditions?: Condition[] } = {},
): Text {
  const sections = resolveSections(sampleTemplate[kind], sampleTemplate.aspects, conditions);
  return { sections, content: Object.entries(written).map(([key, lines]) => bodyOf(key, lines)) };
}

function bodyOf(key: string, lines: readonly string[]): SectionContent {
  const blocks = lines.map((line, index): Block => {
    const item = line.startsWith('#');
    const text = item ? line.slice(1) : line;
    return {
      id: `${key}-${index}`,
      kind: item ? 'item' : 'paragraph',
      runs: text === '' ? [] : [{ text, strong: false }],
    };
  });
  return { key, blocks };
}

export function hitsOf(
  written: Written,
  context: Partial<CheckContext> = {},
  settings: CheckSettings = defaultSettings,
): Hit[] {
  const given = { ...plainContext, ...context };
  return check(textOf(written, { kind: given.kind }), settings, given);
}

/** A sample text of the demo unit. */
export function sampleText(name: SampleName): Text {
  const { sections } = sample(name);
  return {
    sections: sampleSections(name),
    content: sections.map(({ key, blocks }) => ({
      key,
      blocks: blocks.map(({ kind, runs }, index) => ({ id: `${key}-${index}`, kind, runs: [...runs] })),
    })),
  };
}

/** What the demo's server knows about a sample text. */
export function sampleContext(name: SampleName): CheckContext {
  const kind = name === 'team-material-2021' ? 'team' : 'outline';
  return {
    kind,
    ownNames: [unitName, ...people.flatMap((person) => [person.name, person.duty])],
    people: people.map((person) => person.name),
    theme: sampleTemplate.theme,
    year: sampleTemplate.year,
    conditions: [...conditionsOf(name)],
    quota: sampleTemplate[kind].quota,
    speakers: people.filter(({ position }) => position === 'leader' || position === 'member').length,
  };
}
