import type { PaperIdentifier, ReferenceClaim } from '../../domain/record/paper-record.ts'
import { readIdentifiers } from '../fields/identifiers.ts'
import { cleanText } from '../input/outcome.ts'
import { elementsAt, type XmlElement } from '../input/xml-records.ts'

/** Reads the references of a PubMed citation: its list of references, and in older files the articles under `Cites`. */
export function pubmedReferences(article: XmlElement, lost: string[]): ReferenceClaim[] {
  const lists = ['pubmeddata', 'bookdocument'].flatMap((name) => elementsAt(article, name))
  const listed = lists.flatMap(referencesIn).map((reference): ReferenceClaim => {
    const ids = elementsAt(reference, 'articleidlist/articleid').flatMap(idOf)
    return claim(elementsAt(reference, 'citation')[0]?.text, ids, lost)
  })
  const cited = elementsAt(
    article,
    'medlinecitation/commentscorrectionslist/commentscorrections',
  ).filter(({ attributes }) => attributes.RefType === 'Cites')
  const known = new Set(listed.flatMap(({ identifiers }) => identifiers.map(nameOf)))
  const others = cited
    .map((one) => {
      const ids = elementsAt(one, 'pmid').flatMap(idOf)
      return claim(elementsAt(one, 'refsource')[0]?.text, ids, lost)
    })
    .filter(({ identifiers }) => !identifiers.some((id) => known.has(nameOf(id))))
  return [...listed, ...others]
}

const nameOf = ({ scheme, value }: PaperIdentifier) => `${scheme}:${value}`

function claim(text: string | undefined, ids: readonly string[], lost: string[]): ReferenceClaim {
  const read = readIdentifiers(ids)
  lost.push(...read.lost)
  return { identifiers: read.identifiers, title: null, text: cleanText(text) }
}

/** Finds references in a list, which may contain other lists. */
const referencesIn = (element: XmlElement): XmlElement[] =>
  element.children.flatMap((child) =>
    child.name === 'reference'
      ? [child]
      : child.name === 'referencelist'
        ? referencesIn(child)
        : [],
  )

const SCHEMES: Record<string, string> = {
  pubmed: 'pmid',
  doi: 'doi',
  pmc: 'pmcid',
  pmcid: 'pmcid',
}

/** Reads an id such as `PMC2776723`, also among others: `pmc-id: PMC2776723;manuscript-id: NIHMS142954;`. */
function idOf({ attributes, text }: XmlElement): string[] {
  const scheme = SCHEMES[(attributes.IdType ?? 'pubmed').toLowerCase()]
  const value = scheme === 'pmcid' ? (/PMC\d+/i.exec(text)?.[0] ?? text) : text
  // Zero is a placeholder.
  return scheme === undefined || /^[\s0]*$/.test(value) ? [] : [`${scheme}:${value.trim()}`]
}
