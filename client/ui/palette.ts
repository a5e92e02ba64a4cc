/** The few colours of the product, for the components' theme. `base.css` holds the same values; a test compares them. */
export const palette = {
  desk: '#f4f2ee',
  paper: '#ffffff',
  hairline: '#e4e0d8',
  ink: '#1f1d1a',
  secondary: '#6b6660',
  accent: '#b0281f',
} as const;

export const uiFont = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
