/** Where a reader stopped in a document: the block at the top of what he saw. */
import { z } from 'zod';
import { blockIdPattern, sectionKeyPattern } from '../document/schema.ts';

export const bookmarkBody = z.object({
  sectionKey: z.string().regex(sectionKeyPattern),
  blockId: z.string().regex(blockIdPattern),
});
export type Bookmark = z.output<typeof bookmarkBody>;
export const bookmarkAnswer = z.object({ bookmark: bookmarkBody.extend({ at: z.string() }).nullable() });
