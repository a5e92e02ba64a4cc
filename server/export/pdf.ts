/**
 * The final text as PDF, typeset by typst from `official.typ`. The text goes in as data, so no words of a user can be read as
 * markup; a character that no font has is refused by name.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { draftMark, grid, indent, page, pageNumber, sizePt, titlePitchTw } from '../../shared/official/format.ts';
import type { OfficialText } from '../../shared/official/official-text.ts';
import { toPlainText } from '../../shared/official/plain-text.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { loadPdfFonts, type PdfFonts } from './pdf-fonts.ts';

export type ToPdf = (text: OfficialText, unitName: string) => Promise<Result<Uint8Array, Refusal>>;

const template = readFileSync(new URL('official.typ', import.meta.url), 'utf8');
/** The template reads no files; this is only where typst would look for them. */
const workspace = fileURLToPath(new URL('.', import.meta.url));

type Typesetter = { readonly compiler: NodeCompiler; readonly fonts: PdfFonts };

/** Makes a PDF setter with the product's fonts and those of `officeFontsDirectory`; fonts are read at the first PDF. */
export function createPdf(officeFontsDirectory: string | undefined): ToPdf {
  let loading: Promise<Typesetter> | undefined;
  return async (text, unitName) => {
    loading ??= loadTypesetter(officeFontsDirectory).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    const { compiler, fonts } = await loading;
    const characters = fonts.missing(toPlainText(text));
    if (characters.length > 0) {
      return err(refusal('character_without_font', `no font has ${characters.join(' ')}`, { characters }));
    }
    return ok(setPdf(compiler, dataOf(text, unitName, fonts)));
  };
}

async function loadTypesetter(officeFontsDirectory: string | undefined): Promise<Typesetter> {
  let compiler: NodeCompiler | undefined;
  const fonts = await loadPdfFonts(officeFontsDirectory, (directories) => {
    const created = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [...directories] }] });
    compiler = created;
    return (family) => knowsFamily(created, family);
  });
  if (compiler === undefined) throw new Error('fonts were loaded without asking the typesetter');
  return { compiler, fonts };
}

function knowsFamily(compiler: NodeCompiler, family: string): boolean {
  const result = compiler.compile({ mainFileContent: '#text(font: sys.inputs.family)[]', inputs: { family } });
  return !result.hasError() && result.takeWarnings() === null;
}

/** What the template is given. */
function dataOf(text: OfficialText, unitName: string, fonts: PdfFonts): string {
  return JSON.stringify({
    title: text.title.flat().join(''),
    author: unitName,
    mark: text.markLine === '' ? '' : draftMark.words,
    text: breakable(text),
    fonts: fonts.stacks,
    format: { page, grid, sizePt, titlePitchTw, indent, pageNumber },
  });
}

/**
 * The text with places to break in what has none for a line's length, like a web address or a row of exclamation marks: typst
 * would let it run off the paper. A zero width space is no character of the text: it is neither shown nor found by a search.
 */
function breakable(text: OfficialText): OfficialText {
  const broken = (words: string) =>
    words.replace(/[^\p{Script=Han}\s]{25,}/gu, (row) => Array.from(row).join('\u200b'));
  return {
    ...text,
    byline: broken(text.byline),
    dateLine: broken(text.dateLine),
    paragraphs: text.paragraphs.map((paragraph) => ({
      ...paragraph,
      runs: paragraph.runs.map((run) => ({ ...run, text: broken(run.text) })),
    })),
  };
}

function setPdf(compiler: NodeCompiler, data: string): Uint8Array {
  const compiled = compiler.compile({ mainFileContent: template, inputs: { data } });
  const document = compiled.result;
  if (document === null) {
    throw new Error(`typst could not set the text: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`);
  }
  const pdf = compiler.pdf(document);
  compiler.evictCache(10);
  return pdf;
}
