/** The live document of a page, from opening to leaving, joined to the page's queries and its session. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { ProposalId, RoomId } from '../../shared/ids.ts';
import type { ChangedTopic } from '../../shared/protocol/frames.ts';
import { syncPath } from '../../shared/protocol/room-name.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { announceSignedOut } from '../api/request.ts';
import { onSignedIn } from '../api/session.ts';
import type { Socket } from '../room/connection.ts';
import { openBrowserCopy } from '../room/local-copy.ts';
import { Room } from '../room/room.ts';
import type { RoomView } from '../room/room-view.ts';
import { browserTimers } from '../room/timers.ts';

/** Which answers may be different after a frame `changed`. */
const nounsOf: Readonly<Record<ChangedTopic, readonly string[]>> = {
  document: ['document', 'text', 'readiness', 'versions', 'work', 'board', 'proposals', 'checks', 'authorship'],
  remarks: ['remarks', 'readiness'],
  versions: ['versions', 'document'],
  meeting: ['document', 'meeting', 'board', 'checks'],
  proposal: ['proposals', 'changes', 'readiness'],
};

function lookAgain(client: QueryClient, topic: ChangedTopic): void {
  const nouns = nounsOf[topic];
  void client.invalidateQueries({ predicate: ({ queryKey }) => nouns.includes(String(queryKey[0])) });
}

function socketUrl(documentId: string): string {
  const scheme = window.location.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${window.location.host}${syncPath}${documentId}?schema=${schemaNumber}`;
}

function openSocket(url: string): Socket {
  // A browser's WebSocket is all that `Socket` asks for; only the types of its event handlers are wider.
  return new WebSocket(url) as unknown as Socket;
}

export type LiveRoom = { readonly room: Room; readonly view: RoomView };

/** Undefined for the moment before the first effect has run. `proposal` asks for that room in the document's place. */
export function useRoom(document: DocumentView, userId: string, proposal?: ProposalId): LiveRoom | undefined {
  const client = useQueryClient();
  const [live, setLive] = useState<LiveRoom | undefined>(undefined);
  const id: RoomId = proposal ?? document.id;
  // What may be done in a proposal the socket says first.
  const level = proposal === undefined ? document.access : 'read';

  // The room outlives changes of the document's facts: those reach it through frames, or below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const room = new Room(
      { url: socketUrl(id), documentId: id, userId, keys: bodyKeys(document.sections), level },
      { openSocket, openCopy: openBrowserCopy, store: window.localStorage, timers: browserTimers },
      {
        announced: ({ topic }) => lookAgain(client, topic),
        access: () => lookAgain(client, 'document'),
        signedOut: announceSignedOut,
      },
    );
    const ignore = follow(room, (view) => setLive({ room, view }));
    void room.open();
    const forget = onSignedIn(() => room.retry());
    const forgetNetwork = heedNetwork(room);
    return () => {
      forgetNetwork();
      forget();
      ignore();
      room.close();
      setLive(undefined);
    };
  }, [client, id, userId]);

  const room = live?.room;
  useEffect(() => room?.setKeys(bodyKeys(document.sections)), [room, document.sections]);
  return live;
}

/** What the browser knows of the line: it is gone, it is back, the page was asleep or out of sight and is looked at again. */
function heedNetwork(room: Room): () => void {
  const lost = () => room.lost();
  const wake = () => room.wake();
  const seen = () => {
    if (window.document.visibilityState === 'visible') wake();
  };
  window.addEventListener('offline', lost);
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  window.document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('offline', lost);
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', wake);
    window.document.removeEventListener('visibilitychange', seen);
  };
}

/**
 * Shows a room's view now and after its changes. A room speaks with every letter and every frame; drawn one by one and at
 * once, more than fifty that arrive before the browser gets to anything else are an endless loop in React's eyes. So they
 * are drawn together in a turn of their own. Only another text, and the end or the return of writing, are drawn before
 * anything more can be typed.
 */
function follow(room: Room, show: (view: RoomView) => void): () => void {
  let shown = room.view;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    clearTimeout(waiting);
    waiting = undefined;
    shown = room.view;
    show(shown);
  };
  draw();
  const ignore = room.subscribe(() => {
    const { doc, writable } = room.view;
    if (doc !== shown.doc || writable !== shown.writable) flushSync(draw);
    else waiting ??= setTimeout(draw);
  });
  return () => {
    ignore();
    clearTimeout(waiting);
  };
}
