/**
 * `word/styles.xml` of an exported text: the table of `shared/official/format.ts` as Word styles. Written by hand, because
 * indents in characters, kinsoku and the document grid's switches have no place in the docx library's options.
 *
 * Styles carry every font of every script and the text size stands in the defaults and in Normal alike: the document grid
 * counts its characters from there.
 */
import {
  fonts,
  grid,
  indent,
  type OfficialFont,
  pageNumber,
  sizePt,
  titlePitchTw,
} from '../../shared/official/format.ts';

export const styleIds = {
  title: 'Title',
  mark: 'OfficialMark',
  byline: 'OfficialByline',
  levelOne: 'Heading1',
  levelTwo: 'Heading2',
  text: 'OfficialText',
  header: 'Header',
  oddFooter: 'Footer',
  evenFooter: 'OfficialFooterEven',
} as const;

/** The whole part. */
export function stylesXml(): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>${face(
    fonts.text,
  )}${size(sizePt.text)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>${[
    style(
      'Normal',
      'Normal',
      `${typography}${pitch(grid.linePitchTw)}<w:jc w:val="both"/>`,
      run(fonts.text, sizePt.text),
      {
        isDefault: true,
      },
    ),
    style(
      styleIds.title,
      'Title',
      `<w:keepNext/>${pitch(titlePitchTw)}<w:jc w:val="center"/>`,
      sameFace(fonts.title, sizePt.title),
    ),
    style(styleIds.mark, '未审定', '<w:keepNext/><w:jc w:val="center"/>', run(fonts.levelOne, sizePt.text)),
    style(styleIds.byline, '职务姓名', '<w:keepNext/><w:jc w:val="center"/>', run(fonts.byline, sizePt.text)),
    style(styleIds.text, '公文正文', firstLine, run(fonts.text, sizePt.text)),
    style(styleIds.levelOne, 'heading 1', heading(0), run(fonts.levelOne, sizePt.text), { next: styleIds.text }),
    style(styleIds.levelTwo, 'heading 2', heading(1), run(fonts.levelTwo, sizePt.text), { next: styleIds.text }),
    style(styleIds.header, 'header', '<w:jc w:val="center"/>', run(fonts.levelOne, sizePt.pageNumber)),
    style(styleIds.oddFooter, 'footer', footer('right'), sameFace(fonts.pageNumber, sizePt.pageNumber)),
    style(styleIds.evenFooter, '偶数页页码', footer('left'), sameFace(fonts.pageNumber, sizePt.pageNumber)),
  ].join('')}</w:styles>`;
}

/**
 * Line breaking as Chinese print wants it; no space of its own between Chinese and digits, or 28 characters do not fit.
 *
 * The page declares its grid, but paragraphs do not snap to it: the exact pitch and the spacing of the characters give the
 * same 22 lines of 28, and programs that take a cell smaller than its character for two cells set the text right as well.
 */
const typography =
  '<w:widowControl w:val="0"/><w:kinsoku/><w:wordWrap/><w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd/><w:snapToGrid w:val="0"/>';

const firstLine = `<w:ind w:firstLineChars="${indent.hundredths}" w:firstLine="${indent.tw}"/>`;

function heading(level: number): string {
  return `<w:keepNext/>${firstLine}<w:outlineLvl w:val="${level}"/>`;
}

function footer(side: 'left' | 'right'): string {
  const { indentHundredths, indentTw } = pageNumber;
  const ind = `<w:ind w:${side}Chars="${indentHundredths}" w:${side}="${indentTw}"/>`;
  return `<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>${ind}<w:jc w:val="${side}"/>`;
}

function pitch(twips: number): string {
  return `<w:spacing w:before="0" w:after="0" w:line="${twips}" w:lineRule="exact"/>`;
}

function size(points: number): string {
  const tracking = points === sizePt.text ? `<w:spacing w:val="${grid.characterSpacingTw}"/>` : '';
  return `${tracking}<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`;
}

/** Chinese in `font`, Latin letters and digits in Times New Roman. */
function face(font: OfficialFont): string {
  return `<w:rFonts w:ascii="${fonts.latin}" w:hAnsi="${fonts.latin}" w:eastAsia="${font}" w:cs="${fonts.latin}"/>`;
}

function run(font: OfficialFont, points: number): string {
  return face(font) + size(points);
}

/** One font for every script: the title, and the page number, which is 半角宋体. */
function sameFace(font: OfficialFont, points: number): string {
  return `<w:rFonts w:hint="eastAsia" w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${font}"/>${size(points)}`;
}

type StyleFacts = { readonly isDefault?: boolean; readonly next?: string };

function style(
  id: string,
  name: string,
  pPr: string,
  rPr: string,
  { isDefault = false, next }: StyleFacts = {},
): string {
  return [
    `<w:style w:type="paragraph"${isDefault ? ' w:default="1"' : ''} w:styleId="${id}"><w:name w:val="${name}"/>`,
    isDefault ? '' : '<w:basedOn w:val="Normal"/>',
    next === undefined ? '' : `<w:next w:val="${next}"/>`,
    `<w:qFormat/><w:pPr>${pPr}</w:pPr><w:rPr>${rPr}</w:rPr></w:style>`,
  ].join('');
}
