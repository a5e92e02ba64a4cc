/** The leader's checklist (quality rules 4.5): thirteen lines, numbered from 1. What each is about stands in the word lists. */
export const checklistLines = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] as const;
export type ChecklistLine = (typeof checklistLines)[number];
