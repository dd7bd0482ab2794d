import type { CitablePaper } from '../../src/domain/export/citable-paper.ts'

/** A small paper to cite; `over` sets what a test is about. */
export function citablePaper(over: Partial<CitablePaper> = {}): CitablePaper {
  return {
    id: 1,
    title: 'A Paper of Its Own',
    abstract: null,
    kind: 'conference_paper',
    published: { on: '2021-08-01', precision: 'month' },
    eventYear: 2021,
    language: null,
    licence: null,
    isRetracted: false,
    landingUrl: null,
    pdfUrl: null,
    citationCount: 0,
    starCount: 0,
    upvoteCount: null,
    authorSummary: null,
    tldr: null,
    decisions: [],
    links: [],
    openAccess: null,
    events: [],
    institutions: [],
    venue: { name: 'Conference on Examples', acronym: null, kind: 'conference' },
    publication: null,
    identifiers: [],
    authors: byline('Ada Lovelace'),
    hasMoreAuthors: false,
    topics: [],
    keywords: [],
    repositories: [],
    keyParts: { family: 'lovelace', year: 2021, title: 'paper of its', isTaken: false },
    ...over,
  }
}

export const byline = (...names: string[]) => names.map((name) => ({ name, affiliation: null }))
