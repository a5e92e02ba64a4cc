import type { Words } from '../words.ts';
import type { meetings as zh } from '../zh/meetings.ts';

export const meetings: Words<typeof zh> = {};
