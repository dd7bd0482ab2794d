import { expect, test } from 'vitest'
import { readText } from '../../helpers/reading.ts'

test('scraped pages of papers at Hugging Face, whose authors are accounts', async () => {
  const page = (id: string, authors: string[], links: string[]) => ({
    ...{ title: `Paper ${id}`, paper_url: `https://huggingface.co/papers/${id}`, authors },
    ...{ stars: '3', scraped_date: '2025-12-05' },
    details: { abstract: 'We try.', github_links: links, metadata: {} },
  })
  const entries = [
    page('2512.04324', [], []),
    page('2512.04677', ['Ann Bee', 'bee1217'], ['https://github.com/bee/tables/pull/13']),
    page('bee', [], []),
  ]
  const { records, rejects, repairs } = await readText('hf-daily', JSON.stringify(entries))
  expect(records).toMatchObject([
    { key: '2512.04324/page', title: 'Paper 2512.04324', abstract: 'We try.', authors: [] },
    {
      ...{ authors: [], identifiers: [{ scheme: 'arxiv', value: '2512.04677' }, { scheme: 'hf' }] },
      repositories: [{ url: 'https://github.com/bee/tables', isOfficial: false }],
    },
  ])
  expect(rejects).toMatchObject([{ reason: 'the address of the page has no arXiv id' }])
  expect(repairs).toEqual([
    'authors that a page shows in another order than the byline were left out',
  ])
})
