/**
 * What may stand in a section: blocks of two kinds, plain text in them, two marks. No views here: the editor gives these
 * nodes their looks, the server checks every update against them, the exporter reads them.
 *
 * A section is one `Y.XmlFragment` named `s:<sectionKey>`; its children are `Y.XmlElement`s named after a block kind with
 * the attribute `id`; their children are `Y.XmlText`s whose formats are the marks. Headings are never in the shared text.
 */

export const blockKinds = ['paragraph', 'item'] as const;
/** `paragraph` is running text; `item` is a numbered item whose number is rendered, never written. */
export type BlockKind = (typeof blockKinds)[number];

/** Bold topic phrase (y-tiptap writes its attributes, an empty object, as the format's value). */
export const strongMark = 'strong';
/** The anchor of a remark, `{ id: RemarkId }`; overlapping ones are stored as `remark--<hash>`. Only the server adds new ids. */
export const remarkMark = 'remark';

export const blockIdAttribute = 'id';
/** The form of a block id: random, URL-safe, made by whoever makes the block. */
export const blockIdPattern = /^[A-Za-z0-9_-]{8,40}$/;

const rootPrefix = 's:';
/** The form of a section key. */
export const sectionKeyPattern = /^[a-z][a-z0-9_.]{0,63}$/;

/** The name of the shared root that holds a section's body. */
export function rootOf(sectionKey: string): string {
  return rootPrefix + sectionKey;
}

/** The section key of a root name, or undefined when the root is not a section. */
export function sectionKeyOf(rootName: string): string | undefined {
  return rootName.startsWith(rootPrefix) ? rootName.slice(rootPrefix.length) : undefined;
}

export function isBlockKind(name: string): name is BlockKind {
  return (blockKinds as readonly string[]).includes(name);
}

const overlappingRemark = new RegExp(`^${remarkMark}--[A-Za-z0-9+/=]{1,24}$`);

/** Whether a format key is a remark anchor, alone or overlapping. */
export function isRemarkFormat(key: string): boolean {
  return key === remarkMark || overlappingRemark.test(key);
}

/** Whether a string has a surrogate without its partner (a rare character torn in two). */
export function hasLoneSurrogate(text: string): boolean {
  return /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}
