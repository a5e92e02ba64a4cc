import { expect, test } from 'vitest';
import { decodeText } from '../../../client/library/decode-text.ts';

const words = '各级党组：\n一、认真学习。';
const utf8 = new TextEncoder().encode('各级党组：\r\n一、认真学习。');
/** 中央 in GBK, as an older editor saves it. */
const gbk = Uint8Array.from([0xd6, 0xd0, 0xd1, 0xeb]);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  view.setUint16(0, 0xfeff, littleEndian);
  [...text].forEach((letter, index) => {
    view.setUint16(2 + index * 2, letter.charCodeAt(0), littleEndian);
  });
  return new Uint8Array(view.buffer);
}

test('a text file is read in the encodings offices have', () => {
  expect(decodeText(utf8)).toBe(words);
  expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]))).toBe(words);
  expect(decodeText(gbk)).toBe('中央');
  expect(decodeText(utf16(words, true))).toBe(words);
  expect(decodeText(utf16(words, false))).toBe(words);
});

test('what is no text is not read', () => {
  expect(decodeText(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00, 0xff, 0xff]))).toBeUndefined();
  expect(decodeText(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toBeUndefined();
});
