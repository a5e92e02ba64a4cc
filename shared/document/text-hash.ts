/**
 * The hash by which a page and the server find out whether they hold the same text. It covers every section that has
 * blocks, whatever the template says at the moment: ids, kinds, runs; not the remark anchors.
 */
import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import type * as Y from 'yjs';
import { readSection } from './content.ts';
import { sectionKeyOf } from './schema.ts';

/** SHA-256 over the text as canonical JSON: 32 bytes. */
export function textHash(doc: Y.Doc): Uint8Array {
  const keys = [...doc.share.keys()].map(sectionKeyOf).filter((key) => key !== undefined);
  const sections = keys.sort().map((key) => readSection(doc, key));
  // In Node the digest is a Buffer.
  return new Uint8Array(digest(encodeUtf8(JSON.stringify(sections.filter(({ blocks }) => blocks.length > 0)))));
}
