import type { Words } from '../words.ts';
import type { review as zh } from '../zh/review.ts';

export const review: Words<typeof zh> = {};
