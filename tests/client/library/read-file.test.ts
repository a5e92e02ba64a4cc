/** [LK19] The words of a file for the library: DOCX as office programs write them, and files that are none. */
import { DeletedTextRun, Document, InsertedTextRun, Packer, Paragraph, Tab, TextRun } from 'docx';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { mostDocxBytes, mostXmlBytes } from '../../../client/library/read-docx.ts';
import { readFile } from '../../../client/library/read-file.ts';
import { mostReferenceLength } from '../../../shared/api/references.ts';

const codeOf = (bytes: Uint8Array) => {
  const read = readFile(bytes);
  return read.ok ? undefined : read.error;
};
const docxOf = (body: string, more: Record<string, Uint8Array> = {}) =>
  zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8(body), ...more });
const xml = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>${body}</w:body></w:document>`;
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;

describe('[LK19] a DOCX', () => {
  test('gives its words, a paragraph a line, as a library writes it', async () => {
    const revision = { id: 1, author: '李四', date: '2022-01-10T01:00:00Z' };
    const paragraphs = [
      new Paragraph({ children: [new TextRun('各级党组：')] }),
      new Paragraph({ children: [] }),
      new Paragraph({
        children: [
          new TextRun('一、'),
          new TextRun({ text: '认真', bold: true }),
          new TextRun({ children: [new Tab(), '学习𠮷 & <看>。'] }),
        ],
      }),
      new Paragraph({
        children: [
          new TextRun('二、'),
          new DeletedTextRun({ text: '没有', ...revision }),
          new InsertedTextRun({ text: '抓好', ...revision }),
          new TextRun('整改。'),
        ],
      }),
    ];
    const bytes = await Packer.toBuffer(new Document({ sections: [{ children: paragraphs }] }));
    expect(readFile(new Uint8Array(bytes))).toEqual({
      ok: true,
      value: '各级党组：\n一、认真 学习𠮷 & <看>。\n二、抓好整改。',
    });
  });

  test('leaves out what is moved away, said twice for older programs, or no letter', () => {
    const body = xml(
      `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>${run('前')}<w:moveFrom>${run('旧处')}</w:moveFrom>` +
        `<mc:AlternateContent><mc:Choice>${run('新')}</mc:Choice><mc:Fallback>${run('新')}</mc:Fallback></mc:AlternateContent>` +
        `<w:r><w:instrText>PAGE</w:instrText><w:br/></w:r>${run('后&#x4E2D;&#22830;')}</w:p>`,
    );
    expect(readFile(docxOf(body))).toEqual({ ok: true, value: '前新\n后中央' });
  });

  test('is refused by a code where it is damaged, cut off or no DOCX', () => {
    const whole = docxOf(xml(`<w:p>${run('学习'.repeat(5000).split('').sort().join(''))}</w:p>`));
    expect(codeOf(whole)).toBeUndefined();
    expect(codeOf(whole.subarray(0, Math.floor(whole.length / 3)))).toBe('damaged');
    expect(codeOf(zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }))).toBe('damaged');
    expect(codeOf(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]))).toBe('damaged');
    expect(codeOf(docxOf('no markup'))).toBe('damaged');
    expect(codeOf(docxOf(`<!DOCTYPE w [<!ENTITY a "学">]>${xml(`<w:p>${run('&a;')}</w:p>`)}`))).toBe('damaged');
    expect(codeOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).toBe('old_word');
    expect(codeOf(docxOf(xml('<w:p/>')))).toBe('no_words');
  });

  test('is refused where it is huge, or becomes huge when it is unpacked', () => {
    const bomb = docxOf(`${xml('')}${' '.repeat(mostXmlBytes)}`);
    expect(bomb.length).toBeLessThan(100_000);
    expect(codeOf(bomb)).toBe('too_large');
    const padded = new Uint8Array(mostDocxBytes + 1);
    padded.set(docxOf(xml(`<w:p>${run('学习')}</w:p>`)));
    expect(codeOf(padded)).toBe('too_large');
    expect(codeOf(docxOf(xml(`<w:p>${run('学'.repeat(mostReferenceLength + 1))}</w:p>`)))).toBe('long');
  });

  test('pays nothing for other parts, however large they are', () => {
    const picture = new Uint8Array(mostXmlBytes + 1);
    expect(readFile(docxOf(xml(`<w:p>${run('学习')}</w:p>`), { 'word/media/image1.png': picture }))).toEqual({
      ok: true,
      value: '学习',
    });
  });
});

test('[LK19] a text file is read as before', () => {
  expect(readFile(new TextEncoder().encode('各级党组：\r\n'))).toEqual({ ok: true, value: '各级党组：\n' });
  expect(codeOf(Uint8Array.from([0, 1, 2, 3]))).toBe('unreadable');
});
