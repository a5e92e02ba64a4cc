/**
 * The library ends a connection by itself when a frame breaks the protocol or is larger than any it reads. What it says then
 * is in its own words (1002, 1007, 1008, 1009), at which a page would come back and try again; here they become ours.
 */
import { WebSocket } from 'ws';
import { closeCodes } from '../../shared/protocol/close-codes.ts';

const ours = new Map<number | undefined, number>([
  [1002, closeCodes.malformed],
  [1007, closeCodes.malformed],
  [1008, closeCodes.malformed],
  [1009, closeCodes.tooLarge],
]);

export class ProductSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(ours.get(code) ?? code, reason);
  }
}
