/** Pages fetched at their first visit. Their code may be gone: an updated system serves other files. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

export class CodeMissing extends Error {
  override readonly name = 'CodeMissing';
}

/** `pick` names the export. What cannot be fetched is thrown as `CodeMissing`. */
export function lazyPage<M>(
  load: () => Promise<M>,
  pick: (module: M) => ComponentType,
): LazyExoticComponent<ComponentType> {
  return lazy(async () => {
    try {
      return { default: pick(await load()) };
    } catch (cause) {
      throw new CodeMissing('a page could not be fetched', { cause });
    }
  });
}
