/**
 * A frozen text as a file: the one door to DOCX, PDF and TXT. It asks for text and form only; who may have it is decided
 * before.
 *
 * EX1  All formats hold the same text, that of `toOfficialText`.
 * EX2  A `draft` bears 未审定: in the header of every page (DOCX, PDF), across it (PDF), and under the title (all). A `clean` file bears none.
 * EX3  Files hold no revisions, comments, times or names but the unit's; the same text gives the same bytes.
 * EX4  A character that no font has is refused by name (PDF); the other formats leave fonts to their reader.
 */
import type { Refusal } from '../../shared/api/errors.ts';
import type { FrozenText } from '../../shared/document/frozen-text.ts';
import { draftMark } from '../../shared/official/format.ts';
import { type OfficialText, toOfficialText } from '../../shared/official/official-text.ts';
import { ok, type Result, unreachable } from '../../shared/result.ts';
import type { ToPdf } from './pdf.ts';
import { toTxt } from './txt.ts';

export type ExportForm = 'clean' | 'draft';
export type ExportFormat = 'docx' | 'pdf' | 'txt';

export type ExportRequest = {
  readonly text: FrozenText;
  readonly form: ExportForm;
  readonly format: ExportFormat;
  /** Without extension, as the reader shall see it; what file systems refuse is taken out. */
  readonly fileName: string;
  /** The author in the file's properties. */
  readonly unitName: string;
};

export type ExportedFile = {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** With extension; `contentDisposition` puts it into a header. */
  readonly fileName: string;
};

export type ExportText = (request: ExportRequest) => Promise<Result<ExportedFile, Refusal>>;

/** Makes the exporter; `officeFontsDirectory` (FONTS_DIR) holds an office's own fonts for PDF. */
export function createExportText(options: { readonly officeFontsDirectory?: string | undefined } = {}): ExportText {
  const toPdf = whenNeeded(options.officeFontsDirectory);
  return async (request) => {
    const official = toOfficialText(request.text, request.form === 'draft' ? draftMark.words : undefined);
    const bytes = await toBytes(official, request, toPdf);
    if (!bytes.ok) return bytes;
    const name = `${safeFileName(request.fileName)}${request.form === 'draft' ? draftMark.line : ''}`;
    return ok({
      bytes: bytes.value,
      contentType: contentTypes[request.format],
      fileName: `${name}.${request.format}`,
    });
  };
}

/** The typesetter, which weighs much, is loaded with the first PDF. */
function whenNeeded(officeFontsDirectory: string | undefined): ToPdf {
  let made: ToPdf | undefined;
  return async (...request) => {
    made ??= (await import('./pdf.ts')).createPdf(officeFontsDirectory);
    return made(...request);
  };
}

const contentTypes: Readonly<Record<ExportFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
};

async function toBytes(
  text: OfficialText,
  { format, unitName }: ExportRequest,
  toPdf: ToPdf,
): Promise<Result<Uint8Array, Refusal>> {
  switch (format) {
    case 'docx':
      return ok(await (await import('./docx.ts')).toDocx(text, unitName));
    case 'pdf':
      return toPdf(text, unitName);
    case 'txt':
      return ok(toTxt(text));
    default:
      return unreachable(format);
  }
}

/** Without what Windows, Linux or a zip refuses in a name, and not longer than all of them take. */
export function safeFileName(name: string): string {
  const safe = name
    .replace(/[\p{Cc}\p{Cs}<>:"/\\|?*]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[ .]+|[ .]+$/gu, '');
  const short = Array.from(safe).slice(0, 60).join('');
  return short === '' ? '材料' : short;
}

/** The header that offers a file under its name, also to clients that read only ASCII. */
export function contentDisposition(fileName: string): string {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1);
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="text.${extension}"; filename*=UTF-8''${encoded}`;
}
