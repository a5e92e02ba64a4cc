/** [PP1, PP12] Adopting with the author's hands: real editors over a shared text, steps as the rail would carry them out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createBlock, lettersOf } from '../../../client/editor/binding/shared-block.ts';
import { carryOut, type Hands } from '../../../client/proposals/adopting.ts';
import { overwriting, rephrased } from '../../../client/proposals/chosen-steps.ts';
import { readContent, type SectionContent } from '../../../shared/document/content.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { planAdoption } from '../../../shared/proposals/adopt.ts';
import { compareProposal } from '../../../shared/proposals/changes.ts';
import { takeStep } from '../../../shared/proposals/steps.ts';
import { acts, contents, perform, plain, section, wordsOf } from '../../support/proposed-texts.ts';
import { Editing } from '../editor/editing.ts';

/** A page over this text: an editor for every section. */
function page(content: readonly SectionContent[]): Hands & { content(): SectionContent[] } {
  const doc = new Y.Doc();
  const server = new Y.Doc();
  for (const { key, blocks } of content) {
    const elements = blocks.map(({ id, kind, runs }) =>
      createBlock(
        kind,
        id,
        runs.map((run) => ({ ...run, remarks: [] })),
      ),
    );
    server.getXmlFragment(rootOf(key)).insert(0, elements);
  }
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
  const editors = new Map(content.map(({ key }) => [key, new Editing(doc, key)]));
  return {
    doc,
    history: { separate: () => undefined },
    sectionOf: (key) => {
      const editing = editors.get(key);
      // `Editing` is a view without a screen: it has the state and takes transactions.
      return editing === undefined ? undefined : { view: editing as never };
    },
    content: () => readContent(doc, [...editors.keys()]),
  };
}

/** Without empty lines: an editor puts one into a section that was without a block for a moment. */
const withoutEmptyLines = (content: readonly SectionContent[]) =>
  wordsOf(content).map(({ key, blocks }) => ({ key, blocks: blocks.filter(({ runs }) => runs.length > 0) }));

describe('the author’s hands', () => {
  test('[PP1] adopting everything in the editors gives the proposal’s text', () => {
    fc.assert(
      fc.property(contents, acts(), (base, edits) => {
        const proposed = compareProposal(base, perform(base, edits, 'reviewer'));
        const desk = page(base);
        const adopted = new Set<string>();
        for (const change of proposed.changes) {
          const plan = planAdoption(proposed, change, desk.content(), adopted);
          if (plan.result === 'step') carryOut(desk, plan.step);
          adopted.add(change.id);
        }
        expect(withoutEmptyLines(desk.content())).toEqual(withoutEmptyLines(proposed.text));
      }),
      { numRuns: 150 },
    );
  });

  test('[PP12] notes exactly the letters it put in, under the page’s own client id', () => {
    const base = [section('opening', plain('block001', '我抓工程质量有偏差，对分包单位监管不严，返工三次。'))];
    const text = [section('opening', plain('block001', '我抓工程质量有偏差，对分包单位监管流于形式，返工三次。'))];
    const proposed = compareProposal(base, text);
    const desk = page(base);
    const [change] = proposed.changes;
    if (change === undefined) throw new Error('no change');
    const plan = planAdoption(proposed, change, desk.content(), new Set());
    if (plan.result !== 'step') throw new Error(plan.result);
    const [inserted] = carryOut(desk, plan.step);
    expect(inserted).toMatchObject({ sectionKey: 'opening', blockId: 'block001', clientId: desk.doc.clientID });
    expect(lettersIn(desk.doc, inserted?.from ?? 0, inserted?.to ?? 0)).toBe('流于形式');
  });

  test('[PP12] notes nothing for a change that only takes away', () => {
    const base = [section('opening', plain('block001', '一二三四五六七八九十'), plain('block002', '去掉这一段。'))];
    const proposed = compareProposal(base, [section('opening', plain('block001', '一二三四五六七八九十'))]);
    const desk = page(base);
    const change = proposed.changes.find(({ kind }) => kind === 'removed');
    const plan = change && planAdoption(proposed, change, desk.content(), new Set());
    if (plan?.result !== 'step') throw new Error('no step');
    expect(carryOut(desk, plan.step)).toEqual([]);
    expect(desk.content()[0]?.blocks.map(({ id }) => id)).toEqual(['block001']);
  });

  test('[PP12] leaves the anchor of a remark on the words that take the place of its words', () => {
    const base = [section('opening', plain('block001', '对分包单位监管不严，返工三次。'))];
    const proposed = compareProposal(base, [
      section('opening', plain('block001', '对分包单位监管流于形式，返工三次。')),
    ]);
    const desk = page(base);
    const element = desk.doc.getXmlFragment(rootOf('opening')).get(0);
    if (!(element instanceof Y.XmlElement)) throw new Error('no block');
    const letters = element.get(0);
    if (!(letters instanceof Y.XmlText)) throw new Error('no letters');
    letters.format(5, 4, { 'remark--AAAAAAAA': { id: 'rmk_1' } });
    const [change] = proposed.changes;
    const plan = change && planAdoption(proposed, change, desk.content(), new Set());
    if (plan?.result !== 'step') throw new Error('no step');
    carryOut(desk, plan.step);
    expect(lettersOf(letters)).toBe('对分包单位监管流于形式，返工三次。');
    const marked = (letters.toDelta() as { insert: string; attributes?: object }[]).filter(
      ({ attributes }) => attributes,
    );
    expect(marked.map(({ insert }) => insert).join('')).toBe('监管流于形式');
  });
});

describe('what the author chooses himself', () => {
  const paragraphs = (...texts: string[]) => [
    section('opening', ...texts.map((text, index) => plain(`block00${index}`, text))),
  ];
  const words = (content: readonly SectionContent[]) => wordsOf(content)[0]?.blocks.map(({ runs }) => runs[0]?.text);

  /** The plan of the only change from the version to the proposal, on the author's draft. */
  function planned(version: string[], proposal: string[], own: string[]) {
    const proposed = compareProposal(paragraphs(...version), paragraphs(...proposal));
    const [change, ...more] = proposed.changes;
    if (change === undefined || more.length > 0) throw new Error('not one change');
    const draft = paragraphs(...own);
    return { change, draft, plan: planAdoption(proposed, change, draft, new Set()) };
  }
  function chosen(version: string[], proposal: string[], own: string[]) {
    const { change, draft, plan } = planned(version, proposal, own);
    if (plan.result !== 'conflict') throw new Error(plan.result);
    const step = overwriting(change, plan);
    return step === undefined ? undefined : words(takeStep(draft, step));
  }

  test('[PP5] the proposal’s reading over his own takes away the words both changed and nothing else of the paragraph', () => {
    const version = ['质量意识不强，我分管的工程返工三次。'];
    expect(chosen(version, ['我分管的工程返工三次。'], ['重视不够，我分管的工程返工三次。'])).toEqual([
      '我分管的工程返工三次。',
    ]);
    expect(chosen(version, ['安全意识不强，我分管的工程返工三次。'], ['重视不够，我分管的工程返工三次。'])).toEqual([
      expect.stringMatching(/^安全.*，我分管的工程返工三次。$/),
    ]);
  });

  test('[PP6] a paragraph that was to go goes when he chooses so, and has no place to go from when it is gone', () => {
    const [version, without] = [['第一段留着。', '第二段去掉。'], ['第一段留着。']];
    expect(chosen(version, without, ['第一段留着。', '第二段去掉，我又写了。'])).toEqual(['第一段留着。']);
    const { change, plan } = planned(['对分包单位监管不严。'], ['对分包单位监管流于形式。'], []);
    expect(plan.result === 'conflict' && overwriting(change, plan)).toBeUndefined();
  });

  test('[PP11] a wording of his own stands where the proposal’s would, behind the section when that place is gone, nowhere when it is there', () => {
    const own = [{ text: '我的写法', strong: false }];
    const put = (version: string[], proposal: string[], mine: string[]) => {
      const { change, draft, plan } = planned(version, proposal, mine);
      const step = rephrased(plan, change, own, draft, () => 'newblock');
      return step === undefined ? undefined : words(takeStep(draft, step));
    };
    const [version, proposal] = [['对分包单位监管不严，返工。'], ['对分包单位监管流于形式，返工。']];
    expect(put(version, proposal, version)).toEqual(['对分包单位监管我的写法，返工。']);
    expect(put(version, proposal, ['对分包单位失察失管，返工。'])).toEqual(['对分包单位我的写法，返工。']);
    expect(put(version, [...version, '新的一段。'], version)).toEqual([...version, '我的写法']);
    expect(put(version, proposal, [])).toEqual(['我的写法']);
    expect(put(version, proposal, proposal)).toBeUndefined();
  });
});

/** The letters that this page's client id put in between two clocks. */
function lettersIn(doc: Y.Doc, from: number, to: number): string {
  return (doc.store.clients.get(doc.clientID) ?? [])
    .map((item) =>
      item instanceof Y.Item && item.content instanceof Y.ContentString && !item.deleted
        ? item.content.str.slice(Math.max(0, from - item.id.clock), Math.max(0, to - item.id.clock))
        : '',
    )
    .join('');
}
