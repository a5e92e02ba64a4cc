import { describe, expect, test } from 'vitest';
import {
  contentDisposition,
  createExportText,
  type ExportFormat,
  safeFileName,
} from '../../../server/export/export-text.ts';
import { toOfficialText } from '../../../shared/official/official-text.ts';
import { toPlainText } from '../../../shared/official/plain-text.ts';
import { docxParagraphs, docxParts } from '../../support/docx-parts.ts';
import { frozenOf, frozenSample, paragraph } from '../../support/frozen.ts';
import { pdfPages } from '../../support/pdf-text.ts';

const exportText = createExportText();
const lisi = frozenSample('outline-lisi-2021');

async function exported(format: ExportFormat, form: 'clean' | 'draft', text = lisi) {
  const file = await exportText({ text, form, format, fileName: '03-个人发言提纲-李四', unitName: 'XX市XX局' });
  if (!file.ok) throw new Error(file.error.message);
  return file.value;
}

describe('an exported file', () => {
  test.each([
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', [0x50, 0x4b]],
    ['pdf', 'application/pdf', [0x25, 0x50]],
    ['txt', 'text/plain; charset=utf-8', [0xef, 0xbb]],
  ] as const)('is a %s with its type and name', async (format, contentType, magic) => {
    const file = await exported(format, 'clean');
    expect(file).toMatchObject({ contentType, fileName: `03-个人发言提纲-李四.${format}` });
    expect([...file.bytes.slice(0, 2)]).toEqual(magic);
  });

  test('[EX1] as TXT is the plain text for Windows: UTF-8 with a byte order mark and CR LF', async () => {
    const { bytes } = await exported('txt', 'clean');
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes).slice(1);
    expect(text.split('\r\n').join('\n')).toBe(toPlainText(toOfficialText(lisi)));
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('[EX2] says 未审定 in its name and in its text when it is a draft, and nowhere when it is clean', async () => {
    for (const form of ['clean', 'draft'] as const) {
      const [docx, pdf, txt] = [await exported('docx', form), await exported('pdf', form), await exported('txt', form)];
      const texts = [
        docxParagraphs(docxParts(docx.bytes)).join('\n'),
        pdfPages(pdf.bytes)
          .map((page) => page.lines.map((line) => line.text).join('\n'))
          .join('\n'),
        new TextDecoder().decode(txt.bytes),
      ];
      for (const text of texts) expect(text.includes('未审定')).toBe(form === 'draft');
      for (const file of [docx, pdf, txt]) expect(file.fileName.includes('〔未审定〕')).toBe(form === 'draft');
    }
  });

  test('[EX4] is refused as PDF for a character that no font has, and made in the other formats', async () => {
    const text = frozenOf([paragraph('好😀')]);
    const request = { text, form: 'clean', fileName: '材料', unitName: '' } as const;
    expect(await exportText({ ...request, format: 'pdf' })).toMatchObject({
      ok: false,
      error: { code: 'character_without_font', details: { characters: ['😀'] } },
    });
    for (const format of ['docx', 'txt'] as const) expect((await exportText({ ...request, format })).ok).toBe(true);
  });
});

describe('a file’s name', () => {
  test.each([
    ['个人发言提纲-李四', '个人发言提纲-李四'],
    ['a/b\\c:d*e?f"g<h>i|j\u0000\n', 'abcdefghij'],
    [' ..提纲.. ', '提纲'],
    ['??', '材料'],
    ['长'.repeat(100), '长'.repeat(60)],
  ])('%j is offered as %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  test('goes into a header in ASCII and comes out of it whole', () => {
    const header = contentDisposition("提纲(李四)'s *.pdf");
    expect(header).toMatch(/^attachment; filename="text\.pdf"; filename\*=UTF-8''[\w.%~-]+$/);
    expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe("提纲(李四)'s *.pdf");
  });
});
