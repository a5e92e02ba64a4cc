/** The small 批注 button that appears beside selected words, and its key Alt+M. It takes no focus, so the selection stays. */
import { Button } from 'antd';
import { useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useDocumentContext } from '../documents/document-context.ts';
import { useRemarkDraft } from './remark-draft.ts';
import { useComparison } from './use-comparison.ts';
import { useKeys } from './use-keys.ts';

type Place = { readonly top: number; readonly left: number };
const margin = 8;
const size = { width: 88, height: 40 };

export function RemarkAffordance() {
  const { t } = useTranslation('review');
  const { currentAnchor } = useDocumentContext();
  const { mayRemark, begin } = useRemarkDraft();
  const { pair } = useComparison();
  const wanted = mayRemark && currentAnchor !== null && pair === null;
  const place = useSelectionPlace(wanted);
  useKeys({ 'Alt+M': begin }, wanted);
  if (!wanted || place === null) return null;
  return createPortal(
    <Button
      className="remark-affordance"
      style={place}
      title={t('compose.affordance.title')}
      onMouseDown={(event) => event.preventDefault()}
      onClick={begin}
    >
      {t('compose.affordance')}
    </Button>,
    document.body,
  );
}

/** Beside the end of the selection, inside the window; null when the selection is out of sight. */
function useSelectionPlace(wanted: boolean): Place | null {
  const [place, setPlace] = useState<Place | null>(null);
  useLayoutEffect(() => {
    if (!wanted) {
      setPlace(null);
      return;
    }
    const measure = () => setPlace(placeOf(window.getSelection()));
    measure();
    window.addEventListener('scroll', measure, { capture: true, passive: true });
    window.addEventListener('resize', measure);
    document.addEventListener('selectionchange', measure);
    return () => {
      window.removeEventListener('scroll', measure, { capture: true });
      window.removeEventListener('resize', measure);
      document.removeEventListener('selectionchange', measure);
    };
  }, [wanted]);
  return place;
}

function placeOf(selection: Selection | null): Place | null {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const rects = selection.getRangeAt(0).getClientRects();
  const last = rects[rects.length - 1];
  if (last === undefined || last.bottom < 0 || last.top > window.innerHeight) return null;
  const below = last.bottom + margin;
  const top = below + size.height > window.innerHeight ? last.top - size.height - margin : below;
  return { top, left: Math.min(last.right, window.innerWidth - size.width - margin) };
}
