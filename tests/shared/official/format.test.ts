import { describe, expect, test } from 'vitest';
import { grid, page, sizePt } from '../../../shared/official/format.ts';

const twipsPerMm = 56.693;

describe('the numbers of GB/T 9704', () => {
  test('margins and type area fill the paper', () => {
    expect(page.leftTw + page.areaWidthTw + page.rightTw).toBe(page.widthTw);
    expect(page.topTw + page.areaHeightTw + page.bottomTw).toBe(page.heightTw);
  });

  test('twips say what millimetres say: 天头 37, 订口 28, 版心 156 × 225', () => {
    for (const [tw, mm] of [
      [page.widthTw, 210],
      [page.heightTw, 297],
      [page.topTw, 37],
      [page.leftTw, 28],
      [page.areaWidthTw, 156],
      [page.areaHeightTw, 225],
    ] as const) {
      expect(Math.abs(tw / twipsPerMm - mm)).toBeLessThan(0.05);
    }
  });

  test('22 lines fit the type area at this pitch and no longer at the next rounder one, 29 pt', () => {
    expect(grid.lines * grid.linePitchTw).toBeLessThanOrEqual(page.areaHeightTw);
    expect(grid.lines * 580).toBeGreaterThan(page.areaHeightTw);
  });

  test('28 characters fit a line by the grid’s spacing and by whole twips, of which four are not enough', () => {
    const width = (spacingTw: number) => grid.characters * (sizePt.text * 20 + spacingTw);
    expect(width((grid.charSpace / 4096) * 20)).toBeLessThan(page.areaWidthTw + 1);
    expect(grid.characterPitchPt).toBeCloseTo(page.areaWidthTw / 20 / grid.characters, 2);
    expect(width(grid.characterSpacingTw)).toBeLessThanOrEqual(page.areaWidthTw);
    expect(width(grid.characterSpacingTw + 1)).toBeGreaterThan(page.areaWidthTw);
  });
});
