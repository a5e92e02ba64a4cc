/**
 * The words in the browser's tab: how much news waits, the page's name, the product. Pages name themselves (`namePage`),
 * the notice counts (`countNews`); this alone writes `document.title`.
 */
let page = '';
let product = '';
let news = 0;

function write(): void {
  const name = page === '' ? product : `${page} · ${product}`;
  document.title = news > 0 ? `(${news}) ${name}` : name;
}

export function namePage(title: string): void {
  page = title;
  write();
}

export function nameProduct(name: string): void {
  product = name;
  write();
}

export function countNews(count: number): void {
  news = count;
  write();
}
