/**
 * The numbers of GB/T 9704-2012 that a final text is set with: page, type area, sizes, fonts. DOCX, PDF and the page preview
 * read this table and hold no number of their own.
 *
 * Units are in the names: twips (`Tw`, 1/20 pt, 1 mm = 56.693 tw), points (`Pt`). Numbers follow the standard unless a line
 * says otherwise.
 */

/** 5.2.1, 5.2.2: A4; 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, which leaves 26 mm right and 35 mm below. */
export const page = {
  widthMm: 210,
  heightMm: 297,
  widthTw: 11906,
  heightTw: 16838,
  topTw: 2098,
  leftTw: 1587,
  rightTw: 1474,
  bottomTw: 1984,
  /** 版心: what the margins leave, 156 × 225 mm. */
  areaWidthTw: 8845,
  areaHeightTw: 12756,
} as const;

/**
 * 5.2.3: 22 lines of 28 characters fill the type area. 12756 / 22 = 579.8, so 579 tw (28.95 pt) is the widest exact pitch
 * that keeps 22 lines; rounding it up to 29 pt costs the last one. 8845 / 28 = 315.9 tw is less than 16 pt, so every
 * character gives up a fifth of a point: `charSpace` in 1/4096 pt, as Word's document grid wants it, or five twips where only
 * whole twips can be said (four are not enough).
 */
export const grid = {
  lines: 22,
  characters: 28,
  linePitchTw: 579,
  charSpace: -841,
  characterSpacingTw: -5,
  characterPitchPt: 16 - 841 / 4096,
} as const;

/** 字号 in points: 二号 title, 三号 text, 四号 page number. */
export const sizePt = { title: 22, text: 16, pageNumber: 14 } as const;

/** Exact line pitch of a title of 二号; the standard leaves it free, 33–35 pt is what offices use for titles of two lines. */
export const titlePitchTw = 680;

/** 7.2.1–7.3.3: names as an office's machine knows them; the exact faces are its own, so they are named, never embedded. */
export const fonts = {
  title: '方正小标宋简体',
  levelOne: '黑体',
  levelTwo: '楷体_GB2312',
  text: '仿宋_GB2312',
  byline: '楷体_GB2312',
  pageNumber: '宋体',
  latin: 'Times New Roman',
} as const;
export type OfficialFont = (typeof fonts)[keyof typeof fonts];

/** 7.2.4: text begins two characters in. In hundredths of a character, and in twips for readers that know only those. */
export const indent = { hundredths: 200, tw: 640 } as const;

/**
 * 7.5: page number in 四号 宋体 between two dashes, 7 mm below the type area, one character in from the outer edge: right
 * on odd pages, left on even ones. `footerTw` is the distance of its line's lower edge from the paper's, which puts the middle of
 * the number there: 35 − 7 mm less half a line of 四号.
 */
export const pageNumber = {
  belowAreaMm: 7,
  footerTw: 1446,
  indentHundredths: 100,
  indentTw: 280,
  dash: '—',
} as const;

/** The mark of a text that nobody has approved, and its brackets where it stands in the text. */
export const draftMark = { words: '未审定', line: '〔未审定〕' } as const;
export type DraftMark = (typeof draftMark)['words'];
