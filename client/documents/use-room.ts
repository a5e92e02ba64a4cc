/** The live document of a page, from opening to leaving, joined to the page's queries and its session. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { DocumentView } from '../../shared/api/documents.ts';
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
  document: ['document', 'text', 'readiness', 'versions', 'work', 'board'],
  remarks: ['remarks', 'readiness'],
  versions: ['versions', 'document'],
  meeting: ['document', 'meeting', 'board'],
  proposal: [],
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

/** Undefined for the moment before the first effect has run. */
export function useRoom(document: DocumentView, userId: string): LiveRoom | undefined {
  const client = useQueryClient();
  const [room, setRoom] = useState<Room | undefined>(undefined);
  const { id } = document;

  // The room outlives changes of the document's facts: those reach it through frames, or below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const opened = new Room(
      { url: socketUrl(id), documentId: id, userId, keys: bodyKeys(document.sections), level: document.access },
      { openSocket, openCopy: openBrowserCopy, store: window.localStorage, timers: browserTimers },
      {
        announced: ({ topic }) => lookAgain(client, topic),
        access: () => lookAgain(client, 'document'),
        signedOut: announceSignedOut,
      },
    );
    setRoom(opened);
    void opened.open();
    const retry = () => opened.retry();
    const forget = onSignedIn(retry);
    window.addEventListener('online', retry);
    const lost = () => opened.lost();
    window.addEventListener('offline', lost);
    return () => {
      window.removeEventListener('online', retry);
      window.removeEventListener('offline', lost);
      forget();
      opened.close();
      setRoom(undefined);
    };
  }, [client, id, userId]);

  useEffect(() => room?.setKeys(bodyKeys(document.sections)), [room, document.sections]);

  const subscribe = useCallback((listener: () => void) => room?.subscribe(listener) ?? (() => undefined), [room]);
  const view = useSyncExternalStore(subscribe, () => room?.view);
  return room === undefined || view === undefined ? undefined : { room, view };
}
