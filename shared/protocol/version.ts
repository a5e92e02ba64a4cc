/**
 * The number of the shared text's schema (nodes, marks, roots). The socket URL carries it; the server refuses another
 * number before the first sync byte, because a page of an older schema deletes what it does not know.
 */
export const schemaNumber = 1;
