import type { PaperKind, VenueKind } from '../../db/tables/vocabulary.ts'
import { authorSummaryOf } from '../../domain/record/decision.ts'
import type { AuthorClaim, LinkClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { publishedFromIso, publishedOf } from '../fields/dates.ts'
import { licenceOf } from '../fields/editions.ts'
import { submittedText } from '../fields/printed/printed-text.ts'
import { isObject, type Json, jsonAdapter, list, object, text } from '../input/json.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from '../input/outcome.ts'
import { isName, withoutMarks } from '../names/names.ts'
import { reportOthers } from '../names/strays.ts'
import { codeIn } from './code-column.ts'
import { lostOfNote } from './json-shapes.ts'
import { topicsOf } from './keywords.ts'
import { asLinks, linksNamed, linksOfColumn, webAddress } from './links.ts'
import { decisionIn, editionOfNote, fieldName, journalOf, plain } from './openreview-decisions.ts'

const SOURCE = 'openreview'
const KINDS: Partial<Record<VenueKind, PaperKind>> = {
  journal: 'journal_article',
  workshop: 'workshop_paper',
}
const HOST = 'https://openreview.net'

/**
 * Reads notes of OpenReview's API in both versions: submissions, with decisions and reviews in `details.replies` or
 * `details.directReplies`, single decisions, and revisions (`/references`, or `/notes/edits` of version 2).
 */
export const readOpenreview = jsonAdapter('openreview', readNote, lostOfNote)

function readNote(note: Json): PaperRecord | Refusal {
  if (isObject(note.note)) return revision(note, note.note)
  if (text(note.referent) !== '' && text(note.referent) !== text(note.id))
    return revision(note, { ...note, id: note.referent, forum: note.referent })
  const content = object(note.content)
  const key = text(note.id)
  const forum = normaliseIdentifier('openreview', text(note.forum) || key)
  if (forum === null) return { key: key || null, reason: 'the note has no forum id' }
  if (text(note.replyto) !== '' || (key !== '' && key !== text(note.forum || key)))
    return readReply(note, key, forum)
  const title = submittedText(plain(content.title))
  if (title === null) return { key, reason: 'the note has no title' }
  return submission(note, { id: forum, title })
}

/** Fields that a revision of the text changes. Decisions and reviews are edits too. */
const TEXT = ['pdf', 'title', 'abstract', 'supplementary_material']

/** Makes a record that adds an edit as a version with its day to the submission. */
function revision(edit: Json, note: Json): PaperRecord | Refusal {
  const key = text(edit.id) || null
  const forum = normaliseIdentifier('openreview', text(note.forum) || text(note.id))
  const content = object(note.content)
  const isReply = text(note.replyto) !== '' || text(note.id) !== text(note.forum || note.id)
  const isOfText = TEXT.some((name) => text(plain(content[name])) !== '')
  const on = dayOf(edit)?.on ?? null
  if (key === null || forum === null || isReply || !isOfText || on === null)
    return { key, reason: 'the edit is not a dated revision of the text of a submission' }
  return recordOf({
    ...{ source: SOURCE, key, licence: null, title: '', kind: 'other' },
    identifiers: [{ scheme: 'openreview', value: forum }],
    events: [{ kind: 'version', on, notice: `${HOST}/revisions?id=${forum}` }],
  })
}

/** Makes a record that adds a decision to its submission. Other replies are rejected. */
function readReply(note: Json, key: string, forum: string): PaperRecord | Refusal {
  const decision = decisionIn({ ...note, content: {}, details: { replies: [note] } })
  if (decision?.status === undefined)
    return {
      key,
      reason:
        'the note is a reply without a decision; expected submissions, with reviews in their details',
    }
  return recordOf({
    ...{ source: SOURCE, key, licence: null, title: '', kind: 'other' },
    identifiers: [{ scheme: 'openreview', value: forum }],
    decisions: [decision],
  })
}

function submission(note: Json, { id, title }: { id: string; title: string }): PaperRecord {
  const content = object(note.content)
  const fields = fieldsOf(content)
  const lost: string[] = []
  const code = codeOf(fields, lost)
  const abstract = submittedText(plain(content.abstract))
  const decision = decisionIn(note)
  const edition = editionOfNote(note)
  const isAccepted = decision?.outcome === 'accepted'
  const journal = journalOf(note)
  const venue = isAccepted ? ((edition?.conference ?? journal)?.venue ?? null) : null
  const authorSummary = authorSummaryOf(
    ['tldr', 'tl_dr', 'one_sentence_summary'].map((name) => fields.get(name)).find(Boolean),
  )
  const keywords = [plain(content.keywords)].flat().flatMap((one) => text(one).split(/[;,]/))
  return recordOf({
    source: SOURCE,
    key: id,
    licence: edition ? licenceOf(edition) : null,
    title,
    abstract,
    ...(authorSummary && { authorSummary }),
    kind: venue ? (KINDS[venue.kind] ?? 'conference_paper') : 'preprint',
    published: isAccepted && edition && !journal ? publishedOf(edition.year) : dayOf(note),
    eventYear: venue && edition && !journal ? edition.year : null,
    landingUrl: `${HOST}/forum?id=${id}`,
    pdfUrl: pdfOf(plain(content.pdf)),
    identifiers: [{ scheme: 'openreview', value: id }],
    authors: authorsOf(content, lost),
    venue,
    ...topicsOf(title, abstract, keywords),
    repositories: [...repositoriesIn(cleanText(plain(content.abstract))), ...code.repositories],
    ...asLinks([...linksOf(fields), ...code.links]),
    ...(decision && { decisions: [decision] }),
    lost,
  })
}

/** Day on which a note became public. */
function dayOf(note: Json): PaperRecord['published'] {
  const instant = [note.pdate, note.odate, note.tcdate, note.cdate].find(
    (one) => typeof one === 'number' && one > 0 && one < 1e14,
  )
  return instant === undefined
    ? null
    : publishedFromIso(new Date(instant as number).toISOString().slice(0, 10))
}

function pdfOf(value: unknown): string | null {
  const path = text(value)
  if (path.startsWith('/')) return `${HOST}${path}`
  return webAddress(path)
}

/** Reads names with the profiles at the same positions. Other texts among the profiles may be e-mail addresses and are ignored. */
function authorsOf(content: Json, lost: string[]): AuthorClaim[] {
  const ids = list(plain(content.authorids)).map(text)
  return list(plain(content.authors)).flatMap((author, i): AuthorClaim[] => {
    const person = object(author)
    const printed = isObject(author) ? (person.fullname ?? person.name) : author
    const name = cleanText(withoutMarks(text(printed)))
    reportOthers(name ?? '', lost)
    if (name === null || name.includes('@') || !isName(name) || /^anonymous\b/i.test(name))
      return []
    const id = text(person.username) || (ids[i] ?? '')
    const identifier = id.startsWith('~') ? findAuthorIdentifier(id) : null
    return [{ name, identifiers: identifier ? [identifier] : [], affiliation: null }]
  })
}

/** Fields for code in submission forms. */
const CODE = ['code', 'code_url', 'code_link', 'github', 'software', 'repository']

/** Reads the code of a submission from all fields for code. */
function codeOf(fields: Fields, lost: string[]) {
  const found = CODE.map((name) =>
    codeIn(fields.get(name) ?? '', lost, {
      base: HOST,
      ...(name === 'software' && { label: 'Software' }),
    }),
  )
  return {
    repositories: found.flatMap(({ repositories }) => repositories),
    links: found.flatMap(({ links }) => links),
  }
}

/** Texts of a submission form, by the names of its fields in lower case. */
type Fields = ReadonlyMap<string, string>

const fieldsOf = (content: Json): Fields =>
  new Map(Object.entries(content).map(([name, value]) => [fieldName(name), text(plain(value))]))

/** Links to files and pages beside the text. In ARR's field `data`, only attached files are links. */
function linksOf(fields: Fields): LinkClaim[] {
  const archive = /^\/attachment\/\S+$/.exec(fields.get('data') ?? '')?.[0] ?? ''
  return [
    ...linksNamed((name) => fields.get(name) ?? '', { base: HOST }),
    ...linksOfColumn(archive, 'dataset', { base: HOST }),
  ]
}
