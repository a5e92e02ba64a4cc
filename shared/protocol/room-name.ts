/** Which room a socket URL asks for. */
import { isId, type RoomId } from '../ids.ts';

export const syncPath = '/sync/';

export type RoomName = RoomId;

/** The room named by the path's last part, or undefined when it is no room's name. */
export function parseRoomName(name: string): RoomName | undefined {
  return isId('doc', name) || isId('prop', name) ? name : undefined;
}
