import { PublicationRef } from '../refs.ts'

PublicationRef.implement({
  description:
    'Where in its journal, book or proceedings a paper appeared. All values come from one record, the one with the highest precedence for the version shown, so that two versions are never mixed.',
  fields: (t) => ({
    container: t.exposeString('container', {
      nullable: true,
      description:
        'Title of the journal, book or proceedings, as printed; `Paper.venue` groups its spellings. Null when unknown.',
    }),
    series: t.exposeString('series', {
      nullable: true,
      description: 'Series of the book or proceedings; null when unknown.',
    }),
    volume: t.exposeString('volume', {
      nullable: true,
      description: 'Volume of the journal, book or series; null when unknown.',
    }),
    number: t.exposeString('number', {
      nullable: true,
      description: 'Issue of the journal, or number within the series; null when unknown.',
    }),
    pages: t.exposeString('pages', {
      nullable: true,
      description: 'Pages, such as `436–444`; null when unknown.',
    }),
    articleNumber: t.exposeString('articleNumber', {
      nullable: true,
      description: 'Article number, in journals that use it instead of pages; null when unknown.',
    }),
    edition: t.exposeString('edition', {
      nullable: true,
      description: 'Edition of the book, as printed; null when unknown.',
    }),
    editors: t.exposeStringList('editors', {
      description: 'Names of the editors of the book or the proceedings, in order.',
    }),
    institution: t.exposeString('institution', {
      nullable: true,
      description: 'School of a thesis, institution of a report; null when unknown.',
    }),
    publisher: t.exposeString('publisher', {
      nullable: true,
      description: 'Publisher; null when unknown.',
    }),
    publisherPlace: t.exposeString('publisherPlace', {
      nullable: true,
      description: 'City of the publisher; null when unknown.',
    }),
    isbns: t.exposeStringList('isbns', {
      description: 'ISBNs of the book or the proceedings: ten or thirteen digits, without hyphens.',
    }),
    issns: t.exposeStringList('issns', {
      description: 'ISSNs of the journal or the series, such as `1476-4687`.',
    }),
    reportNumber: t.exposeString('reportNumber', {
      nullable: true,
      description: 'Number of a report at its institution; null when unknown.',
    }),
    workType: t.exposeString('workType', {
      nullable: true,
      description: 'Type of thesis or report, such as `Master’s thesis`; null when unknown.',
    }),
    journalRef: t.exposeString('journalRef', {
      nullable: true,
      description:
        'Reference to the published version as the authors wrote it at arXiv, when it could not be parsed into the other fields; null otherwise.',
    }),
    year: t.exposeInt('year', {
      nullable: true,
      description:
        'Year of the published version when `Paper.publishedOn` is the date of its preprint; null otherwise.',
    }),
  }),
})
