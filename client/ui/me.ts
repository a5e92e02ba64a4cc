/** Who is signed in, for every screen behind the gate (`client/app/gate.tsx` provides it). */
import { createContext, useContext } from 'react';
import type { Me } from '../../shared/api/people.ts';

export const MeContext = createContext<Me | null>(null);

export function useSignedIn(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('used outside the gate');
  return me;
}
