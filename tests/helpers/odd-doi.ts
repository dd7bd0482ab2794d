import fc from 'fast-check'

/** What DOIs may hold, and addresses, markup, LaTeX or tables have another meaning for. */
const PIECES = [
  ...['.', '..', '/', '//', '/./', '/../', '%', '%2e', '%2f', '%20', '%25', '%zz', '#', '?'],
  ...['&', '&amp;', '&lt', '<', '>', '<b>', '(', ')', '[2]', '{x}', '{', '}', '\\', '^', '|', '~'],
  ...[
    '_',
    '$5',
    '"',
    "'",
    ':',
    '::',
    ';',
    ',',
    '=',
    '+',
    '*',
    '!',
    '@',
    '-',
    '--',
    'é',
    '文',
    '😀',
  ],
  ...['v1', 'pdf', '/full', '.pdf', '.html', '/abstract', '10.1000/', '2-#', ';2-#', 'a', 'z', '7'],
]

/** A text of the form of a DOI; not each is one in the spelling in which it is kept. */
export const oddDoi = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((parts) => `10.1000/${parts.join('')}`)
