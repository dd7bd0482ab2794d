import type { PaperRecord } from '../../domain/record/paper-record.ts'
import type { Refusal } from '../input/outcome.ts'
import { type ArxivEntry, personOf, readArxivEntry } from './arxiv-entry.ts'

/** A record in the format `arXiv` of arXiv's OAI-PMH interface. */
export interface ArxivOaiRecord {
  /** OAI identifier, such as `oai:arXiv.org:cs/0001001`. */
  identifier: string
  /** Text of the first metadata element of each name. */
  texts: Map<string, string>
  /** Texts of the elements of each author by their names. */
  authors: Map<string, string[]>[]
}

/** The arXiv id of a record: the last part of its OAI identifier. */
export function arxivIdOf({ identifier }: Pick<ArxivOaiRecord, 'identifier'>): string {
  return identifier.replace(/^oai:[^:]*:/i, '')
}

/** Versions that the format states: the day of the first and, if there are others, of the newest, without its number. */
function versionsOf(created: string, updated: string): ArxivEntry['versions'] {
  if (created === '') return []
  const first = { number: 1, on: new Date(created) }
  return updated > created ? [first, { number: null, on: new Date(updated) }] : [first]
}

/** Known versions, and the stated newest version if it is later than these. */
function withKnown(
  known: ArxivEntry['versions'],
  stated: ArxivEntry['versions'],
): ArxivEntry['versions'] {
  const [last, newest] = [known.at(-1), stated.at(-1)]
  if (!last || !newest) return known.length > 0 ? known : stated
  return Number(newest.on) > Number(last.on) ? [...known, { ...newest, number: null }] : known
}

/** Makes the record of a paper, with its known versions. */
export function readArxivOai(
  source: string,
  record: ArxivOaiRecord,
  known: ArxivEntry['versions'] = [],
): PaperRecord | Refusal {
  const { texts, authors } = record
  const textOf = (name: string) => texts.get(name) ?? ''
  const lost: string[] = []
  return readArxivEntry({
    source,
    id: textOf('id') || arxivIdOf(record),
    title: textOf('title'),
    abstract: textOf('abstract'),
    authors: authors.flatMap((author) => {
      const [family = '', given = '', suffix = ''] = ['keyname', 'forenames', 'suffix'].map(
        (name) => author.get(name)?.[0] ?? '',
      )
      return personOf([family, given, suffix, ...(author.get('affiliation') ?? [])], lost)
    }),
    lost,
    firstOn: new Date(textOf('created')),
    categories: textOf('categories').split(/\s+/).filter(Boolean),
    doi: textOf('doi'),
    comments: textOf('comments'),
    journalRef: textOf('journal-ref'),
    licence: textOf('license'),
    versions: withKnown(known, versionsOf(textOf('created'), textOf('updated'))),
    statedDays: [textOf('created'), textOf('updated')],
  })
}
