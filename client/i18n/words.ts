/** The other language's words: the same keys, a missing or surplus one does not compile. */
export type Words<Chinese> = { readonly [Key in keyof Chinese]: string };
