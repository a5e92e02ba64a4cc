import type { Words } from '../words.ts';
import type { admin as zh } from '../zh/admin.ts';

export const admin: Words<typeof zh> = {};
