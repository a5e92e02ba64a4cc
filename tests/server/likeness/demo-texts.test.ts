/** How often the demo unit's five texts are called alike. */
import { expect, test } from 'vitest';
import { parseSample, readSample, sampleText } from '../../../server/demo/sample.ts';
import { conditionsOf, meeting, reference, texts, unitName } from '../../../server/demo/unit.ts';
import { makeComparable } from '../../../shared/likeness/comparable.ts';
import { compareCorpus, compareTexts } from '../../../shared/likeness/compare.ts';
import { FixedText } from '../../../shared/likeness/fixed-text.ts';
import { measureFor } from '../../../shared/likeness/rules.ts';
import { usualPhrases } from '../../../shared/likeness/usual-phrases.ts';
import { resolveSections } from '../../../shared/template/sections.ts';
import { builtInTemplates } from '../../../shared/template/templates.ts';

/** The blocks of each text without its closing, and what is fixed in all of them. */
function demoTexts() {
  const template = builtInTemplates.find(({ year }) => year === meeting.templateYear);
  if (template === undefined) throw new Error('no template');
  const { aspects, theme, outline, team } = template;
  const titles = aspects.flatMap(({ title, long }) => [title, long]);
  const blocks = texts.map(({ sample, owner }) => {
    const sections = resolveSections(owner === undefined ? team : outline, aspects, conditionsOf(sample));
    return parseSample(readSample(sample), sections)
      .sections.filter(({ key }) => key !== 'closing')
      .flatMap((section) => sampleText(section).split('\n'));
  });
  return { blocks, fixed: new FixedText([...usualPhrases, theme, unitName, ...titles]) };
}

test('[LK16] the notice in the demo’s library and the five texts have no run in common', () => {
  const { blocks, fixed } = demoTexts();
  const notice = makeComparable(reference.text.split('\n'), fixed);
  expect(blocks.flatMap((list) => compareTexts(makeComparable(list, fixed), notice, measureFor('reference')))).toEqual(
    [],
  );
});

test('[LK4] two of the five tell one fact in nearly the same words, and nothing else is alike', () => {
  const { blocks, fixed } = demoTexts();
  const found = compareCorpus(
    blocks.map((list) => makeComparable(list, fixed)),
    measureFor('colleague'),
  );
  const told = found.map((matches, own) =>
    matches.map(({ here }) => (blocks[own]?.[here.block] ?? '').slice(here.from, here.to)),
  );
  expect(told).toEqual([
    [],
    [],
    [],
    ['对科级干部提醒谈话5人次，都在问题发生之后'],
    ['全年对科级干部提醒谈话5人次，均在问题发生之后'],
  ]);
});
