/** [CK18] Punctuation put right with the author's hands: real editors over a shared text, with his history. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { isMendable, mend } from '../../../client/checks/mending.ts';
import { createBlock, runsIn, textsOf } from '../../../client/editor/binding/shared-block.ts';
import { History } from '../../../client/editor/history.ts';
import { check, type Hit } from '../../../shared/checks/check.ts';
import { defaultSettings } from '../../../shared/checks/settings.ts';
import { blockText, readContent } from '../../../shared/document/content.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { plainContext, textOf } from '../../support/checked-text.ts';
import { Editing } from '../editor/editing.ts';

const keys = ['opening', 'causes'];

/** A page over these paragraphs, by section. */
function page(texts: Readonly<Record<string, readonly string[]>>) {
  const server = new Y.Doc();
  for (const [key, lines] of Object.entries(texts)) {
    const blocks = lines.map((text, index) =>
      createBlock('paragraph', `${key}-${index}`, [
        { text: text.slice(0, 4), strong: true, remarks: ['rmk_1'] },
        { text: text.slice(4), strong: false, remarks: [] },
      ]),
    );
    server.getXmlFragment(rootOf(key)).insert(0, blocks);
  }
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
  const editors = new Map(keys.map((key) => [key, new Editing(doc, key)]));
  const history = new History(doc, keys, {
    caret: () => undefined,
    follow: () => undefined,
    settle: () => undefined,
    writable: () => true,
  });
  const content = () => readContent(doc, keys);
  return {
    doc,
    history,
    settle: () => undefined,
    sectionOf: (key: string) => {
      const editing = editors.get(key);
      // `Editing` is a view without a screen: it has the state and takes transactions.
      return editing === undefined ? undefined : { view: editing as never };
    },
    words: () => content().map(({ blocks }) => blocks.map(blockText).filter((text) => text !== '')),
    asked: (): Hit[] =>
      check({ sections: textOf({}).sections, content: content() }, defaultSettings, plainContext).filter(
        ({ rule }) => rule === 'R26',
      ),
  };
}

const texts = {
  opening: ['我学习不紧,联系 实际少，，查摆问题不够...', '（一）、带头方面'],
  causes: ['一.存在的问题', '1、我怕得罪人。《准则》里“原话,照录 不改”。'],
};

test('[CK18] everything is put right, quotations stay, and nothing is asked any more', () => {
  const desk = page(texts);
  expect(mend(desk, desk.asked())).toBe(7);
  expect(desk.words()).toEqual([
    ['我学习不紧，联系实际少，查摆问题不够……', '（一）带头方面'],
    ['一、存在的问题', '1.我怕得罪人。《准则》里“原话,照录 不改”。'],
  ]);
  expect(desk.asked()).toEqual([]);
});

test('[CK18] one undo takes all of it back, and nothing that was there before', () => {
  const desk = page(texts);
  mend(desk, desk.asked());
  desk.history.undo();
  expect(desk.words()).toEqual([texts.opening, texts.causes]);
});

test('[CK18] a single place is put right, and marks around it stay', () => {
  const desk = page({ opening: ['我不紧,联系 实际', '学习。'] });
  const [first] = desk.asked();
  if (first === undefined) throw new Error('a place is asked about');
  expect(mend(desk, [first])).toBe(1);
  expect(desk.words()[0]).toEqual(['我不紧，联系 实际', '学习。']);
  const element = desk.doc.getXmlFragment(rootOf('opening')).get(0) as Y.XmlElement; // made by this page
  const [run] = textsOf(element).flatMap(runsIn);
  expect(run?.text).toBe('我不紧，');
  expect(Object.keys(run?.formats ?? {})).toHaveLength(2);
});

test('[CK18] a place whose words have changed is left alone', () => {
  const desk = page(texts);
  const before = desk.asked();
  mend(desk, before);
  const after = desk.words();
  expect(mend(desk, before)).toBe(0);
  expect(desk.words()).toEqual(after);
});

test('[CK18] where only the author can know, nothing is offered', () => {
  const desk = page({ opening: ['我学习《准则的内容', '我没有学好。。。'] });
  expect(desk.asked().map((hit) => [hit.quote, isMendable(hit)])).toEqual([
    ['《准则的内容', false],
    ['。。。', false],
  ]);
  expect(mend(desk, desk.asked())).toBe(0);
});
