/** [CK] The example sentences of the list of rules, each put where its rule looks. */
import { describe, expect, test } from 'vitest';
import type { CheckContext } from '../../../shared/checks/context.ts';
import type { RuleId } from '../../../shared/checks/rule-ids.ts';
import { makeComparable } from '../../../shared/likeness/comparable.ts';
import { compareTexts } from '../../../shared/likeness/compare.ts';
import { measureFor, type SourceKind, severityOf } from '../../../shared/likeness/rules.ts';
import { hitsOf, type Written } from '../../support/checked-text.ts';
import { examples } from './examples.ts';

type Placed = { readonly written: Written; readonly context?: Partial<CheckContext> };
type Place = (sentence: string) => Placed;

const inProblems: Place = (sentence) => ({ written: { 'problems.a1': [`#${sentence}`] } });
const inCauses: Place = (sentence) => ({ written: { causes: [sentence] } });
const inMeasures: Place = (sentence) => ({ written: { measures: [`#${sentence}`] } });
const inOpening: Place = (sentence) => ({ written: { opening: [sentence] } });
const inDisclosures: Place = (sentence) => ({ written: { disclosures: [sentence] } });
const asCriticism: Place = (text) => ({
  written: { opening: ['略。'] },
  context: { criticism: [{ from: '王五', to: '李四', text }] },
});
/** As the server finds it: this text compared with that one. */
const against =
  (kind: SourceKind): Place =>
  (sentence) => {
    const [mine = '', other = ''] = sentence.split('║');
    const found = compareTexts(makeComparable([mine]), makeComparable([other]), measureFor(kind));
    const likeness = found.map((match) => ({
      kind,
      severity: severityOf(kind, match),
      sectionKey: 'problems.a1',
      blockId: 'problems.a1-0',
      quote: mine.slice(match.here.from, match.here.to),
    }));
    return { written: { 'problems.a1': [mine] }, context: { likeness } };
  };

/** Where the rules look that do not look at problems. */
const places: Readonly<Partial<Record<RuleId, Place>>> = {
  R04: asCriticism,
  R05: asCriticism,
  R12: inCauses,
  R13: inCauses,
  R14: inCauses,
  R15: inMeasures,
  R16: inOpening,
  R17: inDisclosures,
  R18: inOpening,
  R19: (sentence) => {
    const [problem = '', measure = ''] = sentence.split('→');
    return { written: { 'problems.a1': [`#${problem}`], measures: [`#${measure}`] } };
  },
  R20: against('earlier'),
  R21: against('colleague'),
  R22: inOpening,
  R23: inOpening,
  R24: inOpening,
  R25: asCriticism,
  R26: inOpening,
};

const asked = (rule: RuleId, sentence: string) => {
  const { written, context } = (places[rule] ?? inProblems)(sentence);
  return hitsOf(written, context).filter((hit) => hit.rule === rule);
};

test('[CK1] there are examples for every rule about words', () => {
  expect(examples.map(({ rule }) => rule)).toEqual(
    Array.from({ length: 26 }, (_, index) => `R${String(index + 1).padStart(2, '0')}`),
  );
  expect(examples.flatMap(({ asks, passes }) => [...asks, ...passes])).toHaveLength(130);
});

describe.each(examples)('$rule', ({ rule, asks, passes }) => {
  test.each(asks)('[CK1] asks about: %s', (sentence) => {
    expect(asked(rule, sentence)).not.toEqual([]);
  });

  test.each(passes)('[CK1] passes: %s', (sentence) => {
    expect(asked(rule, sentence)).toEqual([]);
  });
});

describe('the passage of a question', () => {
  test.each(examples)('[CK3] $rule quotes what stands at its offsets', ({ rule, asks }) => {
    for (const sentence of asks) {
      const { written } = (places[rule] ?? inProblems)(sentence);
      const blocks = new Map<string, string>(
        Object.entries(written).flatMap(([key, lines]) =>
          lines.map((line, index) => [`${key}-${index}`, line.replace(/^#/, '')] as const),
        ),
      );
      for (const hit of asked(rule, sentence)) {
        if (hit.blockId === null) continue;
        expect(hit.quote).not.toBe('');
        expect(blocks.get(hit.blockId)?.slice(hit.from, hit.to)).toBe(hit.quote);
      }
    }
  });
});
