import { describe, expect, test } from 'vitest'
import {
  awardNames,
  isAwarded,
  readAward,
  readDecision,
} from '../../../src/domain/record/decision.ts'

/** Decisions as conferences, review systems and lists print them; the last two columns are the outcome and the presentation. */
const PRINTED: [string, string?, string?][] = [
  ['Oral', 'accepted', 'oral'],
  ['Accept (Oral)', 'accepted', 'oral'],
  ['Accept (Talk)', 'accepted', 'oral'],
  ['ICML 2023 OralPoster', 'accepted', 'oral'],
  ['ICML 2025 oral', 'accepted', 'oral'],
  ['Accept (Long presentation)', 'accepted', 'oral'],
  ['Contributed talk', 'accepted', 'oral'],
  ['Accept: notable-top-5%', 'accepted', 'oral'],
  ['Top-5%', 'accepted', 'oral'],
  ['Main, Oral Presentation', 'accepted', 'oral'],
  ['notable-top-25%', 'accepted', 'spotlight'],
  ['ICML 2025 spotlightposter', 'accepted', 'spotlight'],
  ['Accept (short presentation)', 'accepted', 'spotlight'],
  ['NeurIPS 2023 spotlight', 'accepted', 'spotlight'],
  ['Poster Highlight', 'accepted', 'highlight'],
  ['Highlight', 'accepted', 'highlight'],
  ['Accept: poster', 'accepted', 'poster'],
  ['ACCEPT_POSTER', 'accepted', 'poster'],
  ['NeurIPS 2023 Datasets and Benchmarks Poster', 'accepted', 'poster'],
  ['NeurIPS 2022 Accept', 'accepted'],
  ['Accept as is', 'accepted'],
  ['Accept with minor revision', 'accepted'],
  ['Conditionally accepted', 'accepted'],
  ['Findings', 'accepted'],
  ['EMNLP 2023 Main', 'accepted'],
  ['Long', 'accepted'],
  ['Technical Paper', 'accepted'],
  ['TOG Paper', 'accepted'],
  ['System Demonstrations', 'accepted'],
  ['Doctoral Consortium', 'accepted'],
  ['Award Candidate', 'accepted'],
  ['Workshop', 'workshop'],
  ['Oral Workshop', 'workshop', 'oral'],
  ['Invite to Workshop Track', 'workshop'],
  ['Reject', 'rejected'],
  ['Reject (poster proposed)', 'rejected'],
  ['Not accepted', 'rejected'],
  ['Declined', 'rejected'],
  ['Desk Reject', 'desk_rejected'],
  ['ICLR 2024 Conference Desk Rejected Submission', 'desk_rejected'],
  ['Desk_Rejected_Submission', 'desk_rejected'],
  ['Withdraw', 'withdrawn'],
  ['WITHDRAWN', 'withdrawn'],
  ['ICLR 2024 Conference Withdrawn Submission', 'withdrawn'],
  ['Active', 'pending'],
  ['Under review as a conference paper', 'pending'],
  ['Submitted to ICLR 2024', 'pending'],
  ['Temporal'],
  ['Electoral'],
  ['Revise and resubmit'],
  [''],
]

test.each(PRINTED)('%s', (printed, outcome, presentation) => {
  const expected = { ...(outcome && { outcome }), ...(presentation && { presentation }) }
  expect(readDecision(printed)).toEqual(expected)
})

describe('awards', () => {
  test.each([
    [true, 'Award'],
    ['True', 'Award'],
    [1, 'Award'],
    ['Outstanding  Paper Award', 'Outstanding Paper Award'],
    [['Best Paper', 'Best Demo'], 'Best Paper; Best Demo'],
    [false, null],
    ['False', null],
    ['', null],
    ['None', null],
    ['N/A', null],
    [0, null],
    [null, null],
    [{}, null],
    [[], null],
  ])('%j', (printed, award) => {
    expect(readAward(printed)).toBe(award)
  })

  test.each([
    ['Outstanding Paper Award', ['Outstanding Paper'], true],
    ['outstanding papers 2024', ['Outstanding Paper'], true],
    ['Honorable Mention', ['Honourable Mention'], true],
    ['Best Paper; Test-of-Time Award', ['Best Paper', 'Test of Time'], true],
    ['Award', ['Award'], true],
    ['Best Paper Candidate', ['Best Paper Candidate'], false],
    [
      'Best Student Paper Award Finalist; Best Demo',
      ['Best Student Paper Finalist', 'Best Demo'],
      true,
    ],
    ['最佳论文奖', ['最佳论文奖'], true],
  ])('%s', (award, names, isOne) => {
    expect(awardNames(award)).toEqual(names)
    expect(isAwarded(award)).toBe(isOne)
  })
})
