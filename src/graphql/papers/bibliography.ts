import type { GraphQLResolveInfo } from 'graphql'
import {
  CITATION_FORMATS,
  type CitationFormat,
  formatBibliography,
} from '../../bibliography/format.ts'
import { parseStyle, TEXT_STYLES } from '../../bibliography/text.ts'
import type { Paper } from '../../domain/entity/paper.ts'
import { citablePapersByIds } from '../../domain/export/citable-paper.ts'
import { builder, type Types } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs, type FieldCost } from '../cost.ts'
import { enumOf } from '../enums.ts'
import type { Connection } from '../relay/connection.ts'

const CitationFormatEnum = enumOf(
  'CitationFormat',
  'Output format of a citation.',
  CITATION_FORMATS,
  {
    bibtex: 'BibTeX entry, also readable by BibLaTeX, with LaTeX escapes for accents and symbols.',
    ris: 'RIS entry, as read by EndNote, Mendeley and Zotero.',
    csl_json: 'CSL-JSON: an array of items, as read by Zotero and Pandoc.',
    text: 'Plain text in the citation style `style`.',
  },
)

interface CitationArguments {
  format: CitationFormat
  style: string
  abstract: boolean
}

/** The arguments of fields in a citation format. */
export const citationArgs = builder.args((t) => ({
  format: t.field({
    type: CitationFormatEnum,
    required: true,
    defaultValue: 'bibtex' as const,
    description: 'Output format.',
  }),
  style: t.string({
    required: true,
    defaultValue: TEXT_STYLES[0],
    description: `Citation style for TEXT; ignored for other formats: ${TEXT_STYLES.map((name) => `\`${name}\``).join(', ')}.`,
  }),
  abstract: t.boolean({
    required: true,
    defaultValue: false,
    description: 'Whether to include abstracts; TEXT never does.',
  }),
}))

/** TEXT applies a citation style, which is slowest. */
export const citationCost: FieldCost = {
  entry: ({ format }) => (format === 'TEXT' || format === 'text' ? 7 : 0.4),
  bytes: ({ abstract }) => (abstract === false ? 900 : 2200),
}

/** The papers as one bibliography; read for all lists of the query at once. */
export async function bibliographyOf(
  ids: readonly number[],
  { format, style, abstract }: CitationArguments,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<string> {
  const textStyle = parseStyle(style)
  const read = (some: readonly number[]) =>
    citablePapersByIds(db, some, { abstract, links: format !== 'text' })
  const papers = await Promise.all(ids.map((id) => loaders.load(info, 'citable', id, read)))
  return formatBibliography(
    papers.filter((paper) => paper !== undefined),
    format,
    textStyle,
  )
}

/** The field `bibliography` of a connection of papers. */
export const bibliographyField = <Row extends Paper>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Connection<Row>>,
) =>
  t.string({
    ...costs({ ...citationCost, isPageWide: true }),
    description:
      'The papers of this page as one bibliography, in list order; TEXT in the order of its style. Keys are unique and the same as in `Paper.citation`.',
    args: citationArgs,
    resolve: ({ rows }, args, context, info) =>
      bibliographyOf(
        rows.map(({ id }) => id),
        args,
        context,
        info,
      ),
  })
