import type { VenueKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord, VenueClaim } from '../../domain/record/paper-record.ts'
import { slugify } from '../../domain/record/title-key.ts'
import { findConferenceNamed } from '../../domain/venues/conferences.ts'

/** Texts in a field for the venue that do not name one. */
const NO_VENUE =
  /^(?:https?:|arxiv|corr\b|preprint|unpublished|submitted|under review|in press|to appear|ssrn|biorxiv|medrxiv|research square|zenodo|openreview)/i

/** Whether a printed journal name is a preprint server. */
export const isPreprintServer = (printed: string | null): boolean =>
  /^(?:(?:(?:pre)?print|available)\s+(?:on|at)\s+)?(?:arxiv|corr$|(?:bio|med|chem|psy|soc)r?xiv|ssrn|research square)/i.test(
    printed ?? '',
  )

/** The year of a conference, for which most sources state the year of the proceedings; null for other venues. */
export const eventYearOf = ({ venue, published }: Pick<PaperRecord, 'venue' | 'published'>) =>
  venue?.kind === 'conference' && published ? Number(published.on.slice(0, 4)) : null

const LONGEST_NAME = 250

/**
 * Finds the venue that a source names: a known conference in any spelling, otherwise a venue of this name without year and number.
 * Null if the text does not name a venue, such as for preprint servers.
 */
export function venueNamed(
  printed: string | null,
  kind: VenueKind,
  acronym: string | null = null,
): VenueClaim | null {
  if (printed === null || NO_VENUE.test(printed)) return null
  const known = findConferenceNamed(printed)
  if (known) return known.venue
  const name = kind === 'journal' && isSerial(printed) ? printed.trim() : withoutYear(printed)
  const slug = slugify(name).slice(0, 200)
  if (slug.length < 2 || name.length > LONGEST_NAME) return null
  return { slug, name, acronym, kind: /\bworkshops?\b/i.test(name) ? 'workshop' : kind }
}

/** Whether proceedings are a journal, such as those of an academy or society. Proceedings of an event are books. */
const isSerial = (name: string): boolean =>
  /^proc(?:eedings\b|\.)/i.test(name) &&
  !/(?<!\d)(?:18|19|20)\d\d(?!\d)|\d(?:st|nd|rd|th)\b|\b(?:conf(?:erence|\.)?|workshop|symposi(?:um|a)|congress|meeting|colloquium|seminar|school|forum)s?\b/i.test(
    name,
  )

function withoutYear(name: string): string {
  const short = name
    .replace(/^(?:in:?\s+)?proc(?:eedings|\.)\s+(?:of\s+)?(?:the\s+)?/i, '')
    .replace(/^(?:18|19|20)\d\d\s+|[\s,(]+(?:18|19|20)\d\d\)?$/g, '')
    .replace(/^(?:the\s+)?\d+(?:st|nd|rd|th)\s+/i, '')
    .replace(/\s*\([^()]*\b(?:18|19|20)\d\d\)$/, '')
    .trim()
  return short.length < 2 ? name : short
}
