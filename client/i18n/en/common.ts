import type { Words } from '../words.ts';
import type { common as zh } from '../zh/common.ts';

export const common: Words<typeof zh> = {};
