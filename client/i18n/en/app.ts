import type { Words } from '../words.ts';
import type { app as zh } from '../zh/app.ts';

export const app: Words<typeof zh> = {};
