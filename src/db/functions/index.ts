import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from '../sql.ts'
import { papers } from '../tables/papers.ts'
import { searchStatistics } from '../tables/search.ts'
import { namingTriggers } from './naming.ts'
import { searchScore } from './search-score.ts'
import { suggestionHits } from './suggestion-hits.ts'
import { suggestionSources } from './suggestion-sources.ts'
import { suggestions } from './suggestions.ts'
import { titleWords } from './title-words.ts'
import { topicsWithin } from './topics-within.ts'
import { trendMarksFunctions } from './trend-marks.ts'
import { wordsFunctions } from './words.ts'

/**
 * Raise it with each change of a function. If servers of two versions use one database, it keeps the functions of the higher version,
 * whichever server started last.
 */
export const FUNCTIONS_VERSION = 17

/** Functions, views and triggers of the database that belong together. */
export interface FunctionFile {
  /** For example search-text. */
  name: string
  /** The statements that create them, or replace another version of them. */
  text: string
  /** SHA-256 of `text` without comment lines and with uniform line ends. */
  hash: string
  /** Names of the functions, views and triggers that it creates. */
  makes: string[]
  /** Statements that update results held in rows and indexes; run when an existing function has changed. */
  rebuild: string
  /** Whether tables depend on it: it is applied before the migrations, the others after them. */
  isForTables: boolean
}

/** All function files, each after those that it calls. */
export function functionFiles(): FunctionFile[] {
  return [
    forTables(file('text-search', read('text-search.sql')), REBUILD_SEARCH),
    keyWords(),
    forTables(file('search-text', read('search-text.sql')), REBUILD_SEARCH),
    forTables(file('search-score', searchScore), REBUILD_SEARCH),
    { ...file('words', wordsFunctions), rebuild: 'select fill_words();' },
    file('naming', namingTriggers),
    file('title-words', titleWords),
    file('topics-within', topicsWithin),
    file('trend-marks', trendMarksFunctions),
    file('word-text', read('word-text.sql')),
    file('suggestion-sources', suggestionSources),
    file('suggestion-hits', suggestionHits),
    file('suggestions', suggestions),
  ]
}

/** Recomputes generated columns, and makes the next import or start count the words. */
const REBUILD_SEARCH = sql`
  update ${papers} set ${papers.title} = ${papers.title}, ${papers.publishedOn} = ${papers.publishedOn};
  update ${searchStatistics} set ${searchStatistics.refreshedAt} = '-infinity';`.text

/** Rebuilds all indexes that call one of these functions. PostgreSQL knows them, so none has to be named. */
const reindexCallers = (functions: readonly string[]) => `
  do $$ declare own regclass; begin
    for own in select distinct c.oid::regclass from pg_depend d join pg_class c on c.oid = d.objid
      where d.classid = 'pg_class'::regclass and c.relkind = 'i' and d.refclassid = 'pg_proc'::regclass
        and d.refobjid in (select oid from pg_proc where pronamespace = 'public'::regnamespace
          and proname in (${functions.map((name) => `'${name}'`).join(', ')}))
    loop execute format('reindex index %s', own); end loop;
  end $$;`

function keyWords(): FunctionFile {
  const made = file('key-words', read('key-words.sql'))
  return forTables(made, `${reindexCallers(made.makes)} select fill_words();`)
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

function file(name: string, text: string): FunctionFile {
  const plain = text.replaceAll('\r\n', '\n').replace(/^\s*--.*\n/gm, '')
  const hash = createHash('sha256').update(plain).digest('hex')
  const makes = [...text.matchAll(MADE)].map(([, made]) => made ?? '')
  return { name, text, hash, makes, rebuild: '', isForTables: false }
}

/** Marks a file whose functions columns and indexes of tables call, and whose results they hold. */
const forTables = (made: FunctionFile, rebuild: string): FunctionFile => ({
  ...made,
  rebuild,
  isForTables: true,
})

const MADE = /^create or replace (?:function|view|trigger) (\w+)/gim
