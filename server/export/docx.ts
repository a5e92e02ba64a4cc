/**
 * The final text as DOCX: official font names, the document grid of 22 lines by 28 characters, page numbers outside, no
 * revision data. Looks live in `docx-styles.ts`; what the docx library cannot write or would make different on every run is
 * put right in `finish-docx.ts`.
 */
import {
  BuilderElement,
  Document,
  DocumentGridType,
  Footer,
  Header,
  ImportedXmlComponent,
  LineRuleType,
  Packer,
  Paragraph,
  Run,
  TextRun,
} from 'docx';
import { draftMark, fonts, grid, type OfficialFont, page, pageNumber } from '../../shared/official/format.ts';
import type { OfficialParagraph, OfficialRun, OfficialText } from '../../shared/official/official-text.ts';
import { styleIds, stylesXml } from './docx-styles.ts';
import { finishDocx } from './finish-docx.ts';

/** What Word itself sets in every Chinese document. */
const eastAsianLayout = {
  version: 15,
  spaceForUnderline: true,
  balanceSingleByteDoubleByteWidth: true,
  doNotLeaveBackslashAlone: true,
  underlineTrailingSpaces: true,
  doNotExpandShiftReturn: true,
  adjustLineHeightInTable: true,
  useFELayout: true,
} as const;

/** The file's bytes; the same text gives the same bytes. */
export async function toDocx(text: OfficialText, unitName: string): Promise<Uint8Array> {
  const document = new Document({
    title: text.title.flat().join(''),
    creator: unitName,
    lastModifiedBy: unitName,
    evenAndOddHeaderAndFooters: true,
    compatibility: eastAsianLayout,
    sections: [
      {
        properties: {
          page: {
            size: { width: page.widthTw, height: page.heightTw },
            margin: {
              top: page.topTw,
              right: page.rightTw,
              bottom: page.bottomTw,
              left: page.leftTw,
              header: Math.round(page.topTw / 2),
              footer: pageNumber.footerTw,
              gutter: 0,
            },
          },
          grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: grid.linePitchTw, charSpace: grid.charSpace },
        },
        headers: headers(text),
        footers: { default: footer(styleIds.oddFooter), even: footer(styleIds.evenFooter) },
        children: [...titleBlock(text), ...text.paragraphs.map(paragraph)],
      },
    ],
  });
  return finishDocx(await Packer.toBuffer(document), stylesXml());
}

/** Title, mark, byline and date, and one empty line's space under the last of them. */
function titleBlock(text: OfficialText): Paragraph[] {
  const block = [
    ...text.title.map((lines) => ({ style: styleIds.title, lines, font: fonts.title })),
    { style: styleIds.mark, lines: [text.markLine], font: fonts.levelOne },
    { style: styleIds.byline, lines: [text.byline], font: fonts.byline },
    { style: styleIds.byline, lines: [text.dateLine], font: fonts.byline },
  ].filter(({ lines }) => lines.join('') !== '');
  return block.map(({ style, lines, font }, index) => {
    const last = index === block.length - 1;
    const pitch = style === styleIds.title ? undefined : grid.linePitchTw;
    return new Paragraph({
      style,
      ...(last
        ? {
            spacing: {
              after: grid.linePitchTw,
              ...(pitch === undefined ? {} : { line: pitch, lineRule: LineRuleType.EXACT }),
            },
          }
        : {}),
      children: lines.flatMap((line, at) => scriptRuns(line, font, at > 0)),
    });
  });
}

function paragraph(paragraph: OfficialParagraph): Paragraph {
  if (paragraph.kind === 'body') {
    return new Paragraph({ style: styleIds.text, children: paragraph.runs.flatMap(bodyRun) });
  }
  const [style, font] =
    paragraph.level === 1 ? [styleIds.levelOne, fonts.levelOne] : [styleIds.levelTwo, fonts.levelTwo];
  return new Paragraph({ style, children: paragraph.runs.flatMap((run) => scriptRuns(run.text, font)) });
}

function bodyRun(run: OfficialRun): TextRun[] {
  switch (run.style) {
    case 'plain':
      return scriptRuns(run.text, fonts.text);
    case 'strong':
      return scriptRuns(run.text, fonts.text, false, true);
    case 'levelTwo':
      return scriptRuns(run.text, fonts.levelTwo);
  }
}

/**
 * Punctuation and signs that Word takes for Latin and sets narrow in Times: quotes, dashes, dots, circled numbers and the
 * like. Letters of Latin, Greek and Cyrillic are not among them.
 */
const ambiguous = /([\u00a0-\u00bf\u00d7\u00f7\u2000-\u2e7f\ue000-\uf8ff]+)/u;

/**
 * One text as runs: ambiguous signs get a run with the Chinese font for every script and the East Asian hint. So does all of a
 * title: beside the heavy 小标宋 the digits of Times look thin.
 */
function scriptRuns(text: string, font: OfficialFont, breakBefore = false, bold = false): TextRun[] {
  const weight = bold ? { bold: true } : {};
  return text
    .split(ambiguous)
    .filter((part) => part !== '')
    .map((part, index) => {
      const chinese = font === fonts.title || ambiguous.test(part);
      return new TextRun({
        text: part,
        ...weight,
        ...(breakBefore && index === 0 ? { break: 1 } : {}),
        font: chinese
          ? { hint: 'eastAsia', ascii: font, hAnsi: font, eastAsia: font, cs: font }
          : { ascii: fonts.latin, hAnsi: fonts.latin, eastAsia: font, cs: fonts.latin },
      });
    });
}

/** A draft says so on every page; a clean text has no header at all. */
function headers(text: OfficialText): { default?: Header; even?: Header } {
  if (text.markLine === '') return {};
  const header = () =>
    new Header({
      children: [new Paragraph({ style: styleIds.header, children: scriptRuns(draftMark.words, fonts.levelOne) })],
    });
  return { default: header(), even: header() };
}

/** — 1 —, the field in a run for each of its parts: WPS reads no other way. */
function footer(style: string): Footer {
  const mark = (type: 'begin' | 'separate' | 'end') =>
    new Run({
      children: [
        new BuilderElement<{ readonly type: string }>({
          name: 'w:fldChar',
          attributes: { type: { key: 'w:fldCharType', value: type } },
        }),
      ],
    });
  const instruction = new ImportedXmlComponent('w:instrText');
  instruction.push('PAGE');
  return new Footer({
    children: [
      new Paragraph({
        style,
        children: [
          new TextRun(`${pageNumber.dash} `),
          mark('begin'),
          new Run({ children: [instruction] }),
          mark('separate'),
          new TextRun('1'),
          mark('end'),
          new TextRun(` ${pageNumber.dash}`),
        ],
      }),
    ],
  });
}
