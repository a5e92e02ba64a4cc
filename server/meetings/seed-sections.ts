/** Gives sections that a document gains their first, empty paragraph. The server is the only creator of shared text. */
import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import { blockIdAttribute, rootOf } from '../../shared/document/schema.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { Rooms } from '../rooms/rooms.ts';

/** A section that has stood there before keeps what it holds. */
export async function seedSections(rooms: Rooms, documentId: DocumentId, keys: readonly string[]): Promise<void> {
  await rooms.writeAsServer(documentId, (doc) => {
    for (const key of keys) {
      const fragment = doc.getXmlFragment(rootOf(key));
      if (fragment.length > 0) continue;
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.setAttribute(blockIdAttribute, `s-${randomBytes(9).toString('base64url')}`);
      fragment.insert(0, [paragraph]);
    }
  });
}
