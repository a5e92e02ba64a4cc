/** Fetches an exported file and hands it to the browser; a refusal becomes an `ApiError`, so the dialog can say it. */
import { errorSchema } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { ApiError, announceSignedOut } from '../api/request.ts';

export async function downloadExport(id: DocumentId, as: 'clean' | 'draft', format: string): Promise<void> {
  const response = await fetch(`/api/documents/${id}/export?as=${as}&format=${format}`, { credentials: 'same-origin' });
  if (!response.ok) {
    const parsed = errorSchema.safeParse(await response.json().catch(() => undefined));
    const { code, message, details } = parsed.success
      ? parsed.data.error
      : { code: 'internal', message: '', details: undefined };
    if (code === 'signed_out') announceSignedOut();
    throw new ApiError(code, response.status, message, details);
  }
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(response.headers.get('content-disposition')) ?? `${id}.${format}`;
  link.click();
  // The browser reads the blob when it handles the click; afterwards the address may go.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The name in a Content-Disposition header, the UTF-8 form first. */
export function fileName(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1];
}
