import { z } from 'zod'
import {
  CITATION_INTENTS,
  DECISION_OUTCOMES,
  EVENT_KINDS,
  IDENTIFIER_SCHEMES,
  LINK_KINDS,
  OPEN_ACCESS_STATUSES,
  PAPER_KINDS,
  PRESENTATIONS,
  REPOSITORY_EVIDENCES,
  TEXT_VERSIONS,
  TOPIC_KINDS,
  VENUE_KINDS,
} from '../../db/tables/vocabulary.ts'
import type {
  AuthorClaim,
  DecisionClaim,
  PaperRecord,
  PublicationClaim,
} from '../../domain/record/paper-record.ts'
import { normalUrl } from '../../domain/reference/repository-ref.ts'
import { instant } from './paperql-decision.ts'

const identifier = z.object({ scheme: z.enum(IDENTIFIER_SCHEMES), value: z.string() })
const authorIdentifier = z.object({ scheme: z.string(), value: z.string() })
const topicName = { slug: z.string(), name: z.string(), kind: z.enum(TOPIC_KINDS) }
const venue = z.object({
  slug: z.string(),
  name: z.string(),
  acronym: z.string().nullable(),
  kind: z.enum(VENUE_KINDS),
})
const judgement = {
  isInfluential: z.boolean().nullable().exactOptional(),
  intents: z.array(z.enum(CITATION_INTENTS)).exactOptional(),
  contexts: z.array(z.string()).exactOptional(),
}

const affiliation = {
  affiliation: z.string().nullable(),
  institutions: z
    .array(
      z.object({
        name: z.string(),
        isPrinted: z.boolean().exactOptional(),
        ror: z.string().exactOptional(),
        domain: z.string().exactOptional(),
        acronym: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
}

/** Fields in the same order as adapters write them, so that a record keeps its hash. */
export const paperRecord = z.object({
  abstract: z.string().nullable(),
  published: z.object({ on: z.string(), precision: z.enum(['year', 'month', 'day']) }).nullable(),
  eventYear: z.int().nullable(),
  language: z.string().nullable(),
  isRetracted: z.boolean(),
  landingUrl: z.string().nullable(),
  pdfUrl: z.string().nullable(),
  citationCount: z.int().nullable(),
  identifiers: z.array(identifier),
  authors: z.array(
    z.object({
      name: z.string(),
      familyName: z.string().exactOptional(),
      identifiers: z.array(authorIdentifier),
      ...affiliation,
    }),
  ),
  venue: venue.nullable(),
  topics: z.array(z.object({ ...topicName, score: z.number().nullable(), source: z.string() })),
  repositories: z.array(
    z.object({
      host: z.string(),
      owner: z.string(),
      name: z.string(),
      url: z.string().transform(normalUrl),
      isOfficial: z.boolean(),
      evidence: z.enum(REPOSITORY_EVIDENCES),
      framework: z.string().nullable(),
    }),
  ),
  source: z.string().min(1),
  key: z.string().min(1),
  licence: z.string().nullable(),
  title: z.string(),
  tldr: z.string().exactOptional(),
  authorSummary: z.string().exactOptional(),
  upvoteCount: z.int().exactOptional(),
  listing: z
    .object({
      on: z.string().nullable(),
      organisation: z.string().nullable(),
      projectUrl: z.string().nullable(),
      mediaUrls: z.array(z.string()),
      commentCount: z.number().nullable(),
    })
    .exactOptional(),
  hasMoreAuthors: z.boolean().exactOptional(),
  affiliations: z.array(z.object(affiliation)).exactOptional(),
  kind: z.enum(PAPER_KINDS),
  publication: z
    .object({
      container: z.string().exactOptional(),
      series: z.string().exactOptional(),
      volume: z.string().exactOptional(),
      number: z.string().exactOptional(),
      pages: z.string().exactOptional(),
      articleNumber: z.string().exactOptional(),
      edition: z.string().exactOptional(),
      editors: z.array(z.string()).exactOptional(),
      institution: z.string().exactOptional(),
      publisher: z.string().exactOptional(),
      publisherPlace: z.string().exactOptional(),
      isbns: z.array(z.string()).exactOptional(),
      issns: z.array(z.string()).exactOptional(),
      reportNumber: z.string().exactOptional(),
      workType: z.string().exactOptional(),
      journalRef: z.string().exactOptional(),
      year: z.int().exactOptional(),
    })
    .exactOptional(),
  keywords: z.array(z.string()).exactOptional(),
  versions: z
    .array(z.object({ relation: z.enum(['original', 'translation', 'version']), identifier }))
    .exactOptional(),
  links: z
    .array(
      z.object({
        kind: z.enum(LINK_KINDS),
        url: z.string(),
        label: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  events: z
    .array(
      z.object({
        kind: z.enum(EVENT_KINDS),
        on: z.string().nullable(),
        precision: z.enum(['year', 'month']).exactOptional(),
        number: z.int().exactOptional(),
        reason: z.string().exactOptional(),
        notice: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  openAccess: z
    .object({
      status: z.enum(OPEN_ACCESS_STATUSES),
      url: z.string().nullable(),
      licence: z.string().nullable(),
      version: z.enum(TEXT_VERSIONS).nullable(),
    })
    .exactOptional(),
  references: z
    .array(
      z.object({
        identifiers: z.array(identifier),
        title: z.string().nullable().exactOptional(),
        text: z.string().nullable().exactOptional(),
        ...judgement,
      }),
    )
    .exactOptional(),
  decisions: z
    .array(
      z.object({
        venue: venue.nullable(),
        year: z.int().nullable(),
        outcome: z.enum(DECISION_OUTCOMES).exactOptional(),
        presentation: z.enum(PRESENTATIONS).exactOptional(),
        status: z.string().exactOptional(),
        track: z.string().exactOptional(),
        award: z.string().exactOptional(),
        session: z.string().exactOptional(),
        area: z.string().exactOptional(),
        rating: z.object({ mean: z.number(), count: z.int().nullable() }).exactOptional(),
      }),
    )
    .exactOptional(),
})

const profileBase = {
  source: z.string().min(1),
  key: z.string().min(1),
  licence: z.string().nullable(),
  url: z.string().nullable(),
}

/** Fails to compile if a field of records is missing. */
type Lost =
  | Exclude<keyof PaperRecord, keyof z.infer<typeof paperRecord>>
  | Exclude<keyof AuthorClaim, keyof z.infer<typeof paperRecord>['authors'][number]>
  | Exclude<keyof PublicationClaim, keyof NonNullable<z.infer<typeof paperRecord>['publication']>>
  | Exclude<
      keyof DecisionClaim,
      keyof NonNullable<z.infer<typeof paperRecord>['decisions']>[number]
    >
const nothingIsLost: Lost extends never ? true : never = true
void nothingIsLost

export const profileRecord = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('author'),
    ...profileBase,
    name: z.string(),
    aliases: z.array(z.string()),
    identifiers: z.array(authorIdentifier).min(1),
    affiliations: z.array(z.string()),
    workplaces: z
      .array(
        z.object({
          name: z.string(),
          ror: z.string().nullable(),
          from: z.string().nullable(),
          to: z.string().nullable(),
        }),
      )
      .exactOptional(),
    homepage: z.string().nullable(),
    paperCount: z.int().nullable(),
    citationCount: z.int().nullable(),
    hIndex: z.int().nullable(),
  }),
  z.object({
    type: z.literal('topic'),
    ...profileBase,
    ...topicName,
    description: z.string().nullable(),
    parents: z.array(z.object(topicName)),
  }),
  z.object({
    type: z.literal('institution'),
    ...profileBase,
    ror: z.string(),
    name: z.string(),
    aliases: z.array(z.string()),
    acronyms: z.array(z.string()),
    country: z.string().nullable(),
    domain: z.string().nullable(),
    parent: z.string().nullable(),
    isWithdrawn: z.boolean(),
  }),
])

export const citation = z.object({
  source: z.string().min(1),
  citing: identifier,
  cited: identifier,
  ...judgement,
})

const day = z.iso.date()
const path = { owner: z.string().min(1), name: z.string().min(1) }

export const repository = z.object({
  host: z.string().min(1),
  ...path,
  formerNames: z.array(z.object(path)),
  facts: z
    .object({
      hostId: z.int().nullable(),
      ...path,
      url: z.url().transform(normalUrl),
      description: z.string().nullable(),
      stars: z.int().min(0),
      forks: z.int().min(0),
      language: z.string().nullable(),
      licence: z.string().nullable(),
      isArchived: z.boolean(),
      pushedAt: instant.nullable(),
    })
    .nullable(),
  etag: z.string().nullable(),
  isGone: z.boolean(),
  checkedAt: instant.nullable(),
  starHistory: z.array(
    z.object({ on: day, stars: z.int().min(0), source: z.string().nullable().default(null) }),
  ),
})
