import { expect, test } from 'vitest'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import type { Outcome } from '../../../src/import/input/outcome.ts'
import { readOpenreview } from '../../../src/import/sources/openreview.ts'
import { readText } from '../../helpers/reading.ts'

async function outcomesOf(notes: object[]): Promise<Outcome[]> {
  async function* bytes() {
    yield Buffer.from(JSON.stringify({ notes, count: notes.length }))
  }
  const outcomes: Outcome[] = []
  for await (const outcome of readOpenreview(bytes(), 'notes.json')) outcomes.push(outcome)
  return outcomes
}

const ID = 'aBcDeFgHi1'

async function recordOf(note: object): Promise<PaperRecord> {
  const [outcome] = await outcomesOf([{ id: ID, forum: ID, ...note }])
  if (!outcome || !('record' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.record
}

const v2 = (content: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(content).map(([name, value]) => [name, { value }]))

/** Venue and venue id in the form of the API, and the result of the submission. */
const PLACES: [venue: string | undefined, venueid: string | undefined, expected: object][] = [
  [
    'ICLR 2025 Oral',
    'ICLR.cc/2025/Conference',
    { slug: 'iclr', year: 2025, outcome: 'accepted', presentation: 'oral' },
  ],
  ['ICLR 2025 Conference', 'ICLR.cc/2025/Conference', { outcome: 'accepted' }],
  [undefined, 'ICLR.cc/2025/Conference/Accepted_Submission', { outcome: 'accepted' }],
  [undefined, 'ICLR.cc/2025/Conference/Rejected_Submission', { outcome: 'rejected' }],
  [
    'Submitted to NeurIPS 2023',
    'NeurIPS.cc/2023/Conference/Rejected_Submission',
    { slug: 'neurips', year: 2023, outcome: 'rejected' },
  ],
  ['Submitted to ICLR 2024', 'ICLR.cc/2024/Conference', { outcome: 'pending' }],
  ['ICLR 2026 Conference Submission', 'ICLR.cc/2026/Conference/Submission', { outcome: 'pending' }],
  [
    'ICLR 2025 Conference Withdrawn Submission',
    'ICLR.cc/2025/Conference/Withdrawn_Submission',
    { outcome: 'withdrawn' },
  ],
  [
    'ICLR 2025 Conference Desk Rejected Submission',
    'ICLR.cc/2025/Conference/Desk_Rejected_Submission',
    { outcome: 'desk_rejected' },
  ],
  [
    'ICML 2025 spotlightposter',
    'ICML.cc/2025/Conference',
    { slug: 'icml', outcome: 'accepted', presentation: 'spotlight' },
  ],
  [
    'CoRL 2023 Oral',
    'robot-learning.org/CoRL/2023/Conference',
    { slug: 'corl', year: 2023, presentation: 'oral' },
  ],
  [
    'NeurIPS 2024 Track Datasets and Benchmarks Poster',
    'NeurIPS.cc/2024/Track/Datasets_and_Benchmarks_Track',
    { slug: 'neurips', track: 'Datasets and Benchmarks Track', presentation: 'poster' },
  ],
  [
    'AI4GOOD Oral',
    'ICML.cc/2026/Workshop/AI4GOOD',
    { slug: 'icml-workshops', track: 'AI4GOOD', outcome: 'accepted', presentation: 'oral' },
  ],
  [
    'NeurIPS 2025 Datasets and Benchmarks Track poster',
    'NeurIPS.cc/2025/Datasets_and_Benchmarks_Track',
    { slug: 'neurips', year: 2025, track: 'Datasets and Benchmarks Track', presentation: 'poster' },
  ],
  ['Accepted by TMLR', 'TMLR', { slug: 'tmlr', year: 2024, outcome: 'accepted' }],
  ['Rejected by TMLR', 'TMLR/Rejected', { slug: 'tmlr', outcome: 'rejected' }],
  [undefined, 'TMLR/Desk_Rejected', { slug: 'tmlr', outcome: 'desk_rejected' }],
  ['Submitted to TMLR', 'TMLR/Assigned_AE', { slug: 'tmlr', outcome: 'pending' }],
]

test.each(PLACES)('%s at %s', async (venue, venueid, { slug, ...expected }: { slug?: string }) => {
  const content = v2({ title: 'A Study of Looms', ...(venue && { venue }), ...{ venueid } })
  const pdate = Date.UTC(2024, 4, 5)
  const { decisions: [decision] = [], ...record } = await recordOf({ content, pdate })
  expect(decision).toMatchObject(expected)
  if (slug) expect(decision?.venue?.slug).toBe(slug)
  expect(decision?.status).toBe(venue)
  // A submission that was not accepted is a preprint, without that venue.
  const isAccepted = decision?.outcome === 'accepted' && decision.venue !== null
  expect(record.venue).toEqual(isAccepted ? decision.venue : null)
})

test('a publication listed in a profile was not submitted', async () => {
  const content = v2({
    title: 'A Study',
    venue: 'CoRR 2020',
    venueid: 'dblp.org/journals/CORR/2020',
  })
  expect(await recordOf({ content })).toMatchObject({ kind: 'preprint', venue: null })
  expect((await recordOf({ content })).decisions).toBeUndefined()
})

test('the first version of the API keeps decisions among the replies', async () => {
  const reply = (invitation: string, content: object) => ({
    forum: ID,
    replyto: ID,
    invitation,
    content,
  })
  const { decisions, authors } = await recordOf({
    invitation: 'ICLR.cc/2019/Conference/-/Blind_Submission',
    content: {
      title: 'A Study of Looms',
      authors: ['Ada Lovelace'],
      authorids: ['ada@example.org'],
    },
    details: {
      directReplies: [
        reply('ICLR.cc/2019/Conference/-/Paper7/Meta_Review', { recommendation: 'Accept (Oral)' }),
        reply('ICLR.cc/2019/Conference/-/Paper7/Official_Review', { rating: '8: Top 50%' }),
        reply('ICLR.cc/2019/Conference/-/Paper7/Official_Review', { rating: '5: Marginal' }),
        reply('ICLR.cc/2019/Conference/-/Paper7/Public_Comment', { rating: '1: spam' }),
      ],
    },
  })
  expect(decisions).toMatchObject([
    {
      ...{ year: 2019, outcome: 'accepted', presentation: 'oral', status: 'Accept (Oral)' },
      rating: { mean: 6.5, count: 2 },
    },
  ])
  expect(authors).toEqual([{ name: 'Ada Lovelace', identifiers: [], affiliation: null }])
})

test('separate decisions are added to their submissions, and other replies are reported', async () => {
  const invitations = ['ICLR.cc/2024/Conference/Submission8/-/Decision']
  const outcomes = await outcomesOf([
    { id: 'd1', forum: ID, replyto: ID, invitations, content: v2({ decision: 'Reject' }) },
    { id: 'r1', forum: ID, replyto: ID, invitations: [], content: v2({ rating: 3 }) },
    { id: ID, forum: ID, content: {} },
    { forum: '', content: v2({ title: 'No id' }) },
  ])
  expect(outcomes).toMatchObject([
    {
      record: {
        title: '',
        identifiers: [{ scheme: 'openreview', value: ID }],
        decisions: [{ venue: { slug: 'iclr' }, year: 2024, outcome: 'rejected', status: 'Reject' }],
      },
    },
    { reject: { key: 'r1', reason: expect.stringContaining('a reply without a decision') } },
    { reject: { key: ID, reason: 'the note has no title' } },
    { reject: { reason: 'the note has no forum id' } },
  ])
})

test('certifications of TMLR, and one of them as an award', async () => {
  const content = v2({
    ...{ title: 'A Study of Looms', venue: 'Accepted by TMLR', venueid: 'TMLR' },
    certifications: ['Featured Certification', 'Outstanding Certification'],
  })
  const { decisions, kind, published, eventYear } = await recordOf({
    ...{ content, pdate: Date.UTC(2024, 4, 5) },
  })
  expect(decisions).toMatchObject([
    {
      track: 'Featured Certification; Outstanding Certification',
      award: 'Outstanding Certification',
    },
  ])
  expect({ kind, published, eventYear }).toEqual({
    ...{ kind: 'journal_article', eventYear: null },
    published: { on: '2024-05-05', precision: 'day' },
  })
})

test('revisions of both versions of the API add versions with their days; edits of reviews do not', async () => {
  const tcdate = Date.UTC(2024, 0, 9)
  const notes = [
    {
      id: 'ref1',
      referent: ID,
      tcdate,
      invitation: 'ICLR.cc/2019/-/Blind_Submission',
      content: { title: 'A' },
    },
    {
      id: 'edit1',
      tcdate,
      invitation: 'ICLR.cc/2024/-/Revision',
      note: { id: ID, content: v2({ pdf: '/pdf/a.pdf' }) },
    },
    {
      ...{ id: 'edit2', tcdate, invitation: 'ICLR.cc/2024/-/Official_Review' },
      note: { id: 'rev', forum: ID, replyto: ID, content: v2({ title: 'Good' }) },
    },
    {
      id: 'edit3',
      tcdate,
      invitation: 'ICLR.cc/2024/-/Edit',
      note: { id: ID, content: v2({ venue: 'ICLR 2024' }) },
    },
  ]
  const outcomes = await outcomesOf(notes)
  const version = {
    kind: 'version',
    on: '2024-01-09',
    notice: `https://openreview.net/revisions?id=${ID}`,
  }
  const added = { title: '', identifiers: [{ scheme: 'openreview', value: ID }], events: [version] }
  const none = {
    reject: { reason: 'the edit is not a dated revision of the text of a submission' },
  }
  expect(outcomes).toMatchObject([{ record: added }, { record: added }, none, none])
})

const FILE = 'https://openreview.net/attachment/1.zip'

/** A field of a form, its value, and the resulting link. */
const LINKED: [field: string, value: string, kind: string, url: string, label?: string][] = [
  ['supplementary_material', '/attachment/1.zip', 'supplement', FILE],
  ['Supplementary_Material', '/attachment/1.zip', 'supplement', FILE],
  ['supplementary material', '/attachment/1.zip', 'supplement', FILE],
  ['software', '/attachment/1.zip', 'supplement', FILE, 'Software'],
  ['Code', '/attachment/1.zip', 'supplement', FILE, 'Code'],
  ['code', 'https://looms.example/code', 'other', 'https://looms.example/code', 'Code'],
  ['code_url', 'looms.github.io', 'project_page', 'https://looms.github.io', 'Code'],
  ['data', '/attachment/1.zip', 'dataset', FILE],
  ['video', 'https://looms.example/talk', 'video', 'https://looms.example/talk'],
  ['slides', '/attachment/1.zip', 'slides', FILE],
  ['poster', '/attachment/1.zip', 'poster', FILE],
  ['website', 'looms.example', 'project_page', 'https://looms.example'],
  ['website', 'https://youtu.be/a1', 'video', 'https://youtu.be/a1'],
]

test.each(LINKED)('%s: %s is a link in both APIs', async (field, value, kind, url, label) => {
  const content = { title: 'A Study of Looms', [field]: value }
  const expected = [{ kind, url, ...(label && { label }) }]
  for (const form of [content, v2(content)])
    expect((await recordOf({ content: form })).links).toEqual(expected)
})

test('a text that is not a URL is not a link, and is reported', async () => {
  const content = {
    ...{ title: 'A Study', data: 'on request', software: 'none', video: 'n/a' },
    ...{ code: 'to be released', code_link: 'N/A', github: 'https://github.com/ada' },
  }
  const note = { id: ID, forum: ID, invitation: 'ICLR.cc/2019/Conference/-/Submission', content }
  const { records, repairs } = await readText('openreview', JSON.stringify(note))
  expect(records[0]?.links).toEqual([])
  expect(records[0]?.repositories).toEqual([])
  expect(repairs).toEqual([
    'an address of code that is neither a repository nor a page was left out',
    'a link that is not a web address was left out (video)',
  ])
})
