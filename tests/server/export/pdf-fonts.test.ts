import { describe, expect, test } from 'vitest';
import { loadPdfFonts } from '../../../server/export/pdf-fonts.ts';

describe('the fonts of a PDF', () => {
  test('end every stack with all families, so that a rare character is found wherever it is', async () => {
    const { stacks } = await loadPdfFonts(undefined, () => () => true);
    expect(stacks.text[0]).toBe('FandolFang R');
    expect(stacks.title[0]).toBe('FandolSong');
    expect(stacks.latin).toEqual(['Liberation Serif']);
    for (const stack of [stacks.title, stacks.levelOne, stacks.levelTwo, stacks.text, stacks.pageNumber]) {
      expect(stack).toContain('Duizhao Rare Han');
      expect(new Set(stack).size).toBe(stack.length);
    }
  });

  test('are only those the typesetter finds: another font’s characters count as missing', async () => {
    const fonts = await loadPdfFonts(undefined, () => (family) => family !== 'Duizhao Rare Han');
    expect(fonts.missing('李喆、李喆，陈镕')).toEqual(['喆', '镕']);
    expect(fonts.stacks.text).not.toContain('Duizhao Rare Han');
    expect((await loadPdfFonts(undefined, () => () => true)).missing('李喆、陈镕')).toEqual([]);
  });

  test('need no glyph for joiners, selectors and spaces', async () => {
    const fonts = await loadPdfFonts(undefined, () => () => true);
    expect(fonts.missing('葛\u{e0100}一\ufe00 \u3000\u200b\u00ad')).toEqual([]);
  });
});
