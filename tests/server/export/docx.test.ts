import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { sampleNames } from '../../../server/demo/sample.ts';
import { toDocx } from '../../../server/export/docx.ts';
import type { FrozenText } from '../../../shared/document/frozen-text.ts';
import { printable, toOfficialText } from '../../../shared/official/official-text.ts';
import { paragraphText, titleBlock } from '../../../shared/official/plain-text.ts';
import { docxParagraphs, docxPart, docxParts } from '../../support/docx-parts.ts';
import { frozenOf, frozenSample, item, paragraph } from '../../support/frozen.ts';
import { elements, only, textOf, type XmlElement } from '../../support/xml.ts';

const unit = 'XX市XX局';
const lisi = frozenSample('outline-lisi-2021');
const open = async (text: FrozenText, mark?: '未审定') => docxParts(await toDocx(toOfficialText(text, mark), unit));
const value = (element: XmlElement, name: string) => only(element, name).attributes['w:val'];
const styleOf = (styles: XmlElement, id: string): XmlElement => {
  const found = elements(styles, 'w:style').find((style) => style.attributes['w:styleId'] === id);
  if (found === undefined) throw new Error(`no style ${id}`);
  return found;
};

describe('the DOCX', () => {
  test.each(sampleNames)('[EX1] of %s holds the official text, paragraph by paragraph', async (name) => {
    const official = toOfficialText(frozenSample(name));
    expect(docxParagraphs(await open(frozenSample(name)))).toEqual([
      ...titleBlock(official),
      ...official.paragraphs.map(paragraphText),
    ]);
  });

  test('declares the page of GB/T 9704: A4, its margins, a grid of 22 lines by 28 characters', async () => {
    const section = only(docxPart(await open(lisi), 'word/document.xml'), 'w:sectPr');
    expect(only(section, 'w:pgSz').attributes).toMatchObject({ 'w:w': '11906', 'w:h': '16838' });
    expect(only(section, 'w:pgMar').attributes).toMatchObject({
      'w:top': '2098',
      'w:right': '1474',
      'w:bottom': '1984',
      'w:left': '1587',
      'w:footer': '1446',
      'w:gutter': '0',
    });
    expect(only(section, 'w:docGrid').attributes).toEqual({
      'w:type': 'linesAndChars',
      'w:linePitch': '579',
      'w:charSpace': '-841',
    });
  });

  test('counts its grid from 16 pt: defaults and Normal say so, with fonts for every script and an exact pitch', async () => {
    const styles = docxPart(await open(lisi), 'word/styles.xml');
    const normal = styleOf(styles, 'Normal');
    for (const holder of [only(styles, 'w:rPrDefault'), normal]) {
      expect([value(holder, 'w:sz'), value(holder, 'w:szCs')]).toEqual(['32', '32']);
      expect(only(holder, 'w:rFonts').attributes).toEqual({
        'w:ascii': 'Times New Roman',
        'w:hAnsi': 'Times New Roman',
        'w:eastAsia': '仿宋_GB2312',
        'w:cs': 'Times New Roman',
      });
    }
    const pPr = only(normal, 'w:pPr');
    expect(only(pPr, 'w:spacing').attributes).toEqual({
      'w:before': '0',
      'w:after': '0',
      'w:line': '579',
      'w:lineRule': 'exact',
    });
    expect(value(only(normal, 'w:rPr'), 'w:spacing')).toBe('-5');
    expect(only(pPr, 'w:kinsoku')).toBeDefined();
    expect(only(pPr, 'w:overflowPunct')).toBeDefined();
    for (const off of ['w:autoSpaceDE', 'w:autoSpaceDN', 'w:widowControl']) expect(value(pPr, off)).toBe('0');
    expect(value(pPr, 'w:jc')).toBe('both');
  });

  test.each([
    ['Title', '方正小标宋简体', '44', 'center'],
    ['OfficialByline', '楷体_GB2312', '32', 'center'],
    ['Heading1', '黑体', '32', undefined],
    ['Heading2', '楷体_GB2312', '32', undefined],
    ['OfficialText', '仿宋_GB2312', '32', undefined],
    ['Footer', '宋体', '28', 'right'],
    ['OfficialFooterEven', '宋体', '28', 'left'],
  ])('sets %s in %s of %s half-points', async (id, font, size, alignment) => {
    const style = styleOf(docxPart(await open(lisi), 'word/styles.xml'), id);
    expect(only(style, 'w:rFonts').attributes['w:eastAsia']).toBe(font);
    expect(value(style, 'w:sz')).toBe(size);
    expect(elements(style, 'w:jc')[0]?.attributes['w:val']).toBe(alignment);
  });

  test('begins text and headings two characters in', async () => {
    const styles = docxPart(await open(lisi), 'word/styles.xml');
    for (const id of ['OfficialText', 'Heading1', 'Heading2']) {
      expect(only(styleOf(styles, id), 'w:ind').attributes).toEqual({
        'w:firstLineChars': '200',
        'w:firstLine': '640',
      });
    }
  });

  test('gives quotes, dashes and dots a Chinese font and the East Asian hint, digits and letters Times New Roman', async () => {
    const parts = await open(frozenOf([paragraph('说“对”、‘好’——对…是·ABC 12①é')]));
    const runs = elements(docxPart(parts, 'word/document.xml'), 'w:r');
    const fontsOf = (words: string) => {
      const run = runs.find((r) => textOf(r).includes(words));
      return run === undefined ? undefined : only(run, 'w:rFonts').attributes;
    };
    const chinese = {
      'w:hint': 'eastAsia',
      'w:ascii': '仿宋_GB2312',
      'w:hAnsi': '仿宋_GB2312',
      'w:eastAsia': '仿宋_GB2312',
      'w:cs': '仿宋_GB2312',
    };
    for (const sign of ['“', '”', '‘', '’', '——', '…', '·', '①']) expect(fontsOf(sign), sign).toEqual(chinese);
    for (const words of ['ABC 12', 'é', '说']) {
      expect(fontsOf(words), words).toMatchObject({ 'w:ascii': 'Times New Roman', 'w:hAnsi': 'Times New Roman' });
      expect(fontsOf(words)).not.toHaveProperty('w:hint');
    }
  });

  test('has page numbers between dashes, right on odd and left on even pages, one field part a run', async () => {
    const parts = await open(lisi);
    expect(elements(docxPart(parts, 'word/settings.xml'), 'w:evenAndOddHeaders')).toHaveLength(1);
    const references = elements(docxPart(parts, 'word/document.xml'), 'w:footerReference');
    expect(references.map((r) => r.attributes['w:type']).toSorted()).toEqual(['default', 'even']);
    const footers = [...parts].filter(([path]) => path.startsWith('word/footer')).map(([, part]) => part);
    expect(footers.map((footer) => value(footer, 'w:pStyle')).toSorted()).toEqual(['Footer', 'OfficialFooterEven']);
    for (const footer of footers) {
      const runs = elements(footer, 'w:r').map((run) =>
        run.children.filter((child) => typeof child !== 'string' && child.name !== 'w:rPr'),
      );
      expect(runs.every((run) => run.length === 1)).toBe(true);
      expect(elements(footer, 'w:fldChar').map((mark) => mark.attributes['w:fldCharType'])).toEqual([
        'begin',
        'separate',
        'end',
      ]);
      expect(textOf(only(footer, 'w:instrText'))).toBe('PAGE');
      expect(elements(footer, 'w:t').map(textOf).join('')).toBe('— 1 —');
    }
  });

  test('breaks a long title by a line break inside one centred paragraph', async () => {
    const [title] = elements(docxPart(await open(lisi), 'word/document.xml'), 'w:p');
    if (title === undefined) throw new Error('no paragraph');
    expect(value(title, 'w:pStyle')).toBe('Title');
    expect(elements(title, 'w:br')).toHaveLength(1);
  });

  test('[EX2] bears 未审定 in the header of odd and even pages and under the title when it is a draft', async () => {
    const parts = await open(lisi, '未审定');
    const headers = [...parts].filter(([path]) => path.startsWith('word/header')).map(([, part]) => textOf(part));
    expect(headers).toEqual(['未审定', '未审定']);
    expect(
      elements(docxPart(parts, 'word/document.xml'), 'w:headerReference')
        .map((r) => r.attributes['w:type'])
        .toSorted(),
    ).toEqual(['default', 'even']);
    expect(docxParagraphs(parts)[1]).toBe('〔未审定〕');
  });

  test('[EX2] bears no mark and no header when it is clean', async () => {
    const parts = await open(lisi);
    expect([...parts.values()].filter((part) => textOf(part).includes('未审定'))).toEqual([]);
    expect([...parts.keys()].filter((path) => path.startsWith('word/header'))).toEqual([]);
  });

  test('[EX3] holds no revisions, comments or times, and no name but the unit’s', async () => {
    const parts = await open(lisi);
    const document = docxPart(parts, 'word/document.xml');
    for (const name of ['w:ins', 'w:del', 'w:commentReference', 'w:rsid']) expect(elements(document, name)).toEqual([]);
    expect([...parts.keys()].filter((path) => /comments|people/.test(path))).toEqual([]);
    const core = docxPart(parts, 'docProps/core.xml');
    expect(textOf(only(core, 'dc:creator'))).toBe(unit);
    expect(textOf(only(core, 'cp:lastModifiedBy'))).toBe(unit);
    expect(elements(core, 'dcterms:created').concat(elements(core, 'dcterms:modified'))).toEqual([]);
  });

  test('[EX3] is the same bytes for the same text', async () => {
    const once = await toDocx(toOfficialText(lisi), unit);
    const again = await toDocx(toOfficialText(structuredClone(lisi)), unit);
    expect(Buffer.compare(once, again)).toBe(0);
    expect(Object.keys(unzipSync(once))[0]).toBe('[Content_Types].xml');
  });

  test('is well formed and whole whatever is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 40 }), async (words) => {
        const texts = [...words, '#[]*_$`\\ <w:p>&amp;]]> 𠮷㛃😀 \u0000\u000b'];
        const paragraphs = docxParagraphs(
          await open(frozenOf(texts.map((text) => paragraph(text.replaceAll('*', ''))))),
        );
        const printed = texts.map((text) => printable(text.replaceAll('*', ''))).filter((text) => text !== '');
        expect(paragraphs).toEqual(['发言提纲', ...printed]);
      }),
      { numRuns: 8 },
    );
  });

  test('takes a hundred items, an empty text and a paragraph of 50,000 characters', async () => {
    const many = docxParagraphs(await open(frozenOf(Array.from({ length: 100 }, (_, i) => item(`第${i + 1}条`)))));
    expect(many.at(-1)).toBe('100.第100条');
    expect(docxParagraphs(await open(frozenOf([])))).toEqual(['发言提纲']);
    const long = '长'.repeat(50_000);
    expect(docxParagraphs(await open(frozenOf([paragraph(long)])))[1]).toBe(long);
  });
});
