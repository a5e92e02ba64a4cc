import type { Words } from '../words.ts';
import type { editor as zh } from '../zh/editor.ts';

export const editor: Words<typeof zh> = {};
