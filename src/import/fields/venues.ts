import type { VenueKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord, VenueClaim } from '../../domain/record/paper-record.ts'
import { slugify } from '../../domain/record/title-key.ts'
import { findConferenceNamed } from './conferences.ts'

/** What is printed where a venue would stand, and is none. */
const NO_VENUE =
  /^(?:https?:|arxiv|corr\b|preprint|unpublished|submitted|under review|in press|to appear|ssrn|biorxiv|medrxiv|research square|zenodo|openreview)/i

/** Whether what is printed as a journal is a server of preprints. */
export const isPreprintServer = (printed: string | null): boolean =>
  /^(?:(?:(?:pre)?print|available)\s+(?:on|at)\s+)?(?:arxiv|corr$|(?:bio|med|chem|psy|soc)r?xiv|ssrn|research square)/i.test(
    printed ?? '',
  )

/** The year of the conference, which for most sources is that of its proceedings; null for other venues. */
export const eventYearOf = ({ venue, published }: Pick<PaperRecord, 'venue' | 'published'>) =>
  venue?.kind === 'conference' && published ? Number(published.on.slice(0, 4)) : null

const LONGEST_NAME = 250

/**
 * The venue that a source names: a conference known, whatever the spelling, else a venue of that name without its
 * year and number. Null when the name is none, as of a preprint server.
 */
export function venueNamed(
  printed: string | null,
  kind: VenueKind,
  acronym: string | null = null,
): VenueClaim | null {
  if (printed === null || NO_VENUE.test(printed)) return null
  const known = findConferenceNamed(printed)
  if (known) return known.venue
  const name = withoutYear(printed)
  const slug = slugify(name).slice(0, 200)
  if (slug.length < 2 || name.length > LONGEST_NAME) return null
  return { slug, name, acronym, kind: /\bworkshops?\b/i.test(name) ? 'workshop' : kind }
}

function withoutYear(name: string): string {
  const short = name
    .replace(/^(?:in:?\s+)?proc(?:eedings|\.)\s+(?:of\s+)?(?:the\s+)?/i, '')
    .replace(/^(?:18|19|20)\d\d\s+|[\s,(]+(?:18|19|20)\d\d\)?$/g, '')
    .replace(/^(?:the\s+)?\d+(?:st|nd|rd|th)\s+/i, '')
    .replace(/\s*\([^()]*\b(?:18|19|20)\d\d\)$/, '')
    .trim()
  return short.length < 2 ? name : short
}
