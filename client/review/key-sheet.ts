/** Every key of the product's pages, by where it works, with the words that say what it does. */

export const sheet = [
  {
    group: 'keys.group.queue',
    rows: [
      ['J / K', 'keys.queueMove'],
      ['Enter', 'keys.queueOpen'],
      ['S', 'desk:keys.beside'],
      ['B', 'desk:keys.phrases'],
    ],
  },
  {
    group: 'keys.group.write',
    rows: [
      ['Ctrl + F', 'keys.find'],
      ['Ctrl + B', 'keys.strong'],
      ['Ctrl + Z / Y', 'keys.undo'],
      ['↑ ↓ / Tab', 'keys.sections'],
    ],
  },
  {
    group: 'keys.group.dialog',
    rows: [
      ['Ctrl + Enter', 'keys.send'],
      ['Enter', 'keys.confirm'],
    ],
  },
  {
    group: 'keys.group.review',
    rows: [
      ['Tab, Shift + ← →', 'keys.select'],
      ['Alt + M', 'keys.remark'],
      ['1 – 9', 'desk:keys.phrase'],
      ['Alt + 1 – 9', 'desk:keys.phraseInto'],
      ['N / P', 'desk:keys.walk'],
      ['Y / X', 'desk:keys.fate'],
      ['Alt + X', 'desk:keys.reopen'],
      ['C', 'keys.compare'],
      ['D', 'desk:keys.columns'],
      ['E / Alt + E', 'proposals:keys.propose'],
      ['Space ← → ↑ ↓', 'keys.replay'],
      ['R', 'keys.return'],
      ['A', 'keys.approve'],
      ['U', 'desk:keys.undo'],
      ['J / K', 'keys.documentMove'],
      ['S', 'desk:keys.beside'],
      ['L', 'desk:keys.large'],
    ],
  },
  {
    group: 'desk:keys.group.beside',
    rows: [
      ['N / P', 'desk:keys.section'],
      ['← →', 'desk:keys.members'],
      ['2 – 4', 'desk:keys.count'],
    ],
  },
  {
    group: 'keys.group.everywhere',
    rows: [
      ['?', 'keys.help'],
      ['Esc', 'keys.back'],
    ],
  },
] as const;
