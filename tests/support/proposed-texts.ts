/** Texts and what people do to them, for tests of proposals: every act leaves ids as an editor would. */
import fc from 'fast-check';
import type { Block, Run, SectionContent } from '../../shared/document/content.ts';
import { cutRuns, embolden, joinRuns, replaceRuns, textOf } from '../../shared/proposals/letters.ts';

export const plain = (id: string, text: string, kind: Block['kind'] = 'paragraph'): Block => ({
  id,
  kind,
  runs: text === '' ? [] : [{ text, strong: false }],
});

export const section = (key: string, ...blocks: Block[]): SectionContent => ({ key, blocks });

/** The text without ids: what adopting must reproduce to the letter. */
export const wordsOf = (content: readonly SectionContent[]) =>
  content.map(({ key, blocks }) => ({ key, blocks: blocks.map(({ kind, runs }) => ({ kind, runs: joinRuns(runs) })) }));

const words = [
  '学习',
  '教育',
  '加强',
  '我对',
  '工程质量',
  '的',
  '不到位',
  '整改',
  '𠮷',
  '2021年',
  '，',
  '。',
  '一是',
  '监督',
];
const phrase = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }).map((list) => list.join(''));
const runs: fc.Arbitrary<Run[]> = fc
  .array(fc.record({ text: phrase, strong: fc.boolean() }), { maxLength: 4 })
  .map(joinRuns);
const kind = fc.constantFrom<Block['kind']>('paragraph', 'item');
const sectionOf = (key: string): fc.Arbitrary<SectionContent> =>
  fc
    .array(fc.record({ kind, runs }), { maxLength: 6 })
    .map((blocks) => ({ key, blocks: blocks.map((block, index) => ({ ...block, id: `${key}block${index}` })) }));

/** Three sections with blocks of a few words. */
export const contents: fc.Arbitrary<SectionContent[]> = fc
  .tuple(sectionOf('opening'), sectionOf('causes'), sectionOf('closing'))
  .map((sections) => sections);

export type Act = {
  readonly what: 'replace' | 'bold' | 'kind' | 'split' | 'join' | 'insert' | 'remove' | 'move' | 'retype' | 'swap';
  readonly at: number;
  readonly from: number;
  readonly length: number;
  readonly to: number;
  readonly words: string;
  readonly strong: boolean;
};

export const acts = (maxLength = 8): fc.Arbitrary<Act[]> =>
  fc.array(
    fc.record({
      what: fc.constantFrom<Act['what']>(
        'replace',
        'replace',
        'bold',
        'kind',
        'split',
        'join',
        'insert',
        'remove',
        'move',
        'retype',
        'swap',
      ),
      at: fc.nat(30),
      from: fc.nat(20),
      length: fc.nat(6),
      to: fc.nat(30),
      words: phrase,
      strong: fc.boolean(),
    }),
    { maxLength },
  );

/** What an editor makes of a text: new blocks get new ids of `who`, split ones leave theirs with the first part. */
export function perform(content: readonly SectionContent[], list: readonly Act[], who: string): SectionContent[] {
  const sections = content.map(({ key, blocks }) => ({ key, blocks: [...blocks] }));
  list.forEach((act, nth) => {
    const spots = sections.flatMap(({ blocks }) => blocks.map((_, index) => ({ blocks, index })));
    const spot = spots[act.at % Math.max(1, spots.length)];
    const goal = sections[act.to % sections.length]?.blocks ?? [];
    const fresh = `${who}new${nth}-${act.at}`;
    if (act.what === 'insert' || spot === undefined) {
      goal.splice(act.from % (goal.length + 1), 0, plain(fresh, act.words));
      return;
    }
    const { blocks, index } = spot;
    const block = blocks[index];
    if (block !== undefined) actOn(blocks, index, block, goal, act, fresh);
  });
  return sections;
}

function actOn(blocks: Block[], index: number, block: Block, goal: Block[], act: Act, fresh: string): void {
  const text = textOf(block.runs);
  const from = whole(text, act.from % (text.length + 1));
  const to = whole(text, Math.min(text.length, from + act.length));
  switch (act.what) {
    case 'replace':
      blocks[index] = {
        ...block,
        runs: replaceRuns(block.runs, from, to, [{ text: act.words, strong: act.strong }]),
      };
      return;
    case 'bold':
      blocks[index] = { ...block, runs: embolden(block.runs, from, to, act.strong) };
      return;
    case 'kind':
      blocks[index] = { ...block, kind: block.kind === 'item' ? 'paragraph' : 'item' };
      return;
    case 'split':
      blocks.splice(
        index,
        1,
        { ...block, runs: cutRuns(block.runs, 0, from) },
        { ...block, id: fresh, runs: cutRuns(block.runs, from, text.length) },
      );
      return;
    case 'join': {
      const next = blocks[index + 1];
      if (next !== undefined) blocks.splice(index, 2, { ...block, runs: joinRuns([...block.runs, ...next.runs]) });
      return;
    }
    case 'remove':
      blocks.splice(index, 1);
      return;
    case 'move':
      blocks.splice(index, 1);
      goal.splice(act.from % (goal.length + 1), 0, block);
      return;
    case 'retype':
      blocks[index] = { ...block, id: fresh };
      return;
    case 'swap': {
      const next = blocks[index + 1];
      if (next !== undefined) blocks.splice(index, 2, next, block);
      return;
    }
    case 'insert':
      return;
  }
}

/** The offset, or the one before the character it would cut. */
function whole(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}
