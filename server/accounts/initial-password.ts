/** Initial passwords: random, readable on paper, good for one sign-in. */
import { randomInt } from 'node:crypto';
import { passwordSchema } from '../../shared/api/people.ts';

/** Without letters and digits that are taken for each other. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 3;
const groupLength = 4;

/** Such as `kfm7-q3xw-hw9d`; it keeps the rule for passwords. */
export function createInitialPassword(): string {
  for (;;) {
    const password = Array.from({ length: groups }, () =>
      Array.from({ length: groupLength }, () => letters[randomInt(letters.length)]).join(''),
    ).join('-');
    if (passwordSchema.safeParse(password).success) return password;
  }
}
