import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distribute, similarity } from '../../../client/editor/paste/distribute.ts';
import { decodeEntities, htmlTokens } from '../../../client/editor/paste/html-tokens.ts';
import { appendBlocks, insertBlocks } from '../../../client/editor/paste/insert.ts';
import { itemMarkerLength } from '../../../client/editor/paste/markers.ts';
import { textOf } from '../../../client/editor/paste/pasted.ts';
import { readHtml } from '../../../client/editor/paste/read-html.ts';
import { readText } from '../../../client/editor/paste/read-text.ts';
import { toBlocks } from '../../../client/editor/paste/to-blocks.ts';
import { readSample, sampleNames } from '../../../server/demo/sample.ts';
import { hasLoneSurrogate } from '../../../shared/document/schema.ts';
import { heading } from '../../../shared/template/sections.ts';
import { sample, sampleSections } from '../../support/samples.ts';
import { pair } from './editing.ts';

const none: ReadonlySet<string> = new Set();
const front = { title: '2021年度党史学习教育专题民主生活会个人发言提纲', names: ['李四', '张三', '赵六', '钱七'] };

const word = `<html xmlns:o="urn:x"><head><title>提纲</title><style>p{color:red}</style></head><body>
<!--StartFragment--><!--[if gte mso 9]><xml><o:p>设置</o:p></xml><![endif]-->
<p class=MsoNormal style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]><b>我学习满足于
完成学时。</b>2021年网络学习我有<u>6次</u>边开着<a href="https://example.test/">视频</a>边批文件。<o:p></o:p></p>
<p class=MsoNormal>改<del>删去</del><ins>添上</ins>的<span style='mso-comment-reference:a_1'><a style='mso-comment-reference:a_1'
href="#_msocom_1">[a1]</a></span>话。</p>
<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>
<p><img src="file:///C:/picture.png"></p>
<div style='mso-element:comment-list'><p>这是批注</p></div>
<!--EndFragment--></body></html>`;

describe('what is pasted from Word', () => {
  const pasted = readHtml(word);

  test('becomes paragraphs, items and bold words, wrapped lines joined', () => {
    expect(toBlocks(pasted.paragraphs, none)).toEqual([
      {
        kind: 'item',
        runs: [
          { text: '我学习满足于完成学时。', strong: true, remarks: [] },
          { text: '2021年网络学习我有6次边开着视频边批文件。', strong: false, remarks: [] },
        ],
      },
      { kind: 'paragraph', runs: [{ text: '改添上的话。', strong: false, remarks: [] }] },
      { kind: 'paragraph', runs: [{ text: '甲　乙', strong: false, remarks: [] }] },
      { kind: 'paragraph', runs: [{ text: '丙　丁', strong: false, remarks: [] }] },
    ]);
  });

  test('says what it left out', () => {
    expect(pasted.dropped).toEqual({ emphasis: 1, link: 1, deletion: 1, comment: 1, table: 1, picture: 1 });
  });
});

describe('what is pasted from the web and from our own pages', () => {
  test('numbered lists become items, bullets lose their dots', () => {
    const { paragraphs, dropped } = readHtml('<ol><li>甲</li><li><p>乙</p></li></ol><ul><li>丙</li></ul>');
    expect(toBlocks(paragraphs, none).map((block) => block.kind)).toEqual(['item', 'item', 'paragraph']);
    expect(dropped).toEqual({ bullet: 1 });
  });

  test('a bold wrapper that says it is not bold is not', () => {
    const { paragraphs } = readHtml(
      '<b style="font-weight:normal"><p>甲<span style="font-weight:700">乙</span></p></b>',
    );
    expect(paragraphs[0]?.runs.map((run) => run.strong)).toEqual([false, true]);
  });

  test('anchors of this document come along, foreign ones do not', () => {
    const html =
      '<p data-block="item" data-pm-slice="0 0 []"><span class="remark" data-remark-id="rmk_a">甲</span><span data-remark-id="rmk_b">乙</span></p>';
    expect(toBlocks(readHtml(html).paragraphs, new Set(['rmk_a']))).toEqual([
      {
        kind: 'item',
        runs: [
          { text: '甲', strong: false, remarks: ['rmk_a'] },
          { text: '乙', strong: false, remarks: [] },
        ],
      },
    ]);
  });

  test('a few words copied out of an item are words, not an item', () => {
    expect(readHtml('<p data-block="item" data-pm-slice="1 1 []">几个字</p>').paragraphs[0]?.item).toBe(false);
  });

  test('scripts, styles and hidden words never arrive', () => {
    const { paragraphs } = readHtml(
      '<script>alert("<p>x</p>")</script><style>p{}</style><p>可见<span style="display:none">隐藏</span></p>',
    );
    expect(paragraphs.map(textOf)).toEqual(['可见']);
  });
});

describe('any input', () => {
  test('leaves no control character, half character or empty paragraph', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<b',
      '>',
      '&#55357;',
      '&amp;',
      '\u0007',
      '\ud83d',
      '字',
      ' ',
      '\n',
      '<br>',
      '"',
      '<!--',
      '<table><td>',
      '\u200b',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        for (const { paragraphs } of [readHtml(parts.join('')), readText(parts.join(''))]) {
          for (const paragraph of paragraphs) {
            const text = textOf(paragraph);
            expect(text.trim()).not.toBe('');
            expect(hasLoneSurrogate(text)).toBe(false);
            expect(text).not.toContain('\u0007');
          }
        }
      }),
    );
  });

  test('entities and attributes are read as browsers read them', () => {
    expect(decodeEntities('&ldquo;两个确立&rdquo;&#12289;&#x4E00;&unknown;')).toBe('“两个确立”、一&unknown;');
    expect([...htmlTokens('<a href="x>y" title=z>')]).toEqual([
      { type: 'open', name: 'a', attributes: { href: 'x>y', title: 'z' } },
    ]);
  });
});

describe('numbers', () => {
  test.each([
    ['1.我', 2],
    ['12、我', 3],
    ['（1）我', 3],
    ['（一）我', 3],
    ['①我', 1],
    ['1.5万元', 0],
    ['1.2022年每月', 2],
    ['2.3月底前', 2],
    ['2021年', 0],
    ['一、存在', 0],
  ])('%s has %i letters of number', (text, length) => {
    expect(itemMarkerLength(text)).toBe(length);
  });
});

describe('a whole document', () => {
  test.each(sampleNames)('%s is dealt out exactly as its template has it', (name) => {
    const sections = sampleSections(name);
    const dealt = distribute(
      readText(readSample(name)).paragraphs,
      sections,
      { ...front, title: sample(name).titleBlock.join('') },
      none,
    );
    const wanted = sample(name).sections.filter(({ blocks }) => blocks.length > 0);
    expect(
      dealt?.parts.map(({ key, blocks }) => ({
        key,
        blocks: blocks.map(({ kind, runs }) => [kind, runs.map((run) => run.text).join('')]),
      })),
    ).toEqual(
      wanted.map(({ key, blocks }) => ({
        key,
        blocks: blocks.map(({ kind, runs }) => [kind, runs.map((run) => run.text).join('')]),
      })),
    );
    expect(dealt?.frontLines).toEqual(sample(name).titleBlock);
    expect(dealt?.unknownHeadings).toEqual([]);
  });

  test('headings are found when they are worded or numbered a little differently', () => {
    const sections = sampleSections('outline-lisi-2021');
    const changed = readSample('outline-lisi-2021')
      .replace('一、存在的主要问题', '一、存在问题')
      .replace('（二）带头牢记“国之大者”、履职尽责担当作为方面', '(二) 在牢记"国之大者"、履职尽责担当作为方面')
      .replace('三、原因分析', '四、产生问题的原因分析');
    const dealt = distribute(readText(changed).paragraphs, sections, front, none);
    const bodies = sections.filter((section) => section.hasBody).map(({ key }) => key);
    expect(dealt?.parts.map(({ key }) => key)).toEqual(bodies);
  });

  test('no word of a body is lost, whatever stands between the headings', () => {
    const sections = sampleSections('outline-lisi-2021');
    const bodies = fc.array(
      fc.constantFrom('我学习不够。', '五、另外的问题', '1.第一条', '2021年，他说', '（六）其他'),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(bodies, { minLength: sections.length, maxLength: sections.length }), (texts) => {
        const lines = sections.flatMap((section, index) => [heading(section), ...(texts[index] ?? [])]);
        const dealt = distribute(readText(lines.join('\n')).paragraphs, sections, { title: '', names: [] }, none);
        const kept = dealt?.parts.flatMap(({ blocks }) =>
          blocks.map(({ runs }) => runs.map((run) => run.text).join('')),
        );
        const wanted = texts.flat().map((line) => line.slice(itemMarkerLength(line)));
        expect([...(kept ?? []), ...(dealt?.frontLines ?? [])].sort()).toEqual(wanted.sort());
      }),
    );
  });

  test('one section pasted alone is no whole document', () => {
    const sections = sampleSections('outline-lisi-2021');
    expect(distribute(readText('一、存在的主要问题\n我学习不够。').paragraphs, sections, front, none)).toBeUndefined();
  });

  test('likeness is 1 for the same words and 0 for none in common', () => {
    expect(similarity('原因分析', '原因分析')).toBe(1);
    expect(similarity('原因分析', '整改措施')).toBe(0);
    expect(similarity('产生问题的原因分析', '原因分析')).toBe(0.9);
  });
});

describe('putting blocks in', () => {
  const plain = (text: string) => ({ kind: 'paragraph' as const, runs: [{ text, strong: false, remarks: [] }] });
  const item = (text: string) => ({ kind: 'item' as const, runs: [{ text, strong: false, remarks: [] }] });

  test('one paragraph joins the words around the caret', () => {
    const [editing] = pair(['前后']);
    const [id] = editing.ids;
    editing.caret(0, 1).dispatch(insertBlocks(editing.state, [plain('中')]));
    expect(editing.lines).toEqual(['前中后']);
    expect(editing.ids).toEqual([id]);
    expect(editing.caretAt).toEqual({ block: 0, offset: 2 });
  });

  test('several leave the words behind the caret a paragraph of their own', () => {
    const [editing] = pair(['前后']);
    editing.caret(0, 1).dispatch(insertBlocks(editing.state, [plain('一'), item('二')]));
    expect(editing.lines).toEqual(['前一', '*二', '后']);
    expect(editing.caretAt).toEqual({ block: 1, offset: 1 });
  });

  test('an item is never swallowed by the words before or behind it', () => {
    const [editing] = pair(['前后']);
    editing.caret(0, 1).dispatch(insertBlocks(editing.state, [item('条')]));
    expect(editing.lines).toEqual(['前', '*条', '后']);
    const [atStart] = pair(['后']);
    const [id] = atStart.ids;
    atStart.caret(0, 0).dispatch(insertBlocks(atStart.state, [item('条')]));
    expect(atStart.lines).toEqual(['*条', '后']);
    expect(atStart.ids[1]).toBe(id);
  });

  test('an empty block is filled and keeps its id', () => {
    const [editing] = pair();
    const [id] = editing.ids;
    editing.caret(0, 0).dispatch(insertBlocks(editing.state, [item('一'), plain('二')]));
    expect(editing.lines).toEqual(['*一', '二']);
    expect(editing.ids[0]).toBe(id);
    expect(editing.caretAt).toEqual({ block: 1, offset: 1 });
  });

  test('appending replaces nothing but emptiness', () => {
    const [editing] = pair();
    editing.dispatch(appendBlocks(editing.state, [plain('一')]));
    editing.dispatch(appendBlocks(editing.state, [item('二')]));
    expect(editing.lines).toEqual(['一', '*二']);
  });
});
