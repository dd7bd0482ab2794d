import { type Author, authorsByIds } from '../../domain/entity/author.ts'
import { MOST_OF_KEY } from '../../domain/identity/authors-by-keys.ts'
import { PROFILE_LIMITS } from '../../domain/identity/profiles.ts'
import { countNamesakes, MOST_COMPARED } from '../../domain/identity/similar/namesakes.ts'
import type { SimilarAuthor } from '../../domain/identity/similar/rivals.ts'
import { readSimilarAuthors } from '../../domain/identity/similar/similar.ts'
import { EVIDENCE, type IdentityEvidence } from '../../domain/identity/similar/wording.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { AuthorRef } from '../refs.ts'
import { assertSize, topArgs } from '../relay/connection.ts'
import { summaryOf } from './author-summary.ts'

const EvidenceEnum = enumOf(
  'IdentityEvidenceKind',
  'Kinds of evidence on whether two authors are one person.',
  EVIDENCE,
  {
    name: 'How many people of the name are expected: a rare name speaks for one person.',
    co_authors: 'Co-authors in common.',
    affiliation: 'Affiliations that agree, or differ.',
    title_words: 'Words in common in the titles of two papers.',
    topics: 'Topics in common of two papers.',
    repository_owner:
      'Accounts that have the official code of both papers, but those of companies and umbrella projects.',
    years: 'Years between two papers: long gaps speak against one person.',
    venue: 'Two papers of one venue.',
    position:
      'First author of one paper and last author of another within eight years, which speaks against one person.',
    rivals:
      'Others who may be meant as well, but cannot be one person with the author: each leaves less for this one.',
    contradiction:
      'What shows that they are two people: a decision of an operator, a paper of both, or different identifiers of one scheme, such as ORCID iDs.',
  },
)

const EvidenceRef = builder.objectRef<IdentityEvidence>('IdentityEvidence')
EvidenceRef.implement({
  description: 'One piece of evidence on whether two authors are one person.',
  fields: (t) => ({
    kind: t.expose('kind', { type: EvidenceEnum, description: 'Kind of evidence.' }),
    detail: t.exposeString('detail', {
      description: 'What was found, as names, words or years; both sides where they differ.',
    }),
    weight: t.exposeFloat('weight', {
      nullable: true,
      description:
        'Part of the logarithm of the odds that they are one person; negative speaks against it. Null for a contradiction, which decides alone.',
    }),
  }),
})

/** A similar author, with the ids of all authors shown with it. */
type ShownAuthor = SimilarAuthor & Required<Pick<Author, 'among'>>

const SimilarAuthorRef = builder.objectRef<ShownAuthor>('SimilarAuthor')
SimilarAuthorRef.implement({
  description:
    'Another author whose name fits, with what tells the two apart and what speaks for one person.',
  fields: (t) => ({
    author: t.field({
      ...costs({ each: 0.1 }),
      type: AuthorRef,
      nullable: true,
      description: 'The other author; null when they were merged a moment ago.',
      resolve: ({ authorId, among }, _, { db, loaders }, info) => {
        const selection = selectionOf(info)
        const found = loaders.load(info, 'similar', authorId, (ids) =>
          authorsByIds(db, selection, ids),
        )
        return found.then((author) => author && { ...author, among })
      },
    }),
    confidence: t.exposeFloat('confidence', {
      description:
        'How likely both are one person, from 0 to 1, by a model fitted on lists whose authors are known; 0 where something contradicts it. Of authors who cannot be one person, as John and Jane Smith for J. Smith, the confidences add up to 1 at most.',
    }),
    evidence: t.expose('evidence', {
      type: [EvidenceRef],
      description:
        'What the two papers that agree most say for and against one person, the strongest first.',
    }),
    affiliation: t.string({
      nullable: true,
      description:
        'The affiliation on the newest paper of the other author that states one, as printed; null when none does.',
      resolve: async (similar, _, context) => (await told(similar, context)).affiliation,
    }),
    coAuthors: t.stringList({
      description: 'Up to three names that appear most often on papers with the other author.',
      resolve: async (similar, _, context) => (await told(similar, context)).coAuthors,
    }),
    topics: t.stringList({
      description: "Up to three topics of most of the other author's papers.",
      resolve: async (similar, _, context) => (await told(similar, context)).topics,
    }),
    firstYear: t.int({
      nullable: true,
      description: "Year of the other author's first paper; null when none has a date.",
      resolve: async (similar, _, context) => (await told(similar, context)).firstYear,
    }),
    lastYear: t.int({
      nullable: true,
      description: "Year of the other author's latest paper; null when none has a date.",
      resolve: async (similar, _, context) => (await told(similar, context)).lastYear,
    }),
  }),
})

/** What distinguishes the other author from namesakes, as shown on that author's own page. */
const told = ({ authorId }: SimilarAuthor, context: Context) =>
  summaryOf({ id: authorId }, null, context)

const READ = `Up to ${MOST_COMPARED} authors are compared, by their newest ${PROFILE_LIMITS.papers} papers; of more (\`namesakeCount\`) those who have most in common with the author.`

builder.objectFields(AuthorRef, (t) => ({
  possiblySame: t.field({
    ...costs({ each: 20 }),
    type: [SimilarAuthorRef],
    description: `Authors who are more likely than not the same person by what the two have in common, by name, co-authors, affiliation, topics, venue and years, the most likely first. They are not merged, as the evidence is not enough, or as it fits several. Left out are those of whom nothing but an initial is known, and those below a confidence of 0.1, as others fit as well. ${READ}`,
    args: topArgs,
    resolve: async (author, { first }, context) =>
      shownOf(author, (await similarTo(author, first, context)).filter(isLikely), first),
  }),
  namesakes: t.field({
    ...costs({ each: 20 }),
    type: [SimilarAuthorRef],
    description: `Other authors whose names fit, who are probably other people, those with most papers first. ${READ}`,
    args: topArgs,
    resolve: async (author, { first }, context) =>
      shownOf(
        author,
        (await similarTo(author, first, context))
          .filter((other) => !isLikely(other))
          .sort((a, b) => b.paperCount - a.paperCount || a.authorId - b.authorId),
        first,
      ),
  }),
}))

builder.objectField(AuthorRef, 'namesakeCount', (t) =>
  t.int({
    description: `Number of other authors whose names fit, of those with most papers: up to ${MOST_OF_KEY} of each family name and initial are looked at. \`possiblySame\` and \`namesakes\` compare ${MOST_COMPARED} of them; 0 where the name is not one person's.`,
    ...answeredBy({ resolver: ['name'] }, { each: 5 }),
    resolve: async ({ id, name }, _, { db, loaders }, info) => {
      const count = await loaders.load(
        info,
        'namesakeCount',
        `${id} ${name}`,
        async (keys: readonly string[]) => {
          const named = keys.map((key) => {
            const space = key.indexOf(' ')
            return { key, id: Number(key.slice(0, space)), printed: key.slice(space + 1) }
          })
          const counts = await countNamesakes(db, named)
          return new Map(named.map((one) => [one.key, counts.get(one.id) ?? 0]))
        },
      )
      return count ?? 0
    },
  }),
)

function shownOf({ id }: Author, others: SimilarAuthor[], first: number): ShownAuthor[] {
  const shown = others.slice(0, first)
  const among = [id, ...shown.map(({ authorId }) => authorId)]
  return shown.map((other) => ({ ...other, among }))
}

const isLikely = ({ isPossiblySame }: SimilarAuthor) => isPossiblySame

/** Authors whose names are compatible with an author's name; read for all authors of the query at once. */
async function similarTo(
  { id }: Author,
  first: number,
  { db, loaders }: Context,
): Promise<SimilarAuthor[]> {
  assertSize('first', first)
  const found = await loaders.loadShared('similar', id, (ids) => readSimilarAuthors(db, ids))
  return found ?? []
}
