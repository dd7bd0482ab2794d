import { alias, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import { oneOf } from '../../../errors.ts'
import { AWARDED, DECIDED } from './decisions.ts'
import { type Meaning, plainValue, type SearchField } from './field.ts'
import { LINKED, NOTED, OPEN, WITHDRAWN } from './statements.ts'

const p = alias(papers, 'p')

/** Values of `has:` and `is:`: properties of papers. */
type Marks = Record<string, { papers: string; meaning: () => Meaning }>

const when = (condition: Sql) => () => ({ condition })

/** Values of `has:`, in lower case. */
const HAS: Marks = {
  code: { papers: 'with a repository', meaning: when(sql`${p.repositoryCount} > 0`) },
  award: AWARDED,
  abstract: { papers: 'with an abstract', meaning: when(sql`${p.abstract} is not null`) },
  ...LINKED,
  ...NOTED,
}

/** Values of `is:`, in lower case. */
const IS: Marks = {
  retracted: { papers: 'that were retracted', meaning: when(sql`${p.isRetracted}`) },
  ...DECIDED,
  withdrawn: WITHDRAWN,
  open: OPEN,
}

export const has = marked('has', HAS)
export const is = marked('is', IS)

function marked(name: string, marks: Marks): SearchField<string> {
  const known = Object.keys(marks)
  return {
    expected: oneOf(known),
    examples: known.map((mark) => [`${name}:${mark}`, marks[mark]?.papers ?? '']),
    read(term) {
      const mark = plainValue(term)
        .toLowerCase()
        .replaceAll(/[\s_]+/g, '-')
      return Object.hasOwn(marks, mark) ? mark : null
    },
    print: (mark) => mark,
    meaning: (mark) => marks[mark]?.meaning() ?? { condition: sql`false` },
  }
}
