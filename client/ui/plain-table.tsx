/**
 * A table as printed: hairlines between rows, no vertical lines, numbers to the right. Where the page is narrow each row
 * becomes a small sheet of its own, every value behind its column's name, so that nothing is cut.
 */
import { Fragment, type ReactNode } from 'react';
import './plain-table.css';

export type Column<Row> = {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** The column that names the row. */
  readonly names?: boolean;
  readonly width?: string;
  /** Kept on one line. */
  readonly nowrap?: boolean;
};

export function PlainTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  below,
  middle = false,
}: {
  /** Read out, not shown: what the table holds. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What stands under a row, over its whole width. */
  readonly below?: (row: Row) => ReactNode;
  /** Cells stand at the middle of their row, where rows hold fields and buttons. */
  readonly middle?: boolean;
}) {
  return (
    <table className="plain-table" data-middle={middle}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) =>
            column.head === '' ? (
              <td key={column.key} style={{ width: column.width }} />
            ) : (
              <th key={column.key} scope="col" data-numeric={column.numeric} style={{ width: column.width }}>
                {column.head}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const under = below?.(row);
          const more = under !== undefined && under !== null && under !== false;
          return (
            <Fragment key={rowKey(row)}>
              <tr data-more={more}>
                {columns.map((column) =>
                  column.names === true ? (
                    <th key={column.key} scope="row" className="plain-table-name">
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td
                      key={column.key}
                      data-label={column.head}
                      data-numeric={column.numeric}
                      data-nowrap={column.nowrap}
                    >
                      <div className="plain-table-cell">{column.cell(row)}</div>
                    </td>
                  ),
                )}
              </tr>
              {more && (
                <tr className="plain-table-below">
                  <td colSpan={columns.length}>{under}</td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
