import { isAppError, quote } from '../../errors.ts'
import { paperPath } from '../../html/paths.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../../html/route.ts'
import { type Content, type Html, html, joined, safeUrl } from '../../html/template.ts'
import { type Answer, ask } from '../parts/ask.ts'
import { published, titleText, venueAndDate } from '../parts/card.ts'
import { subscribePath } from '../parts/follow.ts'
import { movedTo } from '../parts/moved.ts'
import { nameOf } from '../parts/names.ts'
import { notFound } from '../parts/not-found.ts'
import { choiceIn } from '../parts/paging.ts'
import { paperRow, paperRows, ROW, type Row } from '../parts/row.ts'
import { type VoteButton, voteButtons } from '../parts/vote.ts'
import { paperAside } from './aside.ts'
import { distinctions } from './decisions.ts'
import { PAPER, type Paper } from './document.ts'
import { descriptionOf, paperHead, pdfOf } from './head.ts'
import { paperListIn, paperListPage } from './list.ts'
import {
  abstractSection,
  citationSections,
  codeSection,
  conflictSection,
  fullByline,
  relatedSection,
} from './sections.ts'
import { warnings } from './statements.ts'

export const paperRoute = pageRoute('GET', '/papers/:ref(.*)', async (request) => {
  const { params, services } = request
  const ref = params.ref ?? ''
  const list = paperListIn(services.search)
  if (list !== null) return paperListPage(request, ref, list)
  const authorsAfter = services.search.get('authorsAfter') || null
  const { data, operation } = await ask<{ paper: Paper | null }>(services, PAPER, {
    ref,
    authorsAfter,
    withText: choiceIn(services.search, 'cite', ['text']) !== null,
    ...(services.session !== null && { withVotes: true }),
  }).catch((error: unknown): Answer<{ paper: Paper | null }> => {
    // An unparsable reference is a missing page; an unparsable cursor is an error.
    if (!isAppError(error, 'BAD_USER_INPUT') || authorsAfter !== null) throw error
    return { data: { paper: null }, operation: { document: '', variables: {} } }
  })
  if (!data.paper) return candidates(request, ref)
  return movedTo(request, ref, paperPath(data.paper)) ?? paperPage(request, data.paper, operation)
})

function paperPage(
  request: PageRequest,
  paper: Paper,
  operation: Answer<unknown>['operation'],
): PageAnswer {
  const { site } = request
  const path = paperPath(paper)
  return {
    options: {
      title: paper.title.trim() || 'Untitled',
      description: descriptionOf(paper),
      canonical: path,
      head: paperHead(site, paper),
      operation,
    },
    main: html`<article class="stack">
${paperHeader(paper, path, voteButtons(request))}
<div class="columns">
<div class="stack">
${abstractSection(paper)}
${codeSection(paper)}
${citationSections(paper, path)}
${relatedSection(paper)}
${conflictSection(paper)}
</div>
${paperAside(paper, path)}
</div></article>`,
  }
}

function paperHeader(paper: Paper, path: string, vote: VoteButton): Html {
  const facts = [nameOf(paper.kind), ...venueAndDate(paper, published)]
  return html`<header class="stack paper-header">
<div><p class="eyebrow">${joined(facts, ' · ')}</p><h1 dir="auto">${titleText(paper.title)}</h1></div>
${warnings(paper)}
${distinctions(paper)}
${fullByline(paper, path)}
<div class="buttons">${vote(paper)}${links(paper)}<a class="button is-plain" rel="nofollow" href="${subscribePath('paper', paper.id)}">Follow by mail</a></div>
</header>`
}

/** Schemes that get a button, besides the publisher's page. */
const LINKED = ['ARXIV', 'DOI', 'ACL', 'OPENREVIEW', 'PMLR', 'PMCID']

function links(paper: Paper): Content {
  const { url, identifiers } = paper
  const pages = identifiers.filter((identifier) => LINKED.includes(identifier.scheme))
  const buttons: [string, string | null][] = [
    ['PDF', pdfOf(paper)],
    ...pages.map(({ scheme, url: page }): [string, string | null] => [
      nameOf(scheme),
      safeUrl(page),
    ]),
    ['Publisher', pages.length === 0 ? safeUrl(url) : null],
  ]
  return buttons.map(
    ([label, link]) =>
      link &&
      html`<a class="button${label !== 'PDF' && ' is-plain'}" href="${link}" rel="noopener">${label}</a>`,
  )
}

const CANDIDATES = /* GraphQL */ `
  query Candidates($refs: [String!]!) {
    resolvePapers(refs: $refs) {
      ... on PaperAmbiguous { message candidates { isOfficial paper { ...Row } } }
      ... on PaperNotFound { message }
    }
  }
  ${ROW}
`

interface Resolution {
  message?: string
  candidates?: { isOfficial: boolean | null; paper: Row }[]
}

/** The papers that a reference may refer to, such as a repository with several papers. */
async function candidates({ services }: PageRequest, ref: string): Promise<PageAnswer> {
  const variables = { refs: [ref] }
  const { data, operation } = await ask<{ resolvePapers: Resolution[] }>(
    services,
    CANDIDATES,
    variables,
  )
  const [{ message, candidates: found } = {}] = data.resolvePapers
  if (!found || found.length === 0)
    return notFound(services, message ?? `No paper here has the reference ${quote(ref)}.`, {
      text: ref,
      kinds: ['PAPER'],
    })
  return {
    options: { title: 'Which paper?', isPrivate: true, operation },
    main: html`<div class="stack"><h1>Which paper?</h1><p>${message}</p>
${paperRows(found.map(({ paper, isOfficial }) => paperRow(paper, isOfficial && 'code by the authors')))}</div>`,
  }
}
