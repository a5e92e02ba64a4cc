import { describe, expect, test } from 'vitest';
import { readSample, sampleNames } from '../../../server/demo/sample.ts';
import { bodyKeys, heading, resolveSections } from '../../../shared/template/sections.ts';
import { conditions, templateSchema } from '../../../shared/template/template.ts';
import { builtInTemplates } from '../../../shared/template/templates.ts';
import { sampleSections, templateOf } from '../../support/samples.ts';

const headingLine = /^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）带头).*$/gm;

describe('the templates that come with the product', () => {
  test.each(sampleNames)('print the headings of %s with their numbers, in order', (name) => {
    const printed = sampleSections(name)
      .filter((section) => section.level > 0)
      .map(heading);
    expect(printed).toEqual(readSample(name).match(headingLine));
  });

  test('cover the years 2021 to 2025, the newest first, with ids and versions that differ', () => {
    expect(builtInTemplates.map((template) => template.year)).toEqual([2025, 2024, 2023, 2022, 2021]);
    expect(new Set(builtInTemplates.map((template) => `${template.id}@${template.version}`)).size).toBe(5);
  });

  test.each([
    [2021, 5, '带头深刻感悟“两个确立”的决定性意义方面'],
    [2022, 6, '带头深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”方面'],
    [2023, 6, '理论学习方面'],
    [2024, 4, '带头严守政治纪律和政治规矩，维护党的团结统一方面'],
    [2025, 5, '带头强化政治忠诚、提高政治能力方面'],
  ])('%i has %i aspects and begins with %s', (year, count, first) => {
    const { aspects } = templateOf(year);
    expect(aspects).toHaveLength(count);
    expect(aspects[0]?.title).toBe(first);
    expect(new Set(aspects.map((aspect) => aspect.key)).size).toBe(count);
  });

  test('the long titles of 2021 are free of the misprints of the notice they come from', () => {
    const words = templateOf(2021)
      .aspects.map((aspect) => aspect.long)
      .join('\n');
    for (const misprint of ['厦职', '方控', '正在故', '不折不担', '力实事', '风险挑的']) {
      expect(words).not.toContain(misprint);
    }
    for (const right of ['履职尽责', '疫情防控', '正在做的工作', '不折不扣', '办实事', '风险挑战的']) {
      expect(words).toContain(right);
    }
  });

  test('use straight quotation marks, half-width commas and spaces nowhere in their Chinese words', () => {
    for (const template of builtInTemplates) {
      const words = JSON.stringify([template.name, template.theme, template.aspects.map((aspect) => aspect.title)]);
      expect(words.replace(/","|\["|"\]|",\["|""/g, '')).not.toMatch(/[ (),;]/);
    }
  });

  test('name every section key once per document kind', () => {
    for (const template of builtInTemplates) {
      for (const kind of [template.outline, template.team]) {
        const keys = resolveSections(kind, template.aspects, conditions).map((section) => section.key);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }
  });

  test('every condition makes a section appear in at least one kind of document, every year', () => {
    for (const template of builtInTemplates) {
      for (const condition of conditions) {
        const plain = [template.outline, template.team].flatMap((kind) => resolveSections(kind, template.aspects, []));
        const with_ = [template.outline, template.team].flatMap((kind) =>
          resolveSections(kind, template.aspects, [condition]),
        );
        expect(with_.length, `${template.id} ${condition}`).toBeGreaterThan(plain.length);
      }
    }
  });

  test('a template with a malformed section key is refused by the schema', () => {
    const template = structuredClone(templateOf(2021));
    expect(templateSchema.safeParse(template).success).toBe(true);
    const [first, ...others] = template.outline.sections;
    const broken = { ...template, outline: { ...template.outline, sections: [{ ...first, key: 'A-1' }, ...others] } };
    expect(templateSchema.safeParse(broken).success).toBe(false);
  });
});

describe('the bodies of a document', () => {
  test('belong to keys that renaming and reordering aspects leave alone', () => {
    const { outline, aspects } = templateOf(2021);
    const before = bodyKeys(resolveSections(outline, aspects, []));
    const renamed = aspects.map((aspect) => ({ ...aspect, title: `新${aspect.title}` }));
    expect(bodyKeys(resolveSections(outline, renamed, []))).toEqual(before);
    const reordered = bodyKeys(resolveSections(outline, [...aspects].reverse(), []));
    expect(reordered).not.toEqual(before);
    expect(reordered.toSorted()).toEqual(before.toSorted());
  });

  test('stay when a condition is switched off and on again', () => {
    const { outline, aspects } = templateOf(2021);
    const withAudit = bodyKeys(resolveSections(outline, aspects, ['audit']));
    expect(bodyKeys(resolveSections(outline, aspects, []))).toEqual(withAudit.filter((key) => key !== 'disclosures'));
    expect(bodyKeys(resolveSections(outline, aspects, ['inquiry']))).toEqual(withAudit);
  });
});
