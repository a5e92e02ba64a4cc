/** A frozen text: what a version stores, complete without template or meeting. Exports and the hash are made from it alone. */
import { z } from 'zod';
import { sectionSchema } from '../template/sections.ts';
import { sectionContentSchema } from './content.ts';

/** The frozen text with its headings and title lines. */
export const frozenTextSchema = z.object({
  /** Title lines as printed. */
  title: z.array(z.string()).min(1),
  /** 职务 姓名; empty for the team material. */
  byline: z.string(),
  /** （2022年1月20日）, or empty while the date is 待定. */
  dateLine: z.string(),
  sections: z.array(sectionSchema),
  content: z.array(sectionContentSchema),
});
export type FrozenText = z.infer<typeof frozenTextSchema>;
