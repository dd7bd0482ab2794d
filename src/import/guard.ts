import { shortText } from '../domain/record/decision.ts'
import type {
  AffiliationClaim,
  AuthorClaim,
  DecisionClaim,
  EventClaim,
  InstitutionClaim,
  LinkClaim,
  ListingClaim,
  OpenAccessClaim,
  PaperIdentifier,
  PaperRecord,
  ReferenceClaim,
  TopicClaim,
  VenueClaim,
  VersionClaim,
} from '../domain/record/paper-record.ts'
import { withoutSite } from '../domain/record/same/site-title.ts'
import { normaliseIdentifier } from '../domain/reference/identifier.ts'
import { normaliseRor } from '../domain/reference/ror.ts'
import type { CitationEdge } from '../domain/write/relations/edges.ts'
import { hasAddress } from './fields/addresses.ts'
import { isDayOfPaper, isYear, publishedFromIso } from './fields/dates.ts'
import { distinctIdentifiers, lostIdentifier } from './fields/identifiers.ts'
import { addressOf, atMost, clean, countOf, cut, isCount, MOST, urlOf } from './guard-values.ts'
import type { ReadRecord, Refusal } from './input/outcome.ts'
import { affiliationInList, isName } from './names/names.ts'
import { printedNames } from './names/printed.ts'
import { sayMoreAuthors } from './names/strays.ts'

/**
 * Checks and repairs a record of any source before it is stored: removes e-mail addresses and invalid characters, and enforces
 * limits, plausible dates and well-formed identifiers. Returns the record with its repairs, or why it is rejected.
 */
export function guardRecord({
  lost = [],
  ...record
}: ReadRecord): { record: PaperRecord; repairs: string[] } | Refusal {
  const key = clean(record.key)
  if (key === '' || key.length > MOST.key || hasAddress(key))
    return { key: null, reason: 'the entry has no key that can be kept' }
  const stated = clean(record.title)
  const title = withoutSite(stated)
  if (title === '' && record.title !== '') return { key, reason: 'the entry has no title' }
  if (title === '' && record.identifiers.length === 0)
    return { key, reason: 'the entry has neither a title nor an identifier' }
  if (title.length > MOST.title)
    return { key, reason: `the title has ${title.length} characters; at most ${MOST.title}` }
  const repairs = [...lost]
  if (title !== stated) repairs.push('what a site adds to titles was left out')
  const found = guarded(record, key, title, repairs)
  return { record: withMoreAuthors(found, repairs), repairs }
}

/** States that the byline is incomplete, whichever reader reported that; without any name there is no byline. */
function withMoreAuthors(record: PaperRecord, repairs: string[]): PaperRecord {
  const { hasMoreAuthors = sayMoreAuthors(repairs), ...others } = record
  return hasMoreAuthors && record.authors.length > 0 ? { ...others, hasMoreAuthors } : others
}

function guarded(record: PaperRecord, key: string, title: string, repairs: string[]): PaperRecord {
  return {
    ...withoutWrongUpvotes(record, repairs),
    key,
    title,
    abstract: abstractOf(record.abstract, repairs),
    ...(record.listing && { listing: listingOf(record.listing, repairs) }),
    ...(record.tldr !== undefined && { tldr: cut(record.tldr, MOST.tldr) ?? '' }),
    ...yearsOf(record, repairs),
    language: cut(record.language, MOST.language),
    landingUrl: addressOf(record.landingUrl, 'its page', repairs),
    pdfUrl: addressOf(record.pdfUrl, 'its text', repairs),
    citationCount: countOf(record.citationCount, repairs),
    identifiers: identifiersOf(record.identifiers, repairs),
    authors: authorsOf(record.authors, repairs),
    ...(record.affiliations && { affiliations: affiliationsOf(record.affiliations, repairs) }),
    venue: venueOf(record.venue),
    topics: atMost(record.topics.flatMap(topicOf), MOST.topics, 'topics', repairs),
    ...(record.keywords && { keywords: keywordsOf(record.keywords, repairs) }),
    repositories: atMost(record.repositories, MOST.repositories, 'repositories', repairs),
    ...(record.versions && { versions: versionsOf(record.versions, repairs) }),
    ...(record.references && { references: referencesOf(record.references, repairs) }),
    ...(record.decisions && { decisions: decisionsOf(record.decisions, repairs) }),
    ...(record.links && { links: linksOf(record.links, repairs) }),
    ...(record.events && { events: eventsOf(record.events, repairs) }),
    ...(record.openAccess && { openAccess: openAccessOf(record.openAccess, repairs) }),
  }
}

function abstractOf(text: string | null, repairs: string[]): string | null {
  const abstract = clean(text ?? '')
  if (abstract.length <= MOST.abstract) return abstract === '' ? null : abstract
  repairs.push(`the abstract was cut to ${MOST.abstract} characters`)
  return abstract.slice(0, MOST.abstract).toWellFormed()
}

function yearsOf(record: PaperRecord, repairs: string[]) {
  const { published, eventYear } = record
  const read = published ? publishedFromIso(published.on) : null
  const isDate = read !== null && read.precision === 'day'
  if (published && !isDate) repairs.push(`${published.on} is not a date of a paper; left out`)
  const isEvent = eventYear !== null && isYear(eventYear)
  if (eventYear !== null && !isEvent)
    repairs.push(`${eventYear} is not a year of a paper; left out`)
  return { published: isDate ? published : null, eventYear: isEvent ? eventYear : null }
}

function listingOf(listing: ListingClaim, repairs: string[]): ListingClaim {
  const { on, organisation, projectUrl, mediaUrls, commentCount } = listing
  return {
    on: on !== null && isDayOfPaper(on) ? on : null,
    organisation: cut(organisation, MOST.name),
    projectUrl: addressOf(projectUrl, 'the project', repairs),
    mediaUrls: mediaUrls.flatMap((url) => urlOf(url) ?? []),
    commentCount: countOf(commentCount, repairs, 'comments'),
  }
}

function withoutWrongUpvotes(record: PaperRecord, repairs: string[]): PaperRecord {
  const { upvoteCount, ...others } = record
  if (upvoteCount === undefined || isCount(upvoteCount)) return record
  repairs.push(`${upvoteCount} is not a count of upvotes; left out`)
  return others
}

function identifiersOf(all: PaperIdentifier[], repairs: string[]): PaperIdentifier[] {
  const kept = all.flatMap(({ scheme, value }) => {
    const normal = value.length > MOST.identifier ? null : normaliseIdentifier(scheme, value)
    if (normal !== null && !hasAddress(normal)) return { scheme, value: normal }
    repairs.push(lostIdentifier(scheme))
    return []
  })
  return atMost(distinctIdentifiers(kept), MOST.identifiers, 'identifiers', repairs)
}

function versionsOf(all: VersionClaim[], repairs: string[]): VersionClaim[] {
  const kept = all.flatMap(({ relation, identifier }) =>
    identifiersOf([identifier], repairs).map((id): VersionClaim => ({ relation, identifier: id })),
  )
  return atMost(kept, MOST.identifiers, 'versions', repairs)
}

function authorsOf(all: AuthorClaim[], repairs: string[]): AuthorClaim[] {
  const kept = all.flatMap((author): AuthorClaim[] => {
    const stated = clean(author.name)
    const names = printedNames({ ...author, name: stated }, repairs)
    if (
      names.some(({ name }) => name.includes('@')) ||
      (stated === '' && author.name.trim() !== '')
    )
      repairs.push('a name of an author that is an e-mail address was left out')
    const identifiers = author.identifiers.filter(({ value }) => !value.includes('@'))
    return names.filter(isKept(repairs)).map(({ name, familyName, identifiers: own }) => ({
      ...{ name, ...(familyName && { familyName }) },
      ...{ identifiers: [...(names.length === 1 ? identifiers : []), ...own] },
      ...affiliationOf(author),
    }))
  })
  reportShared(kept, repairs)
  return atMost(kept, MOST.authors, 'authors', repairs)
}

/** Reports ORCID iDs that an entry states for several authors: only one of them can be the person, and the entry does not say which. */
function reportShared(authors: readonly AuthorClaim[], repairs: string[]): void {
  const seen = new Set<string>()
  for (const { identifiers } of authors)
    for (const value of new Set(
      identifiers.flatMap((id) => (id.scheme === 'orcid' ? id.value : [])),
    ))
      if (seen.has(value))
        repairs.push(`the ORCID iD ${value} of several authors was left to the first`)
      else seen.add(value)
}

const isKept =
  (repairs: string[]) =>
  ({ name }: { name: string }) => {
    if (name === '' || name.includes('@') || !isName(name)) return false
    if (name.length <= MOST.name) return true
    repairs.push(`an author's name of ${name.length} characters was left out`)
    return false
  }

function affiliationsOf(all: AffiliationClaim[], repairs: string[]): AffiliationClaim[] {
  const kept = all
    .map(affiliationOf)
    .filter(({ affiliation, institutions }) => affiliation !== null || institutions)
  return atMost(kept, MOST.authors, 'affiliations', repairs)
}

function affiliationOf(claim: AffiliationClaim): AffiliationClaim {
  const affiliation = cut(affiliationInList(clean(claim.affiliation ?? '')), MOST.affiliation)
  const institutions = (claim.institutions ?? []).flatMap(institutionOf)
  return {
    affiliation,
    ...(institutions.length > 0 && { institutions: institutions.slice(0, MOST.institutions) }),
  }
}

function institutionOf(claim: InstitutionClaim): InstitutionClaim[] {
  const name = cut(claim.name, MOST.affiliation)
  const ror = claim.ror === undefined ? null : normaliseRor(claim.ror)
  const domain = /^[a-z0-9.-]{3,100}$/.exec(claim.domain ?? '')?.[0]
  const acronym = cut(claim.acronym, MOST.acronym)
  if (name === null || hasAddress(name)) return []
  return [
    {
      name,
      ...(claim.isPrinted && { isPrinted: true }),
      ...(ror !== null && { ror }),
      ...(domain !== undefined && { domain }),
      ...(acronym !== null && { acronym }),
    },
  ]
}

function venueOf(venue: VenueClaim | null): VenueClaim | null {
  if (venue === null) return null
  const name = cut(venue.name, MOST.name)
  return name === null || venue.slug === '' || venue.slug.length > MOST.name
    ? null
    : { ...venue, name, acronym: venue.acronym === null ? null : clean(venue.acronym) }
}

function topicOf(topic: TopicClaim): TopicClaim[] {
  const name = clean(topic.name)
  const isUsable = name !== '' && topic.slug !== '' && topic.slug.length <= MOST.name
  return isUsable && name.length <= MOST.name ? [{ ...topic, name }] : []
}

function keywordsOf(all: string[], repairs: string[]): string[] {
  const named = all.map(clean).filter((name) => name !== '')
  const kept = named.filter((name) => name.length <= MOST.name)
  if (kept.length < named.length)
    repairs.push(`keywords of more than ${MOST.name} characters were left out`)
  return atMost(kept, MOST.topics, 'keywords', repairs)
}

/** Drops invalid identifiers of references, and references that name no work. */
function referencesOf(all: ReferenceClaim[], repairs: string[]): ReferenceClaim[] {
  const kept = all.flatMap((reference): ReferenceClaim[] => {
    const [title, text] = [cut(reference.title, MOST.title), cut(reference.text, MOST.title)]
    const identifiers = identifiersOf(reference.identifiers, [])
    const contexts = contextsOf(reference.contexts)
    return identifiers.length > 0 || title !== null || text !== null
      ? [{ ...reference, identifiers, title, text, ...contexts }]
      : []
  })
  const empty = all.length - kept.length
  if (empty > 0)
    repairs.push(
      `references with neither title, text nor identifier were left out: ${empty} of ${all.length}`,
    )
  return atMost(kept, MOST.references, 'references', repairs)
}

const contextsOf = (contexts: string[] | undefined): Pick<ReferenceClaim, 'contexts'> =>
  contexts ? { contexts: guardContexts(contexts) } : {}

/** Checks and limits the citing sentences of a citation. */
export const guardEdge = ({ contexts, ...edge }: CitationEdge): CitationEdge =>
  contexts === undefined ? edge : { ...edge, contexts: guardContexts(contexts) }

/** Cleans citing sentences and removes duplicates. */
function guardContexts(contexts: readonly string[]): string[] {
  const kept = contexts.flatMap((context) => cut(context, MOST.context) ?? [])
  return [...new Set(kept)].slice(0, MOST.contexts)
}

function linksOf(all: LinkClaim[], repairs: string[]): LinkClaim[] {
  const kept = all.flatMap(({ kind, url, label }): LinkClaim[] => {
    const address = urlOf(url)
    if (address === null) repairs.push(`a link that is not a web address was left out (${kind})`)
    const name = cut(label, MOST.name)
    return address === null ? [] : [{ kind, url: address, ...(name && { label: name }) }]
  })
  return atMost(kept, MOST.links, 'links', repairs)
}

function eventsOf(all: EventClaim[], repairs: string[]): EventClaim[] {
  const kept = all.map((event): EventClaim => {
    const { kind, on, precision, number, reason, notice } = event
    const isDay = on !== null && isDayOfPaper(on)
    if (on !== null && !isDay) repairs.push(`${on} is not a day of a ${kind}; left out`)
    const words = cut(reason, MOST.reason)
    const address = urlOf(notice ?? null)
    return {
      kind,
      on: isDay ? on : null,
      ...(isDay && precision && { precision }),
      ...(number !== undefined && number > 0 && isCount(number) && { number }),
      ...(words && { reason: words }),
      ...(address && { notice: address }),
    }
  })
  return atMost(kept, MOST.events, 'events', repairs)
}

/** Keeps texts that are short enough for a name, since an index entry has a maximum size. */
function decisionsOf(all: DecisionClaim[], repairs: string[]): DecisionClaim[] {
  const kept = all.map((decision): DecisionClaim => {
    const { venue, year, status, track, award, session, area, rating, ...said } = decision
    const texts = Object.entries({ status, track, award, session, area })
    const short = texts.flatMap(([name, text]) => {
      const own = shortText(clean(text ?? ''))
      if (own === undefined && text?.trim())
        repairs.push(`a ${name} of ${text.length} characters is not a name; left out`)
      return own === undefined ? [] : [[name, own]]
    })
    const isRated = rating && Number.isFinite(rating.mean) && Math.abs(rating.mean) < 1e6
    return {
      ...{ venue: venueOf(venue), year: year !== null && isYear(year) ? year : null },
      ...said,
      ...Object.fromEntries(short),
      ...(isRated && {
        rating: { ...rating, count: (rating.count ?? 0) < 1e4 ? rating.count : null },
      }),
    }
  })
  return atMost(kept, MOST.decisions, 'decisions', repairs)
}

const openAccessOf = (
  { status, url, licence, version }: OpenAccessClaim,
  repairs: string[],
): OpenAccessClaim => ({
  status,
  url: addressOf(url, 'the open text', repairs),
  licence: cut(licence, MOST.name),
  version,
})
