import type { Words } from '../words.ts';
import type { errors as zh } from '../zh/errors.ts';

export const errors: Words<typeof zh> = {};
