import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createIds } from '../../../server/ids.ts';
import { admit, type Denial, type Ground } from '../../../server/rooms/admit.ts';
import type { Writer } from '../../../server/storage/storage.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const newId = createIds(new FakeClock());
const me = newId('user');
const other = newId('user');
const remark = newId('rmk');

let server: Y.Doc;
let ground: Ground;
let writers: Map<number, Writer>;

function rooted(doc: Y.Doc): Y.Doc {
  for (const key of ['opening', 'measures']) doc.getXmlFragment(`s:${key}`);
  return doc;
}

beforeEach(() => {
  server = rooted(new Y.Doc());
  writers = new Map([[server.clientID, 'server' as const]]);
  server.getXmlFragment('s:opening').insert(0, [block('text-𠮷字')]);
  ground = { doc: server, bodyKeys: new Set(['opening', 'measures']), remarkIds: new Set([remark]), writers };
});

function block(text: string, kind = 'paragraph', id = 'block-0001'): Y.XmlElement {
  const element = new Y.XmlElement(kind);
  element.setAttribute('id', id);
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}

function copy(): Y.Doc {
  const doc = rooted(new Y.Doc());
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
  return doc;
}

/** The update that `change` makes on a copy of the server's text. */
function edit(change: (doc: Y.Doc) => void): Uint8Array {
  const doc = copy();
  const before = Y.encodeStateVector(doc);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => change(doc));
  return updates.length === 1 && updates[0] !== undefined ? updates[0] : Y.encodeStateAsUpdate(doc, before);
}

function textIn(doc: Y.Doc): Y.XmlText {
  const first = doc.getXmlFragment('s:opening').get(0);
  const inside = first instanceof Y.XmlElement ? first.get(0) : undefined;
  if (!(inside instanceof Y.XmlText)) throw new Error('no text');
  return inside;
}

function denial(update: Uint8Array, mayWrite = true): Denial['code'] | 'admitted' {
  const before = Y.encodeStateAsUpdate(server);
  const result = admit(ground, update, me, mayWrite);
  expect(Y.encodeStateAsUpdate(server)).toEqual(before);
  return result.ok ? 'admitted' : result.error.code;
}

describe('what is admitted', () => {
  it('typing, with the client id claimed for its writer', () => {
    let client = 0;
    const update = edit((doc) => {
      client = doc.clientID;
      textIn(doc).insert(2, '新');
    });
    expect(admit(ground, update, me, true)).toEqual({
      ok: true,
      value: expect.objectContaining({ novel: true, claims: [client] }),
    });
  });

  it('a new block, splitting, bold, an item, deletion, undoing a deletion', () => {
    expect(denial(edit((doc) => doc.getXmlFragment('s:measures').insert(0, [block('一', 'item', 'item-0001')])))).toBe(
      'admitted',
    );
    expect(denial(edit((doc) => textIn(doc).format(0, 2, { strong: {} })))).toBe('admitted');
    expect(denial(edit((doc) => textIn(doc).delete(0, 2)))).toBe('admitted');
    expect(denial(edit((doc) => doc.getXmlFragment('s:opening').delete(0, 1)))).toBe('admitted');
    expect(denial(edit((doc) => doc.getXmlFragment('s:opening').get(0) instanceof Y.XmlElement))).toBe('admitted');
  });

  it('a known remark’s anchor, also an overlapping one', () => {
    expect(denial(edit((doc) => textIn(doc).format(0, 2, { remark: { id: remark } })))).toBe('admitted');
    expect(denial(edit((doc) => textIn(doc).format(0, 2, { 'remark--abc': { id: remark } })))).toBe('admitted');
  });

  it('an answer that brings nothing new, also from a reader', () => {
    const result = admit(ground, Y.encodeStateAsUpdate(copy()), me, false);
    expect(result).toMatchObject({ ok: true, value: expect.objectContaining({ novel: false, claims: [] }) });
  });

  it('offline work of several sessions that refer to each other', () => {
    const first = copy();
    textIn(first).insert(2, '上午');
    const second = rooted(new Y.Doc());
    Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
    textIn(second).insert(3, '下午');
    expect(denial(Y.encodeStateAsUpdate(second, Y.encodeStateVector(server)))).toBe('admitted');
  });

  it('words typed into a paragraph that was deleted meanwhile', () => {
    const update = edit((doc) => textIn(doc).insert(2, '迟到'));
    server.getXmlFragment('s:opening').delete(0, 1);
    expect(denial(update)).toBe('admitted');
  });
});

describe('what is refused, and leaves no trace', () => {
  it('anything new from a reader', () => {
    expect(
      denial(
        edit((doc) => textIn(doc).insert(0, '字')),
        false,
      ),
    ).toBe('read_only');
    expect(
      denial(
        edit((doc) => textIn(doc).delete(0, 1)),
        false,
      ),
    ).toBe('read_only');
  });

  it('structs under another person’s client id', () => {
    const update = edit((doc) => {
      writers.set(doc.clientID, other);
      textIn(doc).insert(0, '冒名');
    });
    expect(denial(update)).toBe('foreign_client');
  });

  it('structs under the server’s client id', () => {
    const update = edit((doc) => {
      doc.clientID = server.clientID;
      textIn(doc).insert(0, '冒名');
    });
    expect(denial(update)).toBe('foreign_client');
  });

  it('roots outside the template', () => {
    expect(denial(edit((doc) => doc.getXmlFragment('s:secret').insert(0, [block('x')])))).toBe('outside_template');
    expect(denial(edit((doc) => doc.getText('other').insert(0, 'x')))).toBe('outside_template');
    expect(denial(edit((doc) => doc.getMap('s:opening-map').set('id', 'block-0001')))).toBe('outside_template');
  });

  it('deleting in a section that is no longer part of the document', () => {
    ground = { ...ground, bodyKeys: new Set(['measures']) };
    expect(denial(edit((doc) => textIn(doc).delete(0, 1)))).toBe('section_not_writable');
    expect(denial(edit((doc) => textIn(doc).insert(0, 'x')))).toBe('section_not_writable');
  });

  it('nodes, marks and attributes the schema does not know', () => {
    expect(denial(edit((doc) => doc.getXmlFragment('s:opening').insert(0, [block('x', 'heading')])))).toBe(
      'invalid_content',
    );
    expect(denial(edit((doc) => doc.getXmlFragment('s:opening').insert(0, [new Y.XmlText('x')])))).toBe(
      'invalid_content',
    );
    expect(denial(edit((doc) => textIn(doc).format(0, 1, { link: { href: 'http://x' } })))).toBe('invalid_content');
    expect(denial(edit((doc) => textIn(doc).insertEmbed(0, { image: 'x' })))).toBe('invalid_content');
    expect(denial(edit((doc) => textIn(doc).format(0, 1, { remark: { id: newId('rmk') } })))).toBe('invalid_content');
    expect(denial(edit((doc) => textIn(doc).format(0, 1, { strong: 'yes' })))).toBe('invalid_content');
    const nested = (doc: Y.Doc) => {
      const parent = doc.getXmlFragment('s:opening').get(0);
      if (parent instanceof Y.XmlElement) parent.insert(0, [new Y.XmlElement('paragraph')]);
    };
    expect(denial(edit(nested))).toBe('invalid_content');
    const attribute = (name: string, value: string) => (doc: Y.Doc) => {
      const parent = doc.getXmlFragment('s:opening').get(0);
      if (parent instanceof Y.XmlElement) parent.setAttribute(name, value);
    };
    expect(denial(edit(attribute('style', 'color:red')))).toBe('invalid_content');
    expect(denial(edit(attribute('id', '<script>')))).toBe('invalid_content');
    expect(denial(edit((doc) => textIn(doc).insert(0, '\u0000')))).toBe('invalid_content');
  });

  it('half a character: in a string, by an insertion between the halves, by a deletion of one half', () => {
    const at = textIn(server).toString().indexOf('𠮷');
    expect(denial(edit((doc) => textIn(doc).insert(0, '\ud842')))).toBe('half_character');
    expect(denial(edit((doc) => textIn(doc).insert(at + 1, '字')))).toBe('half_character');
    expect(denial(edit((doc) => textIn(doc).delete(at, 1)))).toBe('half_character');
    expect(denial(edit((doc) => textIn(doc).delete(at + 1, 1)))).toBe('half_character');
    expect(denial(edit((doc) => textIn(doc).delete(at, 2)))).toBe('admitted');
  });

  it('structs whose causes are missing', () => {
    const doc = copy();
    textIn(doc).insert(0, '一');
    const between = Y.encodeStateVector(doc);
    textIn(doc).insert(1, '二');
    expect(denial(Y.encodeStateAsUpdate(doc, between))).toBe('missing_predecessors');
  });

  it('structs behind a gap in their client’s clocks, though all they name is there', () => {
    const doc = copy();
    textIn(doc).insert(0, '一');
    const between = Y.encodeStateVector(doc);
    textIn(doc).insert(textIn(doc).length, '二');
    expect(denial(Y.encodeStateAsUpdate(doc, between))).toBe('missing_predecessors');
  });

  it('deletions of what is not there', () => {
    const doc = copy();
    textIn(doc).insert(0, '一二三');
    const with3 = Y.encodeStateVector(doc);
    textIn(doc).delete(0, 1);
    expect(denial(Y.encodeStateAsUpdate(doc, with3))).toBe('missing_predecessors');
  });

  it('bytes that are no update, and an empty frame', () => {
    expect(denial(new Uint8Array([9, 9, 9, 9]))).toBe('malformed');
    expect(denial(new Uint8Array())).toBe('malformed');
  });

  it('a declared length of 2^53', () => {
    const bytes = [1, 1, 7, 0, 0, 255, 255, 255, 255, 255, 255, 255, 15, 0];
    expect(['malformed', 'too_large']).toContain(denial(new Uint8Array(bytes)));
  });
});
