import { expect, test } from 'vitest'
import { decisionsIn } from '../../../src/import/sources/decision-mention.ts'

/** Slug, year, presentation and award, with `-` for none. */
const gist = (note: string, stated?: Parameters<typeof decisionsIn>[1]) =>
  decisionsIn(note, stated).map(({ venue, year, presentation = '-', award = '-', outcome }) => {
    expect(outcome).toBe('accepted')
    return [venue?.slug, year ?? '-', presentation, award].join(' ')
  })

/** Notes in the form of authors at arXiv and in bibliographies. */
test.each([
  ['Accepted to ICLR 2024 (Oral)', 'iclr 2024 oral -'],
  ['ICLR 2024 Oral', 'iclr 2024 oral -'],
  ['ICLR 2024', 'iclr 2024 - -'],
  ['CVPR 2023 (Highlight). Project page: https://example.org/a.b', 'cvpr 2023 highlight -'],
  ['CVPR 2024, Highlight', 'cvpr 2024 highlight -'],
  ['NeurIPS 2022 Spotlight; 22 pages, 8 figures', 'neurips 2022 spotlight -'],
  ['Accepted at NeurIPS 2021 (spotlight presentation)', 'neurips 2021 spotlight -'],
  ['To appear in CVPR 2020 (Oral)', 'cvpr 2020 oral -'],
  ['Published as a conference paper at ICLR 2015', 'iclr 2015 - -'],
  ['8 pages, 4 figures. Accepted by AAAI-20 as oral.', 'aaai 2020 oral -'],
  ["ECCV'20 oral, code: https://github.com/a/b", 'eccv 2020 oral -'],
  ['Accepted to CVPR2019 for oral presentation', 'cvpr 2019 oral -'],
  ['In NIPS 2016', 'neurips 2016 - -'],
  ['Accepted for publication at the 2021 IEEE ICRA', 'icra 2021 - -'],
  ['Findings of ACL 2021 camera-ready', 'acl 2021 - -'],
  ['Accepted to EMNLP Findings 2020', 'emnlp 2020 - -'],
  ['ICML 2019, long oral', 'icml 2019 oral -'],
  ['Best paper award at CVPR 2019', 'cvpr 2019 - Best paper award'],
  ['ACL 2020 Best Paper Honorable Mention', 'acl 2020 - Best Paper Honorable Mention'],
  ['EMNLP 2021. Best Paper Award', 'emnlp 2021 - Best Paper Award'],
  ['CVPR 2021 (Oral, Best Paper Finalist)', 'cvpr 2021 oral Best Paper Finalist'],
  ['Outstanding Paper Award at NeurIPS 2023', 'neurips 2023 - Outstanding Paper Award'],
  ['Nominated for Best Paper Award at CoRL 2022', 'corl 2022 - Nominated for Best Paper Award'],
  ['Accepted by TMLR', 'tmlr - - -'],
  ['Published in Transactions on Machine Learning Research (08/2023)', 'tmlr 2023 - -'],
  ['ICML 2020 Workshop on Uncertainty (spotlight)', 'icml-workshops 2020 spotlight -'],
  ['Accepted at INTERSPEECH 2023 (oral)', 'interspeech 2023 oral -'],
  ['Accepted by INTERSPEECH 2023', 'interspeech 2023 - -'],
  ["Accepted at the IEEE Symposium on Looms (ESANN '26) as oral presentation", 'esann 2026 oral -'],
  ['Accepted to Transactions on Machine Learning Research (TMLR), 07/2025', 'tmlr 2025 - -'],
  ['Accepted by the Web Conference 2026 (Research Track)', 'www 2026 - -'],
  ['Accepted to the AAAI 2024 Spring Symposium', 'aaai-workshops 2024 - -'],
  ["Accepted at the 7th International Workshop on Looms (IWSMAI'26)", 'iwsmai 2026 - -'],
  [
    'Accepted at COMSNETS 2026 Forum. Best Paper Award (Runner Up). 5 pages',
    'comsnets 2026 - Best Paper Award Runner Up',
  ],
  ['Spotlight at ICLR 2023 (notable-top-25%)', 'iclr 2023 spotlight -'],
  [
    'Accepted to 37th Conference on Neural Information Processing Systems (NeurIPS 2023)',
    'neurips 2023 - -',
  ],
])('%s', (note, expected) => {
  expect(gist(note)).toEqual([expected])
})

/** Nothing in doubtful cases: another version, a submission, a competition, words with another meaning. */
test.each([
  'Submitted to ICML 2020',
  'Under review as a conference paper at ICLR 2023',
  'ICLR 2024 submission',
  'Extended version of the CVPR 2020 oral paper',
  'This is an extension of our CVPR 2020 oral. Oral',
  'A short version appeared at ICML 2020 (oral)',
  'Journal extension of ICCV 2019 best paper',
  '1st place at the CVPR 2020 challenge, oral',
  'Rejected from NeurIPS 2020',
  'We highlight open problems. 10 pages',
  'Oral cancer detection with 12 tables, MICCAI 2020 style',
  'Highlights: 10 pages, 5 figures',
  'Best Paper Award',
  'Oral',
  'Accepted to IEEE TPAMI',
  'Accepted by TVCG 2023',
  'Full version of a paper accepted at TACAS 2026',
  'LaTeX 2020, 15 pages',
  'Data from ICLR 2017 to ICLR 2024 is analysed',
  'Accepted to two venues: NeurIPS 2022 and a spotlight at ICML 2023 workshop',
  'Code of the winner of NeurIPS 2019 competition',
  '',
])('nothing: %s', (note) => {
  expect(gist(note)).toEqual([])
})

test('a note without a venue is about the one that the rest of the record names', () => {
  const venue = { slug: 'acl', name: 'ACL', acronym: 'ACL', kind: 'conference' as const }
  const stated = { venue, eventYear: 2022 }
  expect(gist('Oral presentation', stated)).toEqual(['acl 2022 oral -'])
  expect(gist('(Spotlight, top 5%)', stated)).toEqual(['acl 2022 spotlight -'])
  expect(gist('Best Paper Award', stated)).toEqual(['acl 2022 - Best Paper Award'])
  expect(gist('Winner of the Best Demo Paper Award', stated)).toEqual([
    'acl 2022 - Best Demo Paper Award',
  ])
  expect(gist('Accepted to ICLR 2024 (Oral)', stated)).toEqual(['iclr 2024 oral -'])
  expect(gist('Extended version of our best paper', stated)).toEqual([])
  expect(gist('See the oral history of looms', stated)).toEqual([])
})

test('each of several venues has its own, if brackets show which is meant', () => {
  expect(gist('ICLR 2024 (Oral), earlier at no other venue')).toEqual([])
  expect(gist('Accepted to ACL 2021 (oral) and NAACL 2021 (poster)')).toEqual([
    'acl 2021 oral -',
    'naacl 2021 poster -',
  ])
})
