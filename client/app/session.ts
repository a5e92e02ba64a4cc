/** Where the rest of the page hears of a new sign-in; the announcement itself lives beside `onSignedOut`. */
export { announceSignedIn, onSignedIn } from '../api/session.ts';
