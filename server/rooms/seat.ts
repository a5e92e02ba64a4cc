/** One visitor's way into a room: what the socket edge gets. A thousand of them lie about idle, so each is small. */
import type { Connection } from './connection.ts';
import type { Room } from './room.ts';

/** What seats need of the registry; one for all of them. */
export type House = {
  readonly isClosing: () => boolean;
  /** Hears that somebody has left this room. */
  readonly left: (room: Room) => void;
};

export class Seat {
  readonly #house: House;
  readonly #room: Room;
  readonly #connection: Connection;

  constructor(house: House, room: Room, connection: Connection) {
    this.#house = house;
    this.#room = room;
    this.#connection = connection;
  }

  receive(bytes: Uint8Array): void {
    if (!this.#house.isClosing()) this.#room.receive(this.#connection, bytes);
  }

  /** To be called with each heartbeat (PR8). */
  beat(): void {
    this.#connection.beat();
  }

  leave(): void {
    this.#room.leave(this.#connection);
    this.#house.left(this.#room);
  }
}
