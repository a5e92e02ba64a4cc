/** [CK4] [CK5] What a meeting sets, and what a dismissal is bound to. */
import { describe, expect, test } from 'vitest';
import { check, sameHit } from '../../../shared/checks/check.ts';
import {
  type CheckSettings,
  checkSettingsSchema,
  defaultSettings,
  settingsDigest,
  thresholdNames,
} from '../../../shared/checks/settings.ts';
import { hitsOf, plainContext, textOf } from '../../support/checked-text.ts';

const vague = { 'problems.a1': ['#我深入基层不够，对群众的所思所盼了解不多。'] };
const set = (part: Partial<CheckSettings>): CheckSettings => ({ ...defaultSettings, ...part });
const of = (rule: string, settings: CheckSettings, written: Parameters<typeof hitsOf>[0] = vague) =>
  hitsOf(written, {}, settings).filter((hit) => hit.rule === rule);

describe('[CK4] a meeting', () => {
  test('turns a rule off, and gives it another weight', () => {
    expect(of('R06', defaultSettings).map(({ severity }) => severity)).toEqual(['warn']);
    expect(of('R06', set({ rules: { R06: { on: false, severity: 'warn' } } }))).toEqual([]);
    expect(of('R06', set({ rules: { R06: { on: true, severity: 'block' } } })).map(({ severity }) => severity)).toEqual(
      ['block'],
    );
  });

  test('names what is concrete here', () => {
    const written = { 'problems.a1': ['#我对青年路抓得不够。'] };
    expect(of('R06', defaultSettings, written)).toHaveLength(1);
    expect(of('R06', set({ words: { concrete: ['青年路'] } }), written)).toEqual([]);
  });

  test('names what is no placeholder', () => {
    const written = { opening: ['我联系××路社区。'] };
    expect(of('R22', defaultSettings, written)).toHaveLength(1);
    expect(of('R22', set({ words: { ownNames: ['××路社区'] } }), written)).toEqual([]);
  });

  test('adds its own expressions', () => {
    const written = { opening: ['我在c+中心学习。'] };
    const [hit] = of('R23', set({ words: { replacements: [{ wrong: 'c+中心', right: '指挥中心' }] } }), written);
    expect(hit?.facts).toEqual({ word: 'c+中心', right: '指挥中心' });
  });

  test('sets a threshold', () => {
    const twice = { 'problems.a1': ['#我2021年学得不够，问得不够。'] };
    expect(of('R07', defaultSettings, twice)).toEqual([]);
    expect(of('R07', set({ thresholds: { 'R07.heap': 2 } }), twice)).toHaveLength(1);
  });

  test('cannot set what does not exist or is out of bounds', () => {
    expect(
      checkSettingsSchema.safeParse({ ...defaultSettings, rules: { R99: { on: true, severity: 'warn' } } }).success,
    ).toBe(false);
    for (const name of thresholdNames) {
      expect(checkSettingsSchema.safeParse({ ...defaultSettings, thresholds: { [name]: -1 } }).success).toBe(false);
    }
  });

  test('is told apart by a digest that does not depend on the order of writing', () => {
    const a = set({ rules: { R06: { on: false, severity: 'warn' }, R11: { on: false, severity: 'hint' } } });
    const b = set({ rules: { R11: { severity: 'hint', on: false }, R06: { severity: 'warn', on: false } } });
    expect(settingsDigest(a)).toBe(settingsDigest(b));
    expect(settingsDigest(a)).not.toBe(settingsDigest(defaultSettings));
  });
});

describe('[CK5] what a dismissal is bound to', () => {
  const one = (line: string, key = 'problems.a1') => {
    const [hit] = hitsOf({ [key]: [line] }).filter(({ rule }) => rule === 'R06');
    if (hit === undefined) throw new Error('R06 is asked');
    return hit;
  };

  test('stays while the block is the same, wherever else the text changes', () => {
    const before = one('#我深入基层不够。');
    const [after] = hitsOf({ opening: ['写了开头。'], 'problems.a1': ['#我深入基层不够。'] }).filter(
      ({ rule }) => rule === 'R06',
    );
    expect(after !== undefined && sameHit(before, after)).toBe(true);
  });

  test('goes when a letter of the block changes', () => {
    expect(one('#我深入基层不够。').hash).not.toBe(one('#我深入基层还不够。').hash);
  });

  test('goes when what belongs to the item changes', () => {
    const hash = (more: string) =>
      hitsOf({ 'problems.a1': ['#我深入基层不够。', more] }).find(({ rule }) => rule === 'R06')?.hash;
    expect(hash('没有沉下去。')).not.toBe(hash('没有住下来。'));
  });

  test('of a question about a section stays while its figures are the same', () => {
    const hash = (cause: string) => {
      const { sections, content } = textOf({ causes: [cause] });
      return check({ sections, content }, defaultSettings, plainContext).find(({ rule }) => rule === 'R14')?.hash;
    };
    expect(hash('一是放松了。二是怕。')).toBe(hash('一是思想放松了。二是怕担责。'));
    expect(hash('一是放松了。二是怕。')).not.toBe(hash('一是放松了。'));
  });
});
