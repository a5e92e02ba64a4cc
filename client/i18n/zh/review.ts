/** Chinese words of the `review` part of the interface; `en/review.ts` must have the same keys. */
export const review = {} as const;
