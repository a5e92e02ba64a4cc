import { describe, expect, test } from 'vitest';
import { stepOf } from '../../../client/editor/plugins/reading-caret.ts';

const key = (name: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey', boolean>> = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

describe('the reading caret', () => {
  test('walks by letters, words, lines and to the ends', () => {
    expect(stepOf(key('ArrowRight'))).toEqual({ extend: false, direction: 'right', by: 'character' });
    expect(stepOf(key('ArrowLeft', { ctrlKey: true }))).toEqual({ extend: false, direction: 'left', by: 'word' });
    expect(stepOf(key('ArrowDown'))).toEqual({ extend: false, direction: 'forward', by: 'line' });
    expect(stepOf(key('End', { ctrlKey: true }))).toEqual({
      extend: false,
      direction: 'forward',
      by: 'documentboundary',
    });
  });

  test('selects while Shift is held', () => {
    expect(stepOf(key('ArrowRight', { shiftKey: true }))).toMatchObject({ extend: true });
    expect(stepOf(key('Home', { shiftKey: true }))).toEqual({
      extend: true,
      direction: 'backward',
      by: 'lineboundary',
    });
  });

  test('leaves every other key to the page', () => {
    for (const name of ['Tab', 'Enter', 'a', 'j', 'Escape']) expect(stepOf(key(name))).toBeUndefined();
    expect(stepOf(key('ArrowRight', { altKey: true }))).toBeUndefined();
  });
});
