import { alias, raw, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import { searchLexemes, searchStatistics } from '../../../db/tables/search.ts'
import { LIMIT, WEIGHT } from './limits.ts'

const h = alias(papers, 'h')
const k = alias(searchLexemes, 'k')
const q = alias(papers, 'q')

/** Weight of a part of a compound or pair: the parts of `cross-lingual` or `emotion recognition` add little to the whole. */
const PART = raw('0.3')

/** How much a paper is about a word: fully if its title has it, by half for one mention in its abstract, and more for each further one. */
const ABOUT =
  raw(`case when w.is_phrase then case when c.title_search @@ w.query then 1 else 0.6 end
  else least(1.2, 1.645 * ts_rank('{0, 0.4, 0.5, 1}', c.search, w.query)) end`)

/** Weight of a word that the abstract repeats. */
const REPEATED = raw('0.2 + 0.4 * ln(told.times)')

/** Minimum rarity of a word; half of the catalogue has those below it. */
const LEAST_RARITY = raw('0.12')

/**
 * Significance of a title word: low if the paper's own abstract lacks it, as in `Going Deeper`, or if it is a common word of titles.
 */
const TELLING = raw(
  `case when x.lexeme = any('{${[
    'beyond,better,bridg,case,deeper,dive,empir,enough,faster,get,go,good,guid,help,hard,import,improv,introduc,investig,journey',
    'lesson,level,look,make,matter,need,net,new,novel,one,perspect,quest,read,real,realli,reconsid,rethink,revisit,right,role',
    'said,simpl,stronger,studi,tale,thing,toward,understand,use,via,view,way,without,worth,wrong',
  ].join(
    ',',
  )}}'::text[]) then 0.2 when not exists (select from told) then 1 else 0.35 + coalesce(0.45 + 0.3 * ln(told.times), 0) end`,
)

/** Punctuation around words of titles. */
const PUNCTUATION = raw(`'.,:;!?"''()[]{}“”‘’…'`)

/** Text that some PDF files have instead of a hyphen at the end of a line, or of a ligature: `distin(cid:173) guishes`. */
const NO_LETTER = raw("'[(]cid:[0-9]+[)] ?'")

/** Quotes a lexeme for a tsquery. */
const quoted = (of: string) =>
  raw(`'''' || replace(replace(${of}.lexeme, '\\', '\\\\'), '''', '''''') || ''''`)

/**
 * The words of the title, pairs of neighbours among them, and the words of the abstract, by significance; and papers with the rarest of them:
 * in title or abstract if few papers have them, else in the title. The sort key is an expression, because for a supposedly common word the
 * planner would scan the index of a column.
 */
export function ownWords(paperId: Sql): Sql {
  const first = sql`order by ${h.citationCount} + 0 desc, ${h.id} desc limit ${LIMIT.wordPapers}`
  return sql`size as materialized (
    select greatest(max(paper_count), 100)::float8 as papers from ${searchStatistics}
  ), told as materialized (
    select y.lexeme, cardinality(y.positions) as times from ${q} cross join unnest(ts_filter(${q.search}, '{b}')) y
    where ${q.id} = ${paperId}
  ), ${titleWords(paperId)}, ${abstractWords(paperId)}, own_word as materialized (
    ${weighed('title_word', LIMIT.words)} union all ${weighed('told_word', LIMIT.told)}
  ), own_pair as materialized (
    select a.word || ' ' || b.word as word, a.query <-> b.query as query, least(a.title_count, b.title_count) as title_count,
      (a.rarity + b.rarity) / 2 as rarity
    from own_word a join own_word b on b.place = a.place + 1
    where not exists (select from compound c where c.word = a.word || b.word) order by 4 desc, 1 limit ${LIMIT.pairs}
  ), own_text as materialized (
    select word, query, rarity, is_phrase from own_word union all select word, query, rarity * ${PART}, true from own_pair
  ), hit as materialized (
    select x.id, w.rarity * x.part * ${WEIGHT.text} / (1 + (select sum(rarity) from own_text)) as weight
    from ((select word, query, paper_count, title_count, rarity from own_word
        where title_count <= ${LIMIT.wordPapers} order by rarity desc, word limit ${LIMIT.hits})
      union all select word, query, null, title_count, rarity * 2 from own_pair where title_count <= ${LIMIT.pairTitles}) w
    cross join lateral (
      (select ${h.id}, case when ${h.titleSearch} @@ w.query then 1 else 0.6 end as part from ${h}
        where w.paper_count <= ${LIMIT.wordPapers} and ${h.search} @@ w.query ${first})
      union all
      (select ${h.id}, 1 from ${h}
        where coalesce(w.paper_count > ${LIMIT.wordPapers}, true) and ${h.titleSearch} @@ w.query ${first})) x
    where x.id <> ${paperId}
  )`
}

/** The printed words of a text with their positions; hyphenated compounds are added as one word after all others. */
const printedIn = (text: Sql, paperId: Sql) => sql`
    select w.word, s.place, (tsvector_to_array(to_tsvector('paperql', w.word)))[1] as lexeme
    from ${q} cross join string_to_table(search_text(regexp_replace(${text}, ${NO_LETTER}, '', 'g')), ' ')
      with ordinality as s(printed, place)
    cross join lateral (select btrim(s.printed, ${PUNCTUATION}) as word) w where ${q.id} = ${paperId}`

/** Words that are parts of a compound in the text which more than `coined` papers have; so `nerf` is not a mere part in `od-nerf`. */
const partsOf = (printed: string) => sql`${raw(printed)}_part as materialized (
    select unnest(array[a.word, b.word, case when x.word <> a.word || b.word then c.word end]) as word
    from ${raw(printed)} a join ${raw(printed)} b on b.place = a.place + 1 left join ${raw(printed)} c on c.place = b.place + 1
    join ${raw(printed)} x on x.word in (a.word || b.word, a.word || b.word || c.word)
    join ${k} on ${k.lexeme} = x.lexeme and ${k.paperCount} > ${LIMIT.coined}
  )`

const ofPart = (printed: string) =>
  sql`case when x.word in (select word from ${raw(printed)}_part) then ${PART} else 1 end`

/** The words of the title; hyphenated compounds are also found as two words. */
const titleWords = (
  paperId: Sql,
) => sql`printed as materialized (${printedIn(sql`left(${q.title}, 2000)`, paperId)}
      and length(w.word) > 1 and w.word !~ '^[0-9]+$'
  ), compound as materialized (
    select x.word, min(${quoted('a')} || ' <-> ' || ${quoted('b')}) as phrase
    from printed a join printed b on b.place = a.place + 1 join printed x on x.word = a.word || b.word
    where a.lexeme is not null and b.lexeme is not null group by x.word
  ), ${partsOf('printed')}, title_word as materialized (
    select distinct on (x.lexeme) x.lexeme, x.word, x.place, y.phrase, (${TELLING}) * ${ofPart('printed')} as telling
    from printed x left join told on told.lexeme = x.lexeme left join compound y on y.word = x.word
    where x.lexeme is not null order by x.lexeme, x.word
  )`

const abstractWords = (
  paperId: Sql,
) => sql`told_printed as materialized (${printedIn(sql`left(${q.abstract}, 5000)`, paperId)}
      and length(w.word) > 2 and w.word !~ '^[0-9]+$' and strpos(w.word, '''') = 0
  ), ${partsOf('told_printed')}, told_word as materialized (
    select distinct on (x.lexeme) x.lexeme, x.word, null::bigint as place, null as phrase,
      (${REPEATED}) * ${ofPart('told_printed')} as telling
    from told_printed x join told on told.lexeme = x.lexeme
    where not exists (select from title_word t where t.lexeme = x.lexeme) order by x.lexeme, x.word
  )`

/**
 * The words that each candidate shares, as `worded`: a single common word counts less than several, because it may have another meaning. Part
 * of a statement that defines `candidate`.
 */
export const wordsInCommon = sql`worded as materialized (
      select c.id, w.word as detail, ${WEIGHT.text} * w.rarity * ${ABOUT} / (1 + (select sum(rarity) from own_text))
        * 1.5 * count(*) over (partition by c.id) / (count(*) over (partition by c.id) + 2.0) as weight
      from (select c.id, ${h.search} || ''::tsvector as search, ${h.titleSearch} from candidate c join ${h} on ${h.id} = c.id offset 0) c
      join own_text w on c.search @@ w.query
    )`

/** The same words with up to five times the weight, as `telling_word`: words that the best candidates share are the subject of the paper. */
export const wordsOfTheBest = sql`best as materialized (
      select id from (select id, weight from worded union all select id, weight from other) x
      group by id order by sum(weight) desc, id desc limit ${LIMIT.best}
    ), shared as materialized (
      select w.detail, count(*) / (select count(*)::float8 from best) as part
      from worded w join best on best.id = w.id group by w.detail
    ), telling_word as (
      select w.id, w.detail, w.weight * (1 + ${WEIGHT.shared} * coalesce(s.part, 0)) as weight from worded w left join shared s using (detail)
    )`

/** The most significant words with their weights. */
const weighed = (words: string, most: Sql) => sql`(
    select * from (select w.word, w.place, (${quoted('w')} || coalesce(' | ' || w.phrase, ''))::tsquery as query,
      w.phrase is not null as is_phrase, coalesce(${k.paperCount}, 1) as paper_count,
      coalesce(${k.titleCount}, 0) as title_count,
      w.telling * greatest(ln(size.papers / greatest(${k.paperCount}, 1)) / ln(size.papers), 0) as rarity
    from ${raw(words)} w cross join size left join ${k} on ${k.lexeme} = w.lexeme
    where coalesce(${k.paperCount}, 2) > 1) w
    where rarity >= ${LEAST_RARITY}::float8 order by rarity desc, word limit ${most})`
