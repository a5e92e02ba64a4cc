/** A strict reader of the XML inside office files: throws where a parser of theirs would. No entities but the five, no DTD. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
};

const token = /<\?[^?]*\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/uy;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export function parseXml(xml: string): XmlElement {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(xml))
    throw new Error('a character XML forbids');
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open: XmlElement[] = [root];
  let at = 0;
  while (at < xml.length) {
    token.lastIndex = at;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not XML: ${xml.slice(at, at + 40)}`);
    at = token.lastIndex;
    const [, closing, name, attributes = '', empty, text] = match;
    const here = open.at(-1) ?? root;
    if (closing !== undefined) {
      if (open.length === 1 || here.name !== closing) throw new Error(`</${closing}> closes <${here.name}>`);
      open.pop();
    } else if (name !== undefined) {
      const element = { name, attributes: readAttributes(attributes), children: [] };
      here.children.push(element);
      if (empty === '') open.push(element);
    } else if (text !== undefined) here.children.push(unescapeXml(text));
  }
  const [only] = root.children.filter((child) => typeof child !== 'string');
  if (open.length > 1 || only === undefined) throw new Error('the document does not end where it should');
  return only;
}

/** Every element of this name below `element`, in order. */
export function elements(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...elements(child, name)],
  );
}

/** The one element of this name below `element`. */
export function only(element: XmlElement, name: string): XmlElement {
  const [first, ...others] = elements(element, name);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} of <${name}>`);
  return first;
}

export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of source.matchAll(/([\w:.-]+)="([^"]*)"/gu)) {
    if (name in attributes) throw new Error(`${name} twice`);
    attributes[name] = unescapeXml(value);
  }
  return attributes;
}

function unescapeXml(text: string): string {
  return text.replace(/&([^;\s&]*);?/gu, (found, name: string) => {
    const character = entities[name];
    if (character === undefined || !found.endsWith(';')) throw new Error(`not an entity: ${found}`);
    return character;
  });
}
