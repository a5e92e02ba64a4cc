/** The frame of a page: its title on the desk, what can be done beside it, sheets below. It names the browser's tab. */
import { type ReactNode, useEffect } from 'react';
import { namePage } from './page-title.ts';

export function Page({
  title,
  lead,
  acts,
  width = 'normal',
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly acts?: ReactNode;
  /** `narrow` for a column of text, `wide` for tables of many columns. */
  readonly width?: 'narrow' | 'normal' | 'wide';
  readonly children: ReactNode;
}) {
  useEffect(() => namePage(title), [title]);
  return (
    <div className={`page page-${width}`}>
      <header className="page-head">
        <div className="page-head-words">
          <h1 className="page-title">{title}</h1>
          {lead !== undefined && <div className="page-lead">{lead}</div>}
        </div>
        {acts !== undefined && <div className="page-acts">{acts}</div>}
      </header>
      {children}
    </div>
  );
}
