import { describe, expect, test } from 'vitest';
import { savedCopies } from '../../../client/room/local-copy.ts';

describe('signing out', () => {
  const names = ['duizhao:user_a:doc_1', 'duizhao:user_a:doc_2', 'duizhao:user_b:doc_1', 'something else'];

  test('forgets the copies of the one who leaves, and nobody else’s', () => {
    expect(savedCopies(names, 'user_a', [])).toEqual(['doc_1', 'doc_2']);
  });

  test('keeps the copy of a text whose words are nowhere else', () => {
    expect(savedCopies(names, 'user_a', ['doc_2'])).toEqual(['doc_1']);
  });
});
