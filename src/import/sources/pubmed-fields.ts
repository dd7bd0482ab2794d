import { cleanText } from '../input/outcome.ts'
import { elementsAt, type XmlElement } from '../input/xml-records.ts'
import { personOfParts, type StatedName } from '../names/names.ts'
import type { PubmedField } from './pubmed-record.ts'

/** Converts a citation in PubMed's XML to fields of PubMed's text format, in the order in which PubMed writes them. */
export function fieldsOfArticle(root: XmlElement, lost: string[]): PubmedField[] {
  const at = (path: string) => elementsAt(root, `medlinecitation/${path}`)
  const [article] = at('article')
  const of = (path: string) => (article ? elementsAt(article, path) : [])
  const [issue] = of('journal/journalissue')
  return [
    ...under('PMID', at('pmid')),
    ...under('IS', [...of('journal/issn'), ...at('medlinejournalinfo/issnlinking')]),
    ...(issue ? fieldsOfIssue(issue) : []),
    ...under('TI', of('articletitle')),
    ...pagesIn(of('pagination')),
    ...locationsIn(of('elocationid')),
    ...abstractsIn('AB', of('abstract')),
    ...abstractsIn('OAB', at('otherabstract')),
    ...of('authorlist').flatMap((list) => fieldsOfAuthors(list, of('affiliation'), lost)),
    ...under('LA', of('language')),
    ...of('databanklist/databank').flatMap(accessionsIn),
    ...under('PT', of('publicationtypelist/publicationtype')),
    ...under('TT', of('vernaculartitle')),
    ...of('articledate').slice(0, 1).map(onlineDay),
    ...under('JT', of('journal/title')),
    ...under('TA', [...at('medlinejournalinfo/medlineta'), ...of('journal/isoabbreviation')]),
    ...at('meshheadinglist/meshheading').map(heading),
    ...under('MH', at('supplmeshlist/supplmeshname')),
    ...under('OT', at('keywordlist/keyword')),
    ...at('commentscorrectionslist/commentscorrections').flatMap(noticeIn),
    ...numbersIn([...elementsAt(root, 'pubmeddata/articleidlist/articleid'), ...at('otherid')]),
  ]
}

/** Converts a book, or a part of one, as `fieldsOfArticle` does. Authors of the whole book are not authors of a part. */
export function fieldsOfBook(
  root: XmlElement,
  document: XmlElement,
  lost: string[],
): PubmedField[] {
  const at = (path: string) => elementsAt(document, path)
  const bookLists = at('book/authorlist')
  const ownLists = at('authorlist')
  const lists = ownLists.some(hasAuthors) ? bookLists.filter(isOfEditors) : bookLists
  return [
    ...under('PMID', at('pmid')),
    ...under('BTI', at('book/booktitle')),
    ...under('TI', at('articletitle')),
    ...under('TT', at('vernaculartitle')),
    ...under('CTI', at('book/collectiontitle')),
    ...under('PB', at('book/publisher/publishername')),
    ...under('PL', at('book/publisher/publisherlocation')),
    ...under('ISBN', at('book/isbn')),
    ...under('EN', at('book/edition')),
    ...under('VI', at('book/volume')),
    ...under('report', at('book/reportnumber')),
    ...dateField('DP', at('book/pubdate')),
    ...dateField('CTDT', at('contributiondate')),
    ...pagesIn(at('pagination')),
    ...locationsIn(at('articletitle').length > 0 ? [] : at('book/elocationid')),
    ...abstractsIn('AB', at('abstract')),
    ...[...ownLists, ...lists].flatMap((list) => fieldsOfAuthors(list, [], lost)),
    ...under('LA', at('language')),
    ...under('PT', at('publicationtype')),
    ...under('OT', at('keywordlist/keyword')),
    ...numbersIn([
      ...at('articleidlist/articleid'),
      ...elementsAt(root, 'pubmedbookdata/articleidlist/articleid'),
    ]),
  ]
}

/** Text of an element, without sources of formulas and the space between their parts. */
function textOf(element: XmlElement): string {
  let { text } = element
  for (const formula of formulasIn(element)) text = text.replace(formula.text, tokensIn(formula))
  return cleanText(text) ?? ''
}

const formulasIn = ({ children }: XmlElement): XmlElement[] =>
  children.flatMap((child) => (/(?:^|:)math$/.test(child.name) ? [child] : formulasIn(child)))

function tokensIn({ name, text, children }: XmlElement): string {
  if (/(?:^|:)annotation(?:-xml)?$/.test(name)) return ''
  return children.length > 0 ? children.map(tokensIn).join('') : text
}

const under = (tag: string, elements: readonly XmlElement[]): PubmedField[] =>
  elements.flatMap((element): PubmedField[] => {
    const text = textOf(element)
    return text === '' ? [] : [[tag, text]]
  })

const first = (element: XmlElement, ...names: string[]): string =>
  names
    .flatMap((name) => elementsAt(element, name))
    .map(textOf)
    .find(Boolean) ?? ''

const fieldsOfIssue = (issue: XmlElement): PubmedField[] => [
  ...under('VI', elementsAt(issue, 'volume')),
  ...under('IP', elementsAt(issue, 'issue')),
  ...dateField('DP', elementsAt(issue, 'pubdate')),
]

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Writes a date as `2019 Sep 18`. The month may be a name or a number. */
function dateField(tag: string, dates: readonly XmlElement[]): PubmedField[] {
  return dates.slice(0, 1).flatMap((date): PubmedField[] => {
    const month = first(date, 'month', 'season')
    const named = /^\d{1,2}$/.test(month) ? (MONTHS[Number(month) - 1] ?? month) : month
    const parts = [first(date, 'year'), named, first(date, 'day')].filter(Boolean).join(' ')
    const text = first(date, 'medlinedate') || parts
    return text === '' ? [] : [[tag, text]]
  })
}

function onlineDay(date: XmlElement): PubmedField {
  const [year, month, day] = ['year', 'month', 'day'].map((name) => first(date, name))
  const number = MONTHS.findIndex((name) => month?.startsWith(name)) + 1 || month
  return ['DEP', `${year}${String(number).padStart(2, '0')}${day?.padStart(2, '0')}`]
}

function pagesIn(paginations: readonly XmlElement[]): PubmedField[] {
  return paginations.slice(0, 1).flatMap((pagination): PubmedField[] => {
    const range = ['startpage', 'endpage'].map((name) => first(pagination, name)).filter(Boolean)
    const pages = first(pagination, 'medlinepgn') || range.join('-')
    return pages === '' ? [] : [['PG', pages]]
  })
}

const isValid = ({ attributes }: XmlElement) => attributes.ValidYN !== 'N'

const locationsIn = (locations: readonly XmlElement[]): PubmedField[] =>
  locations
    .filter(isValid)
    .flatMap((location) =>
      under('LID', [location]).map(
        ([tag, text]): PubmedField => [tag, `${text} [${location.attributes.EIdType}]`],
      ),
    )

/** Placeholders for a missing label. */
const NO_LABEL = /^(?:unassigned|unlabell?ed|dummy-label)$/i

function abstractsIn(tag: string, abstracts: readonly XmlElement[]): PubmedField[] {
  return abstracts.flatMap((abstract): PubmedField[] => {
    const parts = elementsAt(abstract, 'abstracttext').map((part) => {
      const label = cleanText(part.attributes.Label)?.replace(/\s*:$/, '') ?? ''
      const text = textOf(part)
      return label === '' || NO_LABEL.test(label) || text === '' ? text : `${label}: ${text}`
    })
    const text = parts.filter(Boolean).join(' ')
    return text === '' ? [] : [[tag, text]]
  })
}

const isOfEditors = ({ attributes }: XmlElement) => attributes.Type === 'editors'
const hasAuthors = (list: XmlElement) => !isOfEditors(list)

/** Fields of authors. Names that were corrected are left out, since the correct ones follow them. */
function fieldsOfAuthors(
  list: XmlElement,
  shared: readonly XmlElement[],
  lost: string[],
): PubmedField[] {
  const tag = isOfEditors(list) ? 'FED' : 'FAU'
  // As PubMed ends a byline that it has not in whole.
  const others: PubmedField[] = list.attributes.CompleteYN === 'N' ? [[tag, 'et al.']] : []
  const named = elementsAt(list, 'author')
    .filter(isValid)
    .flatMap((author, at): PubmedField[] => {
      const group = first(author, 'collectivename')
      const person = group === '' ? personIn(author) : null
      if (group === '' && person === null) {
        lost.push('an author without a name was left out')
        return []
      }
      const field: PubmedField =
        person === null
          ? [tag === 'FED' ? tag : 'CN', group]
          : [tag, person.name, person.familyName]
      // Older files state only the affiliation of the first author.
      return [field, ...fieldsOfPerson(author), ...(at === 0 ? under('AD', shared) : [])]
    })
  return [...named, ...others]
}

function personIn(author: XmlElement): StatedName | null {
  const initials = first(author, 'initials')
  const short = /^\p{Lu}{2,4}$/u.test(initials) ? [...initials].join(' ') : initials
  const older = [first(author, 'firstname'), first(author, 'middlename')].filter(Boolean).join(' ')
  return personOfParts({
    family: first(author, 'lastname'),
    given: first(author, 'forename') || older || short,
    suffix: first(author, 'suffix'),
  })
}

function fieldsOfPerson(author: XmlElement): PubmedField[] {
  const orcids = elementsAt(author, 'identifier').filter(({ attributes }) =>
    /orcid/i.test(attributes.Source ?? ''),
  )
  const places = elementsAt(author, 'affiliationinfo').flatMap((info) => [
    ...under('AD', elementsAt(info, 'affiliation')),
    ...under(
      'ror',
      elementsAt(info, 'identifier').filter(({ attributes }) =>
        /^ror$/i.test(attributes.Source ?? ''),
      ),
    ),
  ])
  return [...under('AUID', orcids), ...under('AD', elementsAt(author, 'affiliation')), ...places]
}

/** Writes a heading as `Breast Neoplasms/drug therapy/genetics`. */
const heading = (mesh: XmlElement): PubmedField => [
  'MH',
  [...elementsAt(mesh, 'descriptorname'), ...elementsAt(mesh, 'qualifiername')]
    .map(textOf)
    .join('/'),
]

const TAGS: Record<string, string> = {
  RetractionIn: 'RIN',
  RetractionOf: 'ROF',
  PartialRetractionIn: 'PRIN',
  PartialRetractionOf: 'PROF',
  RetractedandRepublishedIn: 'RRI',
  RetractedandRepublishedFrom: 'RRF',
  ErratumIn: 'EIN',
  ErratumFor: 'EFR',
  CorrectedandRepublishedIn: 'CRI',
  CorrectedandRepublishedFrom: 'CRF',
  UpdateIn: 'UIN',
  UpdateOf: 'UOF',
  ExpressionOfConcernIn: 'ECI',
  ExpressionOfConcernFor: 'ECF',
}

function noticeIn(related: XmlElement): PubmedField[] {
  const tag = TAGS[related.attributes.RefType ?? '']
  const pmid = first(related, 'pmid')
  const cited = first(related, 'refsource').replace(/\.$/, '')
  const text = `${cited}.${pmid && ` PMID: ${pmid}`}`
  return tag === undefined ? [] : [[tag, text, first(related, 'note') || undefined]]
}

/** Writes the accession number of data as `Dryad/10.5061/dryad.8515`. */
const accessionsIn = (bank: XmlElement): PubmedField[] =>
  under('SI', elementsAt(bank, 'accessionnumberlist/accessionnumber')).map(
    ([tag, number]): PubmedField => [tag, `${first(bank, 'databankname')}/${number}`],
  )

/** Identifiers assigned by PubMed, PubMed Central and publishers. */
function numbersIn(ids: readonly XmlElement[]): PubmedField[] {
  const numbers = ids.map((id): PubmedField => {
    const type = (id.attributes.IdType ?? id.attributes.Source ?? '').toLowerCase()
    return [type, textOf(id)]
  })
  const ofArchive = numbers.flatMap(([type, text]) => {
    if (!/^(?:pmc|pmcid|nlm)$/.test(type)) return []
    const number = /PMC\d+/i.exec(text)?.[0] ?? (/^\d+$/.test(text) ? `PMC${text}` : text)
    return type === 'pmc' || /^PMC\d/i.test(number) ? number : []
  })
  const ofPublisher = numbers.filter(([type, text]) => /^(?:doi|pii)$/.test(type) && text !== '')
  return [
    ...[...new Set(ofArchive)].map((text): PubmedField => ['PMC', text]),
    ...ofPublisher.map(([type, text]): PubmedField => ['AID', `${text} [${type}]`]),
  ]
}
