import { alias, type Sql, sql } from '../../../db/sql.ts'
import { paperDecisions } from '../../../db/tables/decisions.ts'
import { papers } from '../../../db/tables/papers.ts'
import type { DecisionOutcome, Presentation } from '../../../db/tables/vocabulary.ts'
import { simplified } from '../../record/title-key.ts'
import { type Meaning, plainValue, type SearchField, type SearchTerm } from './field.ts'
import { holdsWords, named, venueIdsByWords } from './names.ts'
import { type Comparison, compare, printComparison, readComparison } from './numbers.ts'

const p = alias(papers, 'p')
const x = alias(paperDecisions, 'x')

const decided = (where: Sql) => (): Meaning => ({ from: sql`${x}`, where })
const presented = (form: Presentation) => decided(sql`${x.presentation} = ${form}::presentation`)
const came = (...outcomes: DecisionOutcome[]) =>
  decided(sql`${x.outcome} = any(${outcomes}::decision_outcome[])`)

/** Values of `is:` for decisions of venues. */
export const DECIDED = {
  oral: { papers: 'that were talks', meaning: presented('oral') },
  spotlight: { papers: 'that were spotlights', meaning: presented('spotlight') },
  highlight: { papers: 'that were highlights', meaning: presented('highlight') },
  poster: { papers: 'that were posters', meaning: presented('poster') },
  rejected: { papers: 'that a venue rejected', meaning: came('rejected', 'desk_rejected') },
}

/** The value of `has:` for papers with an award. */
export const AWARDED = { papers: 'with an award', meaning: decided(sql`${x.isAwarded}`) }

/** Whether a field with this value is about a decision. */
export const isOfDecision = (field: string, value: unknown): boolean =>
  ['award', 'session', 'area'].includes(field) ||
  (field === 'is' && Object.hasOwn(DECIDED, String(value))) ||
  (field === 'has' && value === 'award')

/** Restricts a meaning to decisions of one venue. */
export const decidedAt = (meaning: Meaning, venue: SearchTerm): Meaning =>
  'from' in meaning
    ? {
        ...meaning,
        where: sql`${meaning.where} and ${x.venueId} = any(array(${venueIdsByWords(venue)}))`,
      }
    : meaning

/** The words of a printed name, as its index stores them. */
const wordsOf = (column: Sql) => sql`regexp_replace(lower(${column}), '[^[:alnum:]]+', ' ', 'g')`

/** A field that finds decisions by the words of a printed name. */
const printed = (column: Sql, query: string, found: string) =>
  named({
    examples: [[query, found]],
    meaning: (term) => ({
      from: sql`${x}`,
      where: sql`${column} is not null and ${holdsWords(wordsOf(column), term, simplified)}`,
    }),
  })

export const award = printed(
  x.award,
  'award:"best paper"',
  'with an award, or a nomination, of this name',
)
export const session = printed(x.session, 'session:vision', 'in a session of this name')
export const area = printed(x.area, 'area:optimisation', 'in a subject area of this name')

export const rating: SearchField<Comparison> = {
  expected: 'a number such as 7.5, or >7, >=7, <7, <=7, 7..8',
  examples: [['rating:>=7.5', 'with a mean of review ratings of at least 7.5']],
  read: (term, doubt) => readComparison(plainValue(term), '\\d{1,4}(?:\\.\\d{1,4})?', doubt),
  print: printComparison,
  meaning: (value) => ({
    condition: sql`${p.ratingSort} >= 0 and ${compare(sql`${p.ratingSort}`, value, sql`real`)}`,
  }),
}
