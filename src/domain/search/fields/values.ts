import { alias, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import { paperRepositories, repositories } from '../../../db/tables/repositories.ts'
import { betweenYears } from '../../papers/filter.ts'
import { plainValue, type SearchField, turnedRange } from './field.ts'
import { type Comparison, compare, printComparison, readComparison } from './numbers.ts'

const p = alias(papers, 'p')
const r = alias(repositories, 'r')

/** A range of years, both ends included; null for an open end. */
interface Years {
  from: number | null
  to: number | null
}

export const year: SearchField<Years> = {
  expected: 'years such as 2020, 2020..2024, 2020.., ..2024 or >2020',
  examples: [['year:2020..2024', 'of these years; also `2020`, `2020..`, `>2020`']],
  read(term, doubt) {
    const years = yearsIn(plainValue(term))
    if (!years) return null
    const [from, to] = years
    if ((from === null && to === null) || ![from, to].every(isYear)) return null
    if (from === null || to === null || from <= to) return { from, to }
    doubt?.(turnedRange(from, to))
    return { from: to, to: from }
  },
  print: ({ from, to }) => (from === to ? String(from) : `${from ?? ''}..${to ?? ''}`),
  meaning: ({ from, to }) => ({ condition: betweenYears(from ?? 1, to ?? 9999) }),
}

const isYear = (year: number | null): boolean => year === null || (year >= 1000 && year <= 9999)

function yearsIn(value: string): [from: number | null, to: number | null] | null {
  const [, operator = '=', one] = /^([<>]=?|=)?(\d{4})$/.exec(value) ?? []
  if (one) {
    const year = Number(one)
    if (operator === '=') return [year, year]
    const next = operator === '>' ? year + 1 : operator === '<' ? year - 1 : year
    return operator.startsWith('>') ? [next, null] : [null, next]
  }
  const range = /^(\d{4})?(?:\.\.|[-–])(\d{4})?$/.exec(value)
  const [from, to] = range?.slice(1).map((year) => (year ? Number(year) : null)) ?? []
  return range ? [from ?? null, to ?? null] : null
}

const MOST_COUNT = 2 ** 31 - 1

/** A field that compares a number in a column of the paper. */
function compared(column: Column, examples: [string, string][]): SearchField<Comparison> {
  return {
    expected: 'a number such as 10, or >10, >=10, <10, <=10, 10..20',
    examples,
    read: (term, doubt) => readComparison(plainValue(term), '\\d{1,10}', doubt, MOST_COUNT),
    print: printComparison,
    meaning: (value) => ({ condition: compare(sql`${column}`, value, sql`bigint`) }),
  }
}

type Column = (typeof p)['starCount' | 'citationCount']

export const stars = compared(p.starCount, [
  ['stars:>100', 'with more than 100 stars of a repository'],
])
export const cites = compared(p.citationCount, [['cites:>=10', 'with at least 10 citations']])

export const lang: SearchField<string> = {
  expected: 'a programming language',
  isName: true,
  examples: [['lang:python', 'with a repository in this programming language']],
  read(term) {
    const value = plainValue(term)
    // `F*` is a language.
    return value === '' || /[*?]./.test(value) ? null : value
  },
  // Quotes keep a language of several words together; a value that contains a quote was a single word.
  print: (value) => (/^[\w+#.-]*$|["“”„]/.test(value) ? value : `"${value}"`),
  meaning(value) {
    const x = alias(paperRepositories, 'x')
    return {
      from: sql`${x} join ${r} on ${r.id} = ${x.repositoryId}`,
      where: sql`lower(${r.language}) = ${value.trim().toLowerCase()}`,
    }
  },
}
