import type { AuthorClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { latexToText } from '../fields/latex.ts'
import { type Json, jsonAdapter, list, objects, text } from '../input/json.ts'
import type { Refusal } from '../input/outcome.ts'
import { authorNamed, nameOfParts } from '../names/names.ts'
import { personOf, readArxivEntry } from './arxiv-entry.ts'
import { lostOfArxiv } from './json-shapes.ts'

/** Reads arXiv's metadata snapshot (Kaggle): one object a line. */
export const readArxiv = jsonAdapter('arxiv', (entry) => readArxivJson('arxiv', entry), lostOfArxiv)

/** Makes the record of an entry of the snapshot, which has the fields of the format `arXivRaw`. */
export function readArxivJson(source: string, entry: Json): PaperRecord | Refusal {
  const [first] = objects(entry.versions)
  const created = new Date(text(first?.created))
  const lost: string[] = []
  return readArxivEntry({
    source,
    id: text(entry.id),
    title: entry.title,
    abstract: entry.abstract,
    authors: authorsOf(entry, lost),
    lost,
    firstOn: created,
    categories: text(entry.categories).split(/\s+/).filter(Boolean),
    doi: text(entry.doi),
    comments: text(entry.comments),
    journalRef: text(entry['journal-ref']),
    licence: text(entry.license),
    versions: versionsOf(entry),
    statedDays: objects(entry.versions).map((version) => version.created),
  })
}

/** Versions, each stated as `v2` with the time of its submission. */
const versionsOf = (entry: Json) =>
  objects(entry.versions).flatMap(({ version, created }) => {
    const number = Number(/^v(\d{1,3})$/.exec(text(version))?.[1])
    return number > 0 ? [{ number, on: new Date(text(created)) }] : []
  })

function authorsOf(entry: Json, lost: string[]): AuthorClaim[] {
  const parsed = list(entry.authors_parsed).flatMap((parts) =>
    personOf(list(parts).map(text), lost),
  )
  return parsed.length > 0 ? parsed : fromText(text(entry.authors), lost)
}

/** Reads a byline such as `Ada Lovelace (1 and 2), Alan Turing and Kurt G\"odel ((1) Somewhere)`. */
function fromText(authors: string, lost: string[]): AuthorClaim[] {
  let names = latexToText(authors)
  // Removes the innermost brackets first, because affiliations are nested in brackets.
  for (let before = ''; before !== names; ) {
    before = names
    names = names.replace(/\([^()]*\)/g, ' ')
  }
  return names.split(/,|\band\b/).flatMap((part) => {
    return authorNamed(nameOfParts({ family: part, given: '' }, lost))
  })
}
