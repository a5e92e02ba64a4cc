import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sampleNames } from '../../../server/demo/sample.ts';
import { createPdf } from '../../../server/export/pdf.ts';
import type { FrozenText } from '../../../shared/document/frozen-text.ts';
import { grid, page } from '../../../shared/official/format.ts';
import { toOfficialText } from '../../../shared/official/official-text.ts';
import { toPlainText } from '../../../shared/official/plain-text.ts';
import { frozenOf, frozenSample, item, paragraph, section } from '../../support/frozen.ts';
import { type PdfPage, pdfPages, typeArea } from '../../support/pdf-text.ts';

const toPdf = createPdf(undefined);
const unit = 'XX市XX局';
const lisi = frozenSample('outline-lisi-2021');
const top = page.topTw / 20;
const bottom = page.bottomTw / 20;
const left = page.leftTw / 20;
const right = (page.widthTw - page.rightTw) / 20;

async function pdfOf(text: FrozenText, mark?: '未审定'): Promise<Uint8Array> {
  const pdf = await toPdf(toOfficialText(text, mark), unit);
  if (!pdf.ok) throw new Error(pdf.error.message);
  return pdf.value;
}
const pagesOf = async (text: FrozenText, mark?: '未审定') => pdfPages(await pdfOf(text, mark));

/** Everything in the type areas, without the white space that print shows only as distance. */
const lettersOf = (pages: readonly PdfPage[]) =>
  pages
    .flatMap((p) => typeArea(p, top, bottom).map((line) => line.text))
    .join('')
    .replace(/\s/gu, '');
const lettersIn = (text: FrozenText) => toPlainText(toOfficialText(text)).replace(/\s/gu, '');

describe('the PDF', () => {
  test.each(sampleNames)('[EX1] of %s holds the official text, character by character', async (name) => {
    const text = frozenSample(name);
    expect(lettersOf(await pagesOf(text))).toBe(lettersIn(text));
  });

  test('is on A4 and sets 22 lines of 28 characters on a full page, inside the type area', async () => {
    const pages = await pagesOf(frozenOf([paragraph('政'.repeat(28 * 22 * 3))]));
    const full = pages[1];
    if (full === undefined) throw new Error('no second page');
    expect([full.width, full.height]).toEqual([595.3, 841.9]);
    const lines = typeArea(full, top, bottom);
    expect(lines.map((line) => line.text.length)).toEqual(Array.from({ length: grid.lines }, () => grid.characters));
    for (const line of lines) {
      expect(line.left).toBeCloseTo(left, 0);
      expect(Math.abs(line.right - right)).toBeLessThan(0.5);
    }
    const pitches = lines.slice(1).map((line, i) => line.middle - (lines[i]?.middle ?? 0));
    for (const pitch of pitches) expect(pitch).toBeCloseTo(grid.linePitchTw / 20, 2);
  });

  test('begins a paragraph two characters in', async () => {
    const [first] = await pagesOf(frozenOf([paragraph('政'.repeat(60))]));
    const lines = first === undefined ? [] : typeArea(first, top, bottom);
    expect(lines.map((line) => line.text.length)).toEqual([4, 26, 28, 6]);
    expect((lines[1]?.left ?? 0) - left).toBeCloseTo(2 * 15.75, 1);
  });

  test('has its page number 7 mm below the type area, right on odd and left on even pages, one character in', async () => {
    const pages = await pagesOf(lisi);
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((p, index) => {
      const number = p.lines.at(-1);
      expect(number?.text).toBe(`—${index + 1}—`);
      expect(((number?.middle ?? 0) - (page.topTw + page.areaHeightTw) / 20) / 2.8346).toBeCloseTo(7, 0);
      if (index % 2 === 0) expect(number?.right).toBeCloseTo(right - 14, 0);
      else expect(number?.left).toBeCloseTo(left + 14, 0);
    });
  });

  test('leaves no heading alone at the foot of a page', async () => {
    for (let lines = 1; lines <= 22; lines += 1) {
      const text = frozenOf([], {
        sections: [section('a'), section('b', { level: 1, number: '一、', title: '标题在此' })],
        content: [
          { key: 'a', blocks: Array.from({ length: lines }, () => paragraph('行')) },
          { key: 'b', blocks: [paragraph('正文')] },
        ],
      });
      for (const p of await pagesOf(text)) expect(typeArea(p, top, bottom).at(-1)?.text).not.toBe('一、标题在此');
    }
  });

  test('[EX2] bears 未审定 in the header of every page, under the title and across the page when it is a draft', async () => {
    const text = frozenOf([paragraph('政'.repeat(28 * 30))]);
    const pages = await pagesOf(text, '未审定');
    expect(pages.length).toBe(2);
    for (const p of pages) {
      expect(p.lines[0]?.text).toBe('未审定');
      expect(p.lines[0]?.middle).toBeLessThan(top);
      const across = p.lines.map((line) => line.text.replace(/[政—\d]/gu, '')).join('');
      for (const letter of '未审定') expect([...across].filter((c) => c === letter).length).toBeGreaterThan(1);
    }
    expect(pages[0]?.lines.map((line) => line.text)).toContain('〔未审定〕');
    expect(lettersOf(await pagesOf(text))).toBe(lettersIn(text));
  });

  test.each([
    '#let x = 1; #read("/etc/passwd") #panic() #import "a.typ"',
    '*粗* _斜_ $x^2$ `code` = 标题 - 列 + 号 / 项: @引 <标> \\n \\u{41} // 注 /* 注 */ ~ --- "引" \'引\'',
    '<w:p>&amp; ]]> {"json": [1]} \\" \\\\',
  ])('prints markup as it is written: %s', async (words) => {
    const text = frozenOf([paragraph(words), item(`**${words.replaceAll('*', '')}**`)], {
      title: [`《${words}》`],
      byline: words,
      dateLine: words,
    });
    expect(lettersOf(await pagesOf(text))).toBe(lettersIn(text));
  });

  test('sets rare characters of names', async () => {
    const text = frozenOf([paragraph('田𠮷、王㛃、李喆、陈镕、赵堃、**孙玥**')], { byline: '副局长 田𠮷' });
    expect(lettersOf(await pagesOf(text))).toBe(lettersIn(text));
  });

  test('[EX4] refuses characters that no font has by name, each once, wherever they stand', async () => {
    const text = frozenOf([paragraph('好😀好😀👨‍👩‍👧')], { title: ['标题🚩'] });
    const refused = await toPdf(toOfficialText(text), unit);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'character_without_font', details: { characters: ['🚩', '😀', '👨', '👩', '👧'] } },
    });
    expect((await toPdf(toOfficialText(lisi), unit)).ok).toBe(true);
  });

  test('takes a hundred items, an empty text, empty sections and a paragraph of 20,000 characters', async () => {
    for (const text of [
      frozenOf(Array.from({ length: 100 }, (_, i) => item(`第${i + 1}条`))),
      frozenOf([]),
      frozenOf([], { sections: [section('a', { level: 1, number: '一、', title: '问题' })] }),
      frozenOf([paragraph('长'.repeat(20_000))]),
    ]) {
      expect(lettersOf(await pagesOf(text))).toBe(lettersIn(text));
    }
  });

  test.each(['a'.repeat(2_000), '！'.repeat(500), `${'https://'.repeat(30)}。`, `**${'—'.repeat(300)}**`])(
    'keeps what has no place to break on the paper, without a trace in its text: %s',
    async (words) => {
      const text = frozenOf([paragraph(words)], { byline: words.replaceAll('*', '') });
      const pages = await pagesOf(text);
      expect(lettersOf(pages)).toBe(lettersIn(text));
      for (const p of pages) {
        for (const line of p.lines) {
          expect(line.left).toBeGreaterThan(left - 9);
          expect(line.right).toBeLessThan(right + 9);
        }
      }
    },
  );

  test('[EX3] is the same bytes for the same text, without times', async () => {
    const once = await pdfOf(lisi);
    expect(Buffer.compare(once, await pdfOf(structuredClone(lisi)))).toBe(0);
    expect(Buffer.from(once).includes('CreationDate')).toBe(false);
  });
});

describe('an office’s own fonts', () => {
  const directory = mkdtempSync(join(tmpdir(), 'duizhao-fonts-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('win where their names fit, and a file that is no font does no harm', async () => {
    writeFileSync(join(directory, 'broken.ttf'), 'not a font');
    writeFileSync(join(directory, 'cut.otf'), new Uint8Array([0x4f, 0x54, 0x54, 0x4f, 0, 9]));
    writeRenamedFont(join(directory, 'office.otf'));
    const set = createPdf(directory);
    const pdf = await set(toOfficialText(frozenOf([paragraph('正文')])), unit);
    if (!pdf.ok) throw new Error(pdf.error.message);
    expect(fontsIn(pdf.value)).toContain('FandolKai-Regular');
    expect(fontsIn(pdf.value)).not.toContain('FandolFang');
    const ours = fontsIn(await pdfOf(frozenOf([paragraph('正文')])));
    expect(ours).toContain('FandolFang-Regular');
    expect(ours).not.toContain('FandolKai');
  });

  test('that are missing altogether stop nothing but the PDF, with the directory’s name', async () => {
    const set = createPdf(join(directory, 'absent'));
    await expect(set(toOfficialText(lisi), unit)).rejects.toThrow('absent');
  });
});

/** 楷体 of the product under the family name of Windows' 仿宋, so that its glyphs tell which font was taken. */
function writeRenamedFont(path: string): void {
  const font = readFileSync('fonts/FandolKai-Regular.otf');
  const family = Buffer.from('FangSong', 'utf16le').swap16();
  for (let record = 12; record < 12 + 16 * font.readUInt16BE(4); record += 16) {
    if (font.toString('latin1', record, record + 4) !== 'name') continue;
    const table = font.readUInt32BE(record + 8);
    for (let name = table + 6; name < table + 6 + 12 * font.readUInt16BE(table + 2); name += 12) {
      if (font.readUInt16BE(name + 6) !== 1) continue;
      const written = font.readUInt16BE(name) === 3 ? family : Buffer.from('FangSong', 'latin1');
      font.writeUInt16BE(written.length, name + 8);
      written.copy(font, table + font.readUInt16BE(table + 4) + font.readUInt16BE(name + 10));
    }
  }
  writeFileSync(path, font);
}

function fontsIn(pdf: Uint8Array): string {
  return [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/FontName \/[A-Z]{6}\+([\w-]+)/g),
  ]
    .map(([, name]) => name)
    .join(' ');
}
