/** [PP1–PP6] Changes of a proposal in an author's draft, by laws over random texts and by examples a reader would give. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/api/proposals.ts';
import { blockText, type SectionContent } from '../../../shared/document/content.ts';
import { type Plan, planAdoption } from '../../../shared/proposals/adopt.ts';
import { compareProposal, type Proposed } from '../../../shared/proposals/changes.ts';
import { textOf } from '../../../shared/proposals/letters.ts';
import { takeStep } from '../../../shared/proposals/steps.ts';
import { acts, contents, perform, plain, section, wordsOf } from '../../support/proposed-texts.ts';

const runs = { numRuns: 300 };

/** The base, what a reviewer made of it, and an order of adopting. */
const proposals = fc.tuple(contents, acts(), fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 }));

function inOrder(changes: readonly Change[], order: readonly number[]): Change[] {
  return changes
    .map((change, index) => ({ change, rank: order[index % order.length] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ change }) => change);
}

/** Adopts in turn what can be; returns the draft and what came of each. */
function adoptInTurn(proposed: Proposed, draft: readonly SectionContent[], order: readonly Change[]) {
  const adopted = new Set<string>();
  const results: Plan['result'][] = [];
  let text = [...draft];
  for (const change of order) {
    const plan = planAdoption(proposed, change, text, adopted);
    results.push(plan.result);
    if (plan.result === 'conflict') continue;
    if (plan.result === 'step') text = takeStep(text, plan.step);
    adopted.add(change.id);
  }
  return { text, results };
}

describe('adopting on the unchanged draft', () => {
  it('[PP1] gives exactly the proposal’s text when all is adopted, in whatever order', () => {
    fc.assert(
      fc.property(proposals, ([base, edits, order]) => {
        const proposed = compareProposal(base, perform(base, edits, 'reviewer'));
        const { text, results } = adoptInTurn(proposed, base, inOrder(proposed.changes, order));
        expect(results).not.toContain('conflict');
        expect(wordsOf(text)).toEqual(wordsOf(proposed.text));
      }),
      runs,
    );
  });

  it('[PP1] also between two texts that have nothing to do with each other', () => {
    fc.assert(
      fc.property(
        contents,
        contents,
        fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 }),
        (base, other, order) => {
          const proposed = compareProposal(base, other);
          const { text } = adoptInTurn(proposed, base, inOrder(proposed.changes, order));
          expect(wordsOf(text)).toEqual(wordsOf(other));
        },
      ),
      runs,
    );
  });

  it('[PP1] keeps the ids of all blocks that were there, and gives added ones an id of their own', () => {
    fc.assert(
      fc.property(proposals, ([base, edits, order]) => {
        const proposed = compareProposal(base, perform(base, edits, 'reviewer'));
        const { text } = adoptInTurn(proposed, base, inOrder(proposed.changes, order));
        const ids = text.flatMap(({ blocks }) => blocks.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      runs,
    );
  });

  it('[PP2] leaves the draft as it is when all is declined: a plan changes nothing by itself', () => {
    fc.assert(
      fc.property(proposals, ([base, edits]) => {
        const before = structuredClone(base);
        const proposed = compareProposal(base, perform(base, edits, 'reviewer'));
        for (const change of proposed.changes) planAdoption(proposed, change, base, new Set());
        expect(base).toEqual(before);
      }),
      runs,
    );
  });

  it('[PP2] finds no change between equal texts', () => {
    fc.assert(
      fc.property(contents, (base) => {
        expect(compareProposal(base, structuredClone(base)).changes).toEqual([]);
      }),
    );
  });

  it('[PP3] names every change once, the same way each time', () => {
    fc.assert(
      fc.property(proposals, ([base, edits]) => {
        const text = perform(base, edits, 'reviewer');
        const ids = compareProposal(base, text).changes.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(compareProposal(structuredClone(base), structuredClone(text)).changes.map(({ id }) => id)).toEqual(ids);
      }),
      runs,
    );
  });
});

describe('adopting in a draft that its author has changed', () => {
  const stories = fc.tuple(contents, acts(), acts(5), fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 }));

  it('[PP5] writes over nothing but the words the version had: what the author wrote stays', () => {
    fc.assert(
      fc.property(stories, ([base, edits, own, order]) => {
        const proposed = compareProposal(base, perform(base, edits, 'reviewer'));
        let draft = perform(base, own, 'author');
        const adopted = new Set<string>();
        for (const change of inOrder(proposed.changes, order)) {
          const plan = planAdoption(proposed, change, draft, adopted);
          if (plan.result === 'step') {
            checkStep(change, plan, draft);
            draft = takeStep(draft, plan.step);
          }
          if (plan.result !== 'conflict') adopted.add(change.id);
        }
      }),
      runs,
    );
  });

  it('[PP6] hands out both readings of a conflict, word for word, and leaves the draft alone', () => {
    fc.assert(
      fc.property(stories, ([base, edits, own]) => {
        const proposed = compareProposal(base, perform(base, edits, 'reviewer'));
        const draft = perform(base, own, 'author');
        const before = structuredClone(draft);
        for (const change of proposed.changes) {
          const plan = planAdoption(proposed, change, draft, new Set());
          if (plan.result !== 'conflict') continue;
          expect(textOf(plan.theirs)).toContain(proposedWords(change));
          if (plan.place === undefined) continue;
          const { sectionKey, index, from, to } = plan.place;
          const block = draft.find(({ key }) => key === sectionKey)?.blocks[index];
          expect(block === undefined ? undefined : blockText(block).slice(from, to)).toBe(plan.mine);
        }
        expect(draft).toEqual(before);
      }),
      runs,
    );
  });
});

/** A step takes away only what the version had and the reviewer took away. */
function checkStep(change: Change, plan: Extract<Plan, { result: 'step' }>, draft: readonly SectionContent[]): void {
  const { step } = plan;
  if (step.do === 'replace' && change.kind === 'edited') {
    const block = draft.find(({ key }) => key === step.sectionKey)?.blocks[step.index];
    expect(block === undefined ? undefined : blockText(block).slice(step.from, step.to)).toBe(textOf(change.before));
  }
  if (step.do === 'remove' && change.kind === 'removed') {
    const block = draft.find(({ key }) => key === step.sectionKey)?.blocks[step.index];
    expect(block === undefined ? undefined : blockText(block)).toBe(blockText(change.block));
  }
}

function proposedWords(change: Change): string {
  switch (change.kind) {
    case 'edited':
      return textOf(change.after);
    case 'strong':
    case 'form':
      return change.words;
    case 'added':
    case 'moved':
      return blockText(change.block);
    case 'removed':
      return '';
  }
}

describe('as a reader sees it', () => {
  const version = [
    section(
      'problems',
      plain('quality1', '我抓工程质量有偏差，对分包单位监管不严，返工三次。'),
      plain('contract', '我对合同管理抓得不细，有三份补充协议没有送审。'),
      plain('meeting1', '我改进会风不实，调度会开得过长。'),
    ),
  ];
  const edit = (id: string, from: string, to: string, content: readonly SectionContent[] = version) =>
    content.map(({ key, blocks }) => ({
      key,
      blocks: blocks.map((block) => (block.id === id ? plain(id, blockText(block).replace(from, to)) : block)),
    }));
  const only = (proposed: Proposed): Change => {
    expect(proposed.changes.length).toBe(1);
    const [change] = proposed.changes;
    if (change === undefined) throw new Error('no change');
    return change;
  };
  const left = (draft: readonly SectionContent[], plan: Plan): string[] =>
    plan.result === 'step'
      ? takeStep(draft, plan.step).flatMap(({ blocks }) => blocks.map(blockText))
      : [`${plan.result}`];

  it('[PP4] finds the words again when the author has written before and behind them', () => {
    const proposed = compareProposal(version, edit('quality1', '监管不严', '监管流于形式'));
    const draft = edit('quality1', '返工三次', '返工四次，受到通报', edit('quality1', '我抓', '这些年来我抓'));
    const [first] = left(draft, planAdoption(proposed, only(proposed), draft, new Set()));
    expect(first).toBe('这些年来我抓工程质量有偏差，对分包单位监管流于形式，返工四次，受到通报。');
  });

  it('[PP4] finds a paragraph again that the author has cut and pasted elsewhere', () => {
    const proposed = compareProposal(version, edit('contract', '三份', '四份'));
    const draft = [
      section(
        'problems',
        plain('pasted01', blockText(version[0]?.blocks[1] ?? plain('', ''))),
        plain('quality1', '其他'),
      ),
    ];
    expect(left(draft, planAdoption(proposed, only(proposed), draft, new Set()))[0]).toContain('有四份补充协议');
  });

  it('[PP4] puts a paragraph behind the nearest one before it that is still in its section', () => {
    const [one, two, three] = [plain('one00001', '一。'), plain('two00001', '二。'), plain('three001', '三。')];
    const base = [section('problems', one, two, three), section('closing', plain('last0001', '完。'))];
    const text = [section('problems', one, two, plain('fresh001', '新。'), three), ...base.slice(1)];
    const proposed = compareProposal(base, text);
    // The author has moved the one before it to another section.
    const draft = [section('problems', one, three), section('closing', plain('last0001', '完。'), plain('a', ''), two)];
    expect(planAdoption(proposed, only(proposed), draft, new Set())).toMatchObject({
      result: 'step',
      step: { do: 'insert', sectionKey: 'problems', index: 1 },
    });
  });

  it('[PP6] shows both readings where both changed the same words', () => {
    const proposed = compareProposal(version, edit('quality1', '监管不严', '监管流于形式'));
    const draft = edit('quality1', '监管不严', '失察失管');
    const plan = planAdoption(proposed, only(proposed), draft, new Set());
    expect(plan).toMatchObject({ result: 'conflict' });
    if (plan.result !== 'conflict') return;
    expect([plan.mine, textOf(plan.theirs)]).toEqual(['失察失管', '监管流于形式']);
  });

  it('[PP4] says that it is there already when the author has written the same', () => {
    const proposed = compareProposal(version, edit('contract', '三份', '四份'));
    const draft = edit('contract', '三份', '四份');
    expect(planAdoption(proposed, only(proposed), draft, new Set()).result).toBe('there');
  });

  it('[PP4] says so of a paragraph that was put in already, so that it does not come twice', () => {
    const [block] = version[0]?.blocks ?? [];
    if (block === undefined) throw new Error('no block');
    const base = [section('problems', block)];
    const text = [section('problems', block, plain('freshone', '一是思想上有差距。'))];
    const proposed = compareProposal(base, text);
    expect(planAdoption(proposed, only(proposed), text, new Set()).result).toBe('there');
  });

  it('[PP4] says so of emphasis, too', () => {
    const emphasised = (words: string) => {
      const [block] = section('problems', plain('quality1', words)).blocks;
      if (block === undefined) throw new Error('no block');
      return [section('problems', { ...block, runs: [{ text: words, strong: true }] })];
    };
    const words = '质量意识不强。';
    const proposed = compareProposal([section('problems', plain('quality1', words))], emphasised(words));
    const strong = only(proposed);
    expect(strong.kind).toBe('strong');
    expect(planAdoption(proposed, strong, emphasised(words), new Set()).result).toBe('there');
  });

  it('[PP4] says so of a paragraph that is gone, has its form, or stands in its place already', () => {
    const [quality, contract, meeting] = version[0]?.blocks ?? [];
    if (quality === undefined || contract === undefined || meeting === undefined) throw new Error('no blocks');
    const asItem = { ...contract, kind: 'item' } as const;
    for (const text of [
      [section('problems', quality, meeting)],
      [section('problems', quality, asItem, meeting)],
      [section('problems', meeting, quality, contract)],
    ]) {
      const proposed = compareProposal(version, text);
      expect(planAdoption(proposed, only(proposed), text, new Set()).result).toBe('there');
      expect(planAdoption(proposed, only(proposed), version, new Set()).result).toBe('step');
    }
  });

  it('[PP4] leaves a new or a moved paragraph to the author when its section is gone', () => {
    const other = section('closing', plain('last0001', '完。'));
    const [first] = version;
    const moving = first?.blocks[0];
    if (first === undefined || moving === undefined) throw new Error('no blocks');
    const base = [first, other];
    const rest = section('problems', ...first.blocks.slice(1));
    for (const text of [
      [first, section('closing', ...other.blocks, plain('fresh001', '新的一段。'))],
      [rest, section('closing', ...other.blocks, moving)],
    ]) {
      const proposed = compareProposal(base, text);
      expect(planAdoption(proposed, only(proposed), [first], new Set()).result).toBe('conflict');
    }
  });

  it('[PP6] does not remove a paragraph that the author has gone on writing', () => {
    const without = [section('problems', ...(version[0]?.blocks ?? []).filter(({ id }) => id !== 'meeting1'))];
    const proposed = compareProposal(version, without);
    const draft = edit('meeting1', '过长', '过长，去年31次');
    expect(planAdoption(proposed, only(proposed), draft, new Set())).toMatchObject({
      result: 'conflict',
      mine: '我改进会风不实，调度会开得过长，去年31次。',
    });
    expect(left(version, planAdoption(proposed, only(proposed), version, new Set())).length).toBe(2);
  });

  it('[PP3] groups as a reader would: a moved block, an added one, words in a third', () => {
    const [quality, contract, meeting] = version[0]?.blocks ?? [];
    if (quality === undefined || contract === undefined || meeting === undefined) throw new Error('no blocks');
    const text = edit('quality1', '不严', '不严不实', [
      section('problems', meeting, quality, plain('freshone', '一是思想上有差距。'), contract),
    ]);
    const kinds = compareProposal(version, text).changes.map(({ kind, id }) => `${kind} ${id}`);
    expect(kinds).toEqual(['moved meeting1.m', expect.stringMatching(/^edited quality1\.e\.\d+$/), 'added freshone.a']);
  });

  it('[PP3] shows a block that is mostly new as rewritten whole', () => {
    const text = [section('problems', plain('quality1', '思想政治建设抓得不紧，理论武装跟不上形势。'))];
    const base = [section('problems', plain('quality1', '我分管的三个工程去年全部返工。'))];
    expect(only(compareProposal(base, text))).toMatchObject({ kind: 'edited', at: 0, rewritten: true });
  });

  it('[PP3] sees bold phrases and the form of a block as changes of their own', () => {
    const base = [section('problems', plain('quality1', '质量意识不强。我分管的工程返工。'))];
    const text: SectionContent[] = [
      section('problems', {
        id: 'quality1',
        kind: 'item',
        runs: [
          { text: '质量意识不强。', strong: true },
          { text: '我分管的工程返工。', strong: false },
        ],
      }),
    ];
    const { changes } = compareProposal(base, text);
    expect(changes.map(({ kind }) => kind)).toEqual(['form', 'strong']);
    expect(changes[1]).toMatchObject({ words: '质量意识不强。', strong: true });
  });
});
