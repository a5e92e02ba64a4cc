/**
 * What a text must be like, told from the finished document alone: no rule here is taken from `admit.ts`.
 */
import * as Y from 'yjs';
import type { Entry, Writer } from '../../server/storage/storage.ts';

export type Laws = { readonly bodyKeys: readonly string[]; readonly remarkIds: ReadonlySet<string> };

/** Everything in the document that no law allows; empty when all is well. */
export function faultsOf(doc: Y.Doc, laws: Laws, writers: ReadonlyMap<number, Writer>): string[] {
  const faults: string[] = [];
  if (doc.store.pendingStructs !== null) faults.push('structs are waiting for their causes');
  if (doc.store.pendingDs !== null) faults.push('deletions are waiting for their causes');
  for (const name of doc.share.keys()) {
    if (!laws.bodyKeys.some((key) => name === `s:${key}`)) faults.push(`a root ${name}`);
  }
  for (const client of doc.store.clients.keys()) if (!writers.has(client)) faults.push(`client ${client} is nobody’s`);
  for (const key of laws.bodyKeys) faults.push(...faultsOfSection(doc.getXmlFragment(`s:${key}`), laws));
  return faults;
}

type Parent = Y.XmlFragment | Y.XmlElement | Y.XmlText;

function faultsOfSection(section: Y.XmlFragment, laws: Laws): string[] {
  const faults = keysOf(section).map((key) => `an attribute ${key} of a section`);
  for (const item of itemsOf(section)) {
    const type = item.content instanceof Y.ContentType ? item.content.type : undefined;
    if (!(type instanceof Y.XmlElement)) faults.push(`${item.content.constructor.name} in a section`);
    else faults.push(...faultsOfBlock(type, laws));
  }
  return faults;
}

function faultsOfBlock(block: Y.XmlElement, laws: Laws): string[] {
  const faults: string[] = [];
  if (block.nodeName !== 'paragraph' && block.nodeName !== 'item') faults.push(`a node ${block.nodeName}`);
  const id: unknown = block.getAttribute('id');
  if (typeof id !== 'string' || !/^[A-Za-z0-9_-]{8,40}$/.test(id)) faults.push(`a block with the id ${String(id)}`);
  for (const key of keysOf(block)) if (key !== 'id') faults.push(`an attribute ${key} of a block`);
  for (const item of itemsOf(block)) {
    const type = item.content instanceof Y.ContentType ? item.content.type : undefined;
    if (!(type instanceof Y.XmlText)) faults.push(`${item.content.constructor.name} in a block`);
    else faults.push(...faultsOfText(type, laws));
  }
  return faults;
}

function faultsOfText(text: Y.XmlText, { remarkIds }: Laws): string[] {
  const faults = keysOf(text).map((key) => `an attribute ${key} of a text`);
  let whole = '';
  for (const { content } of itemsOf(text)) {
    if (content instanceof Y.ContentString) whole += content.str;
    else if (!(content instanceof Y.ContentFormat)) faults.push(`${content.constructor.name} in a text`);
    else if (!isMark(content.key, content.value, remarkIds)) faults.push(`a mark ${content.key}`);
  }
  if (/\ufffd|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(whole)) {
    faults.push('half a character');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(whole)) faults.push('a control character');
  return faults;
}

function isMark(key: string, value: unknown, remarkIds: ReadonlySet<string>): boolean {
  const json = JSON.stringify(value);
  if (key === 'strong') return json === 'null' || json === '{}';
  if (!/^remark(--[A-Za-z0-9+/=]{1,24})?$/.test(key)) return false;
  return json === 'null' || [...remarkIds].some((id) => json === JSON.stringify({ id }));
}

/** The living children of a type, and it is checked that they say so themselves. */
function* itemsOf(parent: Parent): Iterable<Y.Item> {
  for (let item = parent._start; item !== null; item = item.right) if (!item.deleted) yield item;
}

function keysOf(parent: Parent): string[] {
  return [...parent._map].filter(([, item]) => !item.deleted).map(([key]) => key);
}

/** What an entry brings under client ids that are not its writer’s: empty when it is honest about who wrote it. */
export function foreignClientsOf(entry: Entry, before: Y.Doc, writers: ReadonlyMap<number, Writer>): number[] {
  const foreign = new Set<number>();
  for (const { id, length } of Y.decodeUpdate(entry.update).structs) {
    const isNew = id.clock + length > Y.getState(before.store, id.client);
    if (isNew && writers.get(id.client) !== entry.writer) foreign.add(id.client);
  }
  return [...foreign];
}
