import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockChange } from '../../../shared/api/documents.ts';
import { compareContents } from '../../../shared/compare/compare.ts';
import { type Block, blockText, type SectionContent } from '../../../shared/document/content.ts';
import { sample } from '../../support/samples.ts';

const block = (id: string, text: string, kind: Block['kind'] = 'paragraph'): Block => ({
  id,
  kind,
  runs: text === '' ? [] : [{ text, strong: false }],
});
const section = (key: string, ...blocks: Block[]): SectionContent => ({ key, blocks });
const kinds = (changes: readonly BlockChange[] | undefined) => (changes ?? []).map(({ kind }) => kind);

const quality = '我抓工程质量有偏差。2021年5月城北管网二标段回填不实，监理提了两次，我没有同意返工。';
const contract = '我对合同管理抓得不细。分管的14份工程合同中，有3份补充协议没有送法制科审核。';
const meetings = '我改进会风不实。2021年我主持的工程调度会有31次，其中8次超过两小时。';

describe('compareContents', () => {
  it('finds nothing changed between equal texts', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const found = compareContents(content, structuredClone(content));
        expect(found.changed).toBe(0);
      }),
    );
  });

  it('gives back both texts, whatever was edited, moved, added or removed', () => {
    fc.assert(
      fc.property(contents, contents, (from, to) => {
        const found = compareContents(from, to);
        expect(found.sections.flatMap(({ blocks }) => blocks.map(side('added'))).sort()).toEqual(
          [...textsOf(from), ...found.sections.flatMap(({ blocks }) => blocks.map(side('added')).filter(empty))].sort(),
        );
        for (const { key, blocks } of to) {
          const shown = found.sections.find((candidate) => candidate.key === key)?.blocks ?? [];
          expect(shown.map(side('removed')).join('')).toBe(blocks.map(blockText).join(''));
        }
        expect(found.changed + found.unchanged).toBe(found.sections.flatMap(({ blocks }) => blocks).length);
      }),
      { numRuns: 300 },
    );
  });

  it('follows a block by its id through an edit', () => {
    const found = compareContents(
      [section('a', block('b1', quality), block('b2', contract))],
      [section('a', block('b1', quality), block('b2', `${contract}我签字时没有细看。`))],
    );
    expect(kinds(found.sections[0]?.blocks)).toEqual(['same', 'edited']);
    expect(found.sections[0]?.blocks[1]?.segments.at(-1)).toEqual({ kind: 'added', text: '我签字时没有细看。' });
    expect(found).toMatchObject({ changed: 1, unchanged: 1 });
  });

  it('shows a paragraph cut and pasted elsewhere, which has a new id, as moved', () => {
    const found = compareContents(
      [section('a', block('b1', quality), block('b2', contract), block('b3', meetings))],
      [section('a', block('n9', meetings), block('b1', quality), block('b2', contract))],
    );
    expect(kinds(found.sections[0]?.blocks)).toEqual(['moved', 'same', 'same']);
  });

  it('shows a paragraph that went to another section as moved there and not as removed here', () => {
    const found = compareContents(
      [section('a', block('b1', quality), block('b2', contract)), section('c')],
      [section('a', block('b1', quality)), section('c', block('b2', contract))],
    );
    expect(found.sections.map(({ key, blocks }) => [key, kinds(blocks)])).toEqual([
      ['a', ['same']],
      ['c', ['moved']],
    ]);
  });

  it('shows a paragraph typed anew with a few other words as edited', () => {
    const found = compareContents(
      [section('a', block('b1', quality))],
      [section('a', block('n1', quality.replace('监理提了两次', '监理两次书面提出')))],
    );
    expect(kinds(found.sections[0]?.blocks)).toEqual(['edited']);
  });

  it('does not take two different paragraphs for one', () => {
    const found = compareContents([section('a', block('b1', quality))], [section('a', block('n1', meetings))]);
    expect(kinds(found.sections[0]?.blocks)).toEqual(['removed', 'added']);
  });

  it('counts a bold phrase or another kind of block as an edit whose words are all kept', () => {
    const bold: Block = {
      id: 'b1',
      kind: 'paragraph',
      runs: [
        { text: quality.slice(0, 10), strong: true },
        { text: quality.slice(10), strong: false },
      ],
    };
    for (const now of [bold, block('b1', quality, 'item')]) {
      const [first] = compareContents([section('a', block('b1', quality))], [section('a', now)]).sections;
      expect(first?.blocks).toEqual([
        { blockId: 'b1', kind: 'edited', item: now.kind === 'item', segments: [{ kind: 'same', text: quality }] },
      ]);
    }
  });

  it('keeps what was removed at the place where it stood', () => {
    const found = compareContents(
      [section('a', block('b1', quality), block('b2', contract), block('b3', meetings))],
      [section('a', block('b1', quality), block('b3', meetings))],
    );
    expect(found.sections[0]?.blocks.map(({ blockId, kind }) => [blockId, kind])).toEqual([
      ['b1', 'same'],
      ['b2', 'removed'],
      ['b3', 'same'],
    ]);
  });

  it('shows sections that only one side has', () => {
    const found = compareContents(
      [section('opening', block('b1', quality)), section('disclosure', block('b2', contract))],
      [section('opening', block('b1', quality)), section('closing', block('b3', meetings))],
    );
    expect(found.sections.map(({ key, blocks }) => [key, kinds(blocks)])).toEqual([
      ['opening', ['same']],
      ['disclosure', ['removed']],
      ['closing', ['added']],
    ]);
  });

  it('does not call an empty line a change', () => {
    const found = compareContents(
      [section('a', block('b1', quality))],
      [section('a', block('b1', quality), block('b2', ''))],
    );
    expect(found).toMatchObject({ changed: 0, unchanged: 1 });
  });

  it('reads the revision of a whole outline as its author would tell it', () => {
    const from = sample('outline-lisi-2021').sections.map(({ key, blocks }) =>
      section(
        key,
        ...blocks.map((written, index) => ({ id: `${key}-${index}`, kind: written.kind, runs: [...written.runs] })),
      ),
    );
    const to = from.map(({ key, blocks }) => ({ key, blocks: blocks.flatMap(revise) }));
    const found = compareContents(from, to);
    const changes = found.sections.flatMap(({ blocks }) => blocks).filter(({ kind }) => kind !== 'same');
    expect(changes.map(({ kind }) => kind)).toEqual(['edited', 'added', 'removed']);
    expect(changes[0]?.segments.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'added', text: '我在5月18日的调度会上说过“先通水再说”，' },
    ]);
    expect(found.unchanged).toBe(from.flatMap(({ blocks }) => blocks).length - 2);
  });
});

const empty = (text: string) => text === '';
const side = (without: 'added' | 'removed') => (change: BlockChange) =>
  change.segments.map(({ kind, text }) => (kind === without ? '' : text)).join('');
const textsOf = (content: readonly SectionContent[]) =>
  content.flatMap(({ blocks }) => blocks.map(blockText)).filter((text) => text !== '');

const sentences = [
  quality,
  contract,
  meetings,
  '',
  '一是政治站位不高。',
  quality.slice(0, 20),
  `${contract}整改到位。`,
];
const contents: fc.Arbitrary<SectionContent[]> = fc
  .uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 11 }), text: fc.constantFrom(...sentences) }), {
    selector: ({ id }) => id,
    maxLength: 9,
  })
  .chain((blocks) =>
    fc
      .integer({ min: 0, max: blocks.length })
      .map((cut) => [
        section('a', ...blocks.slice(0, cut).map(({ id, text }) => block(`block-${id}`, text))),
        section('c', ...blocks.slice(cut).map(({ id, text }) => block(`block-${id}`, text))),
      ]),
  );

/** What an author does with three remarks: adds a fact, adds a measure, takes one out. */
function revise(line: Block): Block[] {
  const [before, after, ...more] = blockText(line).split('我为了赶在');
  if (before !== undefined && after !== undefined && more.length === 0) {
    const text = `${before}我在5月18日的调度会上说过“先通水再说”，我为了赶在${after}`;
    return [{ ...line, runs: [{ text, strong: false }] }];
  }
  if (blockText(line).startsWith('2022年3月底前对14份')) {
    return [line, block('new-measure', '2022年4月前把城北二标段的教训向全科通报一次。', 'item')];
  }
  return blockText(line).startsWith('每季度召开') ? [] : [line];
}
