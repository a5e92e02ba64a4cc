/** Fetches an exported file and hands it to the browser; a refusal becomes an `ApiError`, so that the page can say it. */
import type { exportFormats, exportForms } from '../../shared/api/documents.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { refused } from './request.ts';

export async function downloadExport(
  id: DocumentId,
  as: (typeof exportForms)[number],
  format: (typeof exportFormats)[number],
): Promise<void> {
  const response = await fetch(`/api/documents/${id}/export?as=${as}&format=${format}`, { credentials: 'same-origin' });
  if (!response.ok) throw await refused(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileNameOf(response.headers.get('content-disposition')) ?? `${id}.${format}`;
  link.click();
  // The browser reads the file when it handles the click; a minute later the address may go.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The name in a Content-Disposition header, its UTF-8 form first. */
export function fileNameOf(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1];
}
