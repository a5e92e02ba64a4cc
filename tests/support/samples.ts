/** The sample texts of the demo unit with the sections they were written for. */

import { parseSample, readSample, type Sample, type SampleName } from '../../server/demo/sample.ts';
import { conditionsOf } from '../../server/demo/unit.ts';
import { resolveSections, type Section } from '../../shared/template/sections.ts';
import type { Template } from '../../shared/template/template.ts';
import { builtInTemplates } from '../../shared/template/templates.ts';

/** A built-in template by its year. */
export function templateOf(year: number): Template {
  const found = builtInTemplates.find((template) => template.year === year);
  if (found === undefined) throw new Error(`no template for ${year}`);
  return found;
}

/** The 2021 template, which the samples follow. */
export const sampleTemplate: Template = templateOf(2021);

export function sampleSections(name: SampleName): Section[] {
  const kind = name === 'team-material-2021' ? sampleTemplate.team : sampleTemplate.outline;
  return resolveSections(kind, sampleTemplate.aspects, conditionsOf(name));
}

export function sample(name: SampleName): Sample {
  return parseSample(readSample(name), sampleSections(name));
}
