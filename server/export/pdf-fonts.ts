/**
 * Which fonts a PDF is set with: the office's own where their names fit, then the free ones of `fonts/`, then whatever else
 * has the character. Knows which characters nobody has, so that none is ever printed as a box.
 */
import { fileURLToPath } from 'node:url';
import { covers, type FontFace, readFontFaces } from './font-files.ts';

/** Families by element, the first that exists wins; the last of each comes with the product. */
const wanted = {
  title: ['方正小标宋简体', 'FZXiaoBiaoSong-B05S', '方正小标宋_GBK', 'FZXiaoBiaoSong-B05', '小标宋体', 'FandolSong'],
  levelOne: ['黑体', 'SimHei', '方正黑体_GBK', 'FandolHei'],
  levelTwo: ['楷体_GB2312', 'KaiTi_GB2312', '楷体', 'KaiTi', '方正楷体_GBK', 'FandolKai'],
  text: ['仿宋_GB2312', 'FangSong_GB2312', '仿宋', 'FangSong', '方正仿宋_GBK', 'FandolFang R'],
  pageNumber: ['宋体', 'SimSun', 'FandolSong'],
  latin: ['Times New Roman', 'Liberation Serif'],
} as const;
type Element = keyof typeof wanted;

/** For each element the families to try, in order; every list but `latin` ends with all families there are. */
export type FontStacks = { readonly [name in Element]: readonly string[] };

export type PdfFonts = {
  readonly directories: readonly string[];
  readonly stacks: FontStacks;
  /** The characters of a text that no family has, each once. */
  readonly missing: (text: string) => string[];
};

const bundledDirectory = fileURLToPath(new URL('../../fonts', import.meta.url));

/**
 * The fonts of the product and of `officeDirectory`. `isKnown` asks the typesetter whether it finds a family under this
 * name: it may call a face otherwise than we read it, and a family it does not find must not count.
 */
export async function loadPdfFonts(
  officeDirectory: string | undefined,
  isKnown: (directories: readonly string[]) => (family: string) => boolean,
): Promise<PdfFonts> {
  const directories = officeDirectory === undefined ? [bundledDirectory] : [officeDirectory, bundledDirectory];
  const known = isKnown(directories);
  const families = new Map<string, { readonly name: string; readonly faces: FontFace[] }>();
  for (const directory of directories) {
    for (const face of await readFontFaces(directory)) {
      for (const name of face.families) {
        const family = families.get(name.toLowerCase());
        if (family !== undefined) family.faces.push(face);
        else if (known(name)) families.set(name.toLowerCase(), { name, faces: [face] });
      }
    }
  }
  const all = [...families.values()];
  return {
    directories,
    stacks: stacksOf(new Map(all.map(({ name }) => [name.toLowerCase(), name]))),
    missing: (text) =>
      missingIn(
        text,
        all.map(({ faces }) => faces),
      ),
  };
}

function stacksOf(names: ReadonlyMap<string, string>): FontStacks {
  const existing = (element: Element) => wanted[element].flatMap((name) => names.get(name.toLowerCase()) ?? []);
  const stack = (element: Element) => [...new Set([...existing(element), ...names.values()])];
  return {
    title: stack('title'),
    levelOne: stack('levelOne'),
    levelTwo: stack('levelTwo'),
    text: stack('text'),
    pageNumber: stack('pageNumber'),
    latin: existing('latin'),
  };
}

/** Joiners, selectors and the like shape their neighbours and need no glyph. */
const invisible = /[\p{Default_Ignorable_Code_Point}\s]/u;

/** Which face of a family is taken depends on weight, so a family has a character only when all its faces do. */
function missingIn(text: string, families: readonly (readonly FontFace[])[]): string[] {
  const missing = new Set<string>();
  for (const character of new Set(text)) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (invisible.test(character)) continue;
    if (!families.some((faces) => faces.every((face) => covers(face, codePoint)))) missing.add(character);
  }
  return [...missing];
}
