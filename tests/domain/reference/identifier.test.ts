import { expect, test } from 'vitest'
import { parseAuthorRef, parseRef } from '../../../src/domain/reference/identifier.ts'
import { parsePaperRef } from '../../../src/domain/reference/paper-ref.ts'

const FORMS: [string, string][] = [
  [
    'arxiv:2305.18290',
    '2305.18290 | 2305.18290v2 | arXiv:2305.18290v3 | https://arxiv.org/abs/2305.18290',
  ],
  ['arxiv:2305.18290', 'http://arxiv.org/pdf/2305.18290v1.pdf | arxiv.org/abs/2305.18290'],
  ['arxiv:hep-th/9901001', 'hep-th/9901001v2 | https://arxiv.org/abs/hep-th/9901001'],
  ['arxiv:math/0309136', 'math.GT/0309136 | arXiv:math.GT/0309136v1 | arxiv.org/pdf/math/0309136'],
  ['arxiv:2305.18290', 'arXiv:2305.18290v2 [cs.LG] 29 May 2023 | arXiv preprint arXiv:2305.18290.'],
  [
    'arxiv:2305.18290',
    'arxiv 2305.18290 | https://arxiv.org/html/2305.18290v3#S2 | arXiv: 2305.18290',
  ],
  [
    'arxiv:2305.18290',
    'https://ar5iv.labs.arxiv.org/html/2305.18290 | https://www.alphaxiv.org/abs/2305.18290v2 | http://export.arxiv.org/abs/2305.18290',
  ],
  [
    'doi:10.1000/xyz',
    '10.1000/XYZ | doi:10.1000/Xyz | https://doi.org/10.1000/xyz | http://dx.doi.org/10.1000/XYZ',
  ],
  [
    'doi:10.1002/(sici)1097(199806)49:8<694::aid-asi5>3.0.co;2-#',
    '10.1002/(SICI)1097(199806)49:8<694::AID-ASI5>3.0.CO;2-# | doi:doi:10.1002/(SICI)1097(199806)49:8&lt;694::AID-ASI5&gt;3.0.CO;2-# | doi:https://doi.org/10.1002/(SICI)1097(199806)49:8%3C694::AID-ASI5%3E3.0.CO;2-%23 | https://doi.org/10.1002/(SICI)1097(199806)49:8<694::AID-ASI5>3.0.CO;2-#',
  ],
  ['doi:10.1000/100%', 'doi: DOI 10.1000/100% | https://doi.org/10.1000/100%25'],
  [
    'doi:10.1145/3292500.3330701',
    'https://dl.acm.org/doi/10.1145/3292500.3330701 | https://dl.acm.org/doi/pdf/10.1145/3292500.3330701 | DOI: https://doi.org/10.1145/3292500.3330701. | <https://doi.org/10.1145%2F3292500.3330701> | doi.org/10.1145/3292500.3330701',
  ],
  [
    'doi:10.1101/2020.03.03.962332',
    'https://www.biorxiv.org/content/10.1101/2020.03.03.962332v2.full.pdf',
  ],
  [
    'doi:10.3389/fnins.2019.00001',
    'https://www.frontiersin.org/articles/10.3389/fnins.2019.00001/full',
  ],
  [
    'doi:10.1371/journal.pone.0000308',
    'https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000308',
  ],
  [
    'openalex:W2741809807',
    'https://api.openalex.org/works/W2741809807 | W2741809807 | MAG:2741809807 | url:https://openalex.org/W2741809807 | openalex:w2741809807 | https://openalex.org/W2741809807',
  ],
  [
    's2:649def34f8be52c8b66281af98ae884c09aef38b',
    '649def34f8be52c8b66281af98ae884c09aef38b | https://www.semanticscholar.org/paper/A-Title/649def34f8be52c8b66281af98ae884c09aef38b',
  ],
  [
    'corpusid:215416146',
    'CorpusID:215416146 | CorpusId:215416146 | https://www.semanticscholar.org/p/215416146 | https://api.semanticscholar.org/CorpusID:215416146',
  ],
  [
    'pmid:19872477',
    'PMID: 19872477 | PMID 19872477 | https://www.ncbi.nlm.nih.gov/pubmed/19872477 | https://europepmc.org/article/MED/19872477 | https://pubmed.ncbi.nlm.nih.gov/19872477/',
  ],
  [
    'pmcid:PMC2323736',
    'PMC2323736 | https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2323736/ | https://www.ncbi.nlm.nih.gov/pmc/articles/2323736 | https://pmc.ncbi.nlm.nih.gov/articles/PMC2323736/',
  ],
  [
    'acl:2021.acl-long.24',
    '2021.acl-long.24 | acl:2021.acl-long.24 | https://aclanthology.org/2021.acl-long.24/ | https://www.aclanthology.org/2021.acl-long.24.pdf',
  ],
  [
    'acl:P18-1001',
    'p18-1001 | https://aclanthology.org/papers/P/P18/P18-1001/ | https://www.aclweb.org/anthology/P18-1001',
  ],
  [
    'dblp:conf/acl/ZhangG21',
    'conf/acl/ZhangG21 | dblp:conf/acl/ZhangG21 | https://dblp.org/rec/conf/acl/ZhangG21.html?view=bibtex | https://dblp.dagstuhl.de/rec/conf/acl/ZhangG21',
  ],
  [
    'openreview:B11bwYgfM',
    'B11bwYgfM | https://openreview.net/forum?id=B11bwYgfM | https://openreview.net/pdf?id=B11bwYgfM | https://openreview.net/forum?id=B11bwYgfM&noteId=x',
  ],
  [
    'pmlr:v238/heidrich24a',
    'v238/heidrich24a | https://proceedings.mlr.press/v238/heidrich24a.html | https://proceedings.mlr.press/v238/heidrich24a/heidrich24a.pdf',
  ],
  [
    'neurips:2018/8b16ebc056e613024c057be590b542eb',
    'https://papers.nips.cc/paper_files/paper/2018/hash/8b16ebc056e613024c057be590b542eb-Abstract.html | https://proceedings.neurips.cc/paper/2018/file/8b16ebc056e613024c057be590b542eb-Paper.pdf',
  ],
  ['neurips:2018/11127', 'https://nips.cc/virtual/2018/poster/11127'],
  [
    'pwc:attention-is-all-you-need',
    'https://paperswithcode.com/paper/attention-is-all-you-need/review | pwc:attention-is-all-you-need',
  ],
]

for (const [expected, forms] of FORMS) {
  for (const form of forms.split(' | ')) {
    test(`${form} is ${expected}`, () => {
      const [first] = parseRef(form)
      expect(`${first?.scheme}:${first?.value}`).toBe(expected)
    })
  }
}

test('an identifier that contains another also has that meaning', () => {
  expect(parseRef('10.48550/arXiv.2305.18290')).toEqual([
    { scheme: 'doi', value: '10.48550/arxiv.2305.18290' },
    { scheme: 'arxiv', value: '2305.18290' },
  ])
  expect(parseRef('10.18653/v1/2021.acl-long.24')[1]).toEqual({
    scheme: 'acl',
    value: '2021.acl-long.24',
  })
  expect(parseRef('https://doi.org/10.3115/v1/P14-1001')[1]).toEqual({
    scheme: 'acl',
    value: 'P14-1001',
  })
  expect(parseRef('https://huggingface.co/papers/2305.18290')).toEqual([
    { scheme: 'hf', value: '2305.18290' },
    { scheme: 'arxiv', value: '2305.18290' },
  ])
  expect(parseRef('19872477').map(({ scheme }) => scheme)).toEqual(['pmid', 'corpusid'])
  // Indexes write zero for a missing id.
  expect(parseRef('0').map(({ scheme }) => scheme)).toEqual(['corpusid'])
  expect(() => parseRef('pmid:0')).toThrow(/pmid/i)
})

const BAD: [string, RegExp][] = [
  ['', /empty/i],
  ['   ', /empty/i],
  ['isbn:123', /unknown scheme "isbn".*doi, arxiv/i],
  ['not a paper', /"not a paper" is not a paper reference; expected doi/],
  ['x'.repeat(2001), /2001 characters; at most 2000/],
  ['10.1000/a\0b', /NUL/],
  ['https://example.org/paper', /"example.org"/],
  ['constructor:1', /unknown scheme "constructor"/i],
  ['https://arxiv.org/list/cs.CL/recent', /not a paper reference/],
  ['https://aclanthology.org/volumes/2021.acl-long/', /not a paper reference/],
  ['https://gist.github.com/a/0123', /"gist.github.com"/],
  ['arxiv:', /not a paper reference/],
]
for (const [ref, message] of BAD) {
  test(`${JSON.stringify(ref.slice(0, 30))} is refused`, () => {
    expect(() => parseRef(ref)).toThrow(message)
    expect(() => parseRef(ref)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  })
}

test('author references', () => {
  for (const ref of ['https://openalex.org/A5000000001', 'openalex:a5000000001', 'A5000000001'])
    expect(parseAuthorRef(ref)).toEqual({ scheme: 'openalex', value: 'A5000000001' })
  for (const ref of ['s2:1741101', 'https://www.semanticscholar.org/author/Grace-Hopper/1741101'])
    expect(parseAuthorRef(ref)).toEqual({ scheme: 's2', value: '1741101' })
  const orcid = { scheme: 'orcid', value: '0000-0002-1825-0097' }
  expect(parseAuthorRef('0000-0002-1825-0097')).toEqual(orcid)
  expect(parseAuthorRef('https://orcid.org/0000-0002-1825-0097')).toEqual(orcid)
  expect(parseAuthorRef('/j/jingyi-zhang/')).toEqual({ scheme: 'acl', value: 'jingyi-zhang' })
  expect(parseAuthorRef('https://aclanthology.org/people/j/jingyi-zhang/').value).toBe(
    'jingyi-zhang',
  )
  expect(parseAuthorRef('~Jie_Lu4')).toEqual({ scheme: 'openreview', value: '~Jie_Lu4' })
  expect(parseAuthorRef('362/6685')).toEqual({ scheme: 'dblp', value: '362/6685' })
  expect(parseAuthorRef('https://dblp.org/pid/362/6685.html').value).toBe('362/6685')
})

const AUTHOR_PAGES: [page: string, value: string][] = [
  ['orcid.org/0000-0002-1825-0097', '0000-0002-1825-0097'],
  ['openreview.net/profile?id=~Jie_Lu4', '~Jie_Lu4'],
  ['openalex.org/A5000000001', 'A5000000001'],
  ['semanticscholar.org/author/Grace-Hopper/1741101', '1741101'],
  ['ieeexplore.ieee.org/author/37086988123', '37086988123'],
  ['dblp.org/pid/362/6685.html', '362/6685'],
  ['dblp.org/search?q=author:Deng_Cai_0001:', 'Deng_Cai_0001'],
  ['dblp.org/search?q=author:J%C3%B6rg_M%C3%BCller_0001:', 'Jörg_Müller_0001'],
  ['aclanthology.org/people/jingyi-zhang/', 'jingyi-zhang'],
  ['scholar.google.com/citations?user=JicYPdAAAAAJ', 'JicYPdAAAAAJ'],
]

test.each(AUTHOR_PAGES)('any form of the URL %s', (page, value) => {
  const [host = '', path = ''] = page.split(/(?<=^[^/]+)(?=\/)/)
  for (const before of ['', 'www.', 'http://', 'https://', 'HTTPS://www.'])
    for (const after of ['', '#top', page.includes('?') ? '&hl=en' : '?lang=en'])
      for (const named of [host, host.toUpperCase()])
        expect(parseAuthorRef(`${before}${named}${path}${after}`).value).toBe(value)
})

test.each([
  ['orcid:', '0000-0002-1825-0097'],
  ['openreview:', '~Jie_Lu4'],
  ['openalex:', 'A5000000001'],
  ['s2:', '1741101'],
  ['ieee:', '37086988123'],
  ['dblp:', '362/6685'],
  ['dblp-name:', 'Deng_Cai_0001'],
  ['acl:', 'jingyi-zhang'],
  ['scholar:', 'JicYPdAAAAAJ'],
])('the prefix %s in any case', (prefix, value) => {
  for (const written of [prefix, prefix.toUpperCase(), `${prefix} `])
    expect(parseAuthorRef(`${written}${value}`).value).toBe(value)
})

test('the numbered name of DBLP is an identifier', () => {
  for (const ref of ['Deng Cai 0001', 'dblp_name:Deng Cai 0001', 'dblp-name:Deng_Cai_0001'])
    expect(parseAuthorRef(ref)).toEqual({ scheme: 'dblp_name', value: 'Deng_Cai_0001' })
  for (const ref of ['Deng Cai 2001', 'Deng Cai 001', '0001', 'Deng 1 Cai 0001'])
    expect(() => parseAuthorRef(ref)).toThrow(/not an author reference/)
})

test('not an author reference: a wrong check digit, an e-mail address, a name', () => {
  for (const ref of ['someone@example.org', 'Jie Lu', ''])
    expect(() => parseAuthorRef(ref)).toThrow(/not an author reference/)
  for (const before of ['', 'orcid:', 'https://orcid.org/'])
    for (const digit of '012345689X')
      expect(() => parseAuthorRef(`${before}0000-0002-1825-009${digit}`)).toThrow(
        /is not an ORCID iD: its check digit is wrong/,
      )
})

test.each([
  ['Attention is all you need', true],
  ['AraDiCE: Benchmarks for Dialectal Capabilities', true],
  ['not-a-paper', false],
  ['arxiv: none', false],
])(
  'for a title as a reference, the error names the fields that take titles: %s',
  (ref, isTitle) => {
    const message = /use matchPaper\(title:\) or search\(query:\)\.$/
    if (isTitle) expect(() => parsePaperRef(ref)).toThrow(message)
    else expect(() => parsePaperRef(ref)).not.toThrow(message)
  },
)
