/** The route of texts as files. */
import { Hono, type MiddlewareHandler } from 'hono';
import { exportQuery } from '../../shared/api/documents.ts';
import { documentId } from '../../shared/ids.ts';
import { chooseExport } from '../documents/choose-export.ts';
import { contentDisposition, type ExportText } from '../export/export-text.ts';
import type { UseCases } from '../use-cases.ts';
import { type Env, readId, readQuery, refuse } from './respond.ts';

export function exportRoutes(tools: UseCases, exportText: ExportText, signedIn: MiddlewareHandler<Env>): Hono<Env> {
  return new Hono<Env>().get('/documents/:document/export', signedIn, async (c) => {
    const id = readId(c, 'document', documentId);
    if (!id.ok) return refuse(c, id.error);
    const query = readQuery(c, exportQuery);
    if (!query.ok) return refuse(c, query.error);
    const chosen = await chooseExport(tools, c.var.session.person, id.value, query.value);
    if (!chosen.ok) return refuse(c, chosen.error);
    const { text, name, unitName, record } = chosen.value;
    const { as: form, format } = query.value;
    const file = await exportText({ text, form, format, fileName: name, unitName });
    if (!file.ok) return refuse(c, file.error);
    await record();
    const { bytes, contentType, fileName } = file.value;
    // Hono takes bytes over a plain buffer only; the exporter's come from one.
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': contentType,
      'content-disposition': contentDisposition(fileName),
    });
  });
}
