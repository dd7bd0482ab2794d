import { describe, expect, test } from 'vitest'
import { OF_VOLUME } from '../../../src/import/sources/bibtex-inheritance.ts'
import { readText } from '../../helpers/reading.ts'

describe('a volume that begins with its @proceedings, as PMLR writes them', () => {
  const volume =
    '@Proceedings{v, booktitle={Proceedings of Odd Learning}, year={2019}, volume={100}}\n'
  const paper = '@InProceedings{a, title={A paper}, author={Bee, Ann}, pages={1--10}}\n'
  const readLast = async (text: string) => {
    const { records, repairs } = await readText('bibtex', text)
    return { record: records.at(-1), repairs }
  }

  test('papers without book and date belong to it', async () => {
    const { record, repairs } = await readLast(volume + paper)
    expect(record).toMatchObject({
      ...{ published: { on: '2019-01-01', precision: 'year' }, kind: 'conference_paper' },
      ...{
        publication: { container: 'Proceedings of Odd Learning', volume: '100', pages: '1–10' },
      },
    })
    expect(record?.venue?.name).toMatch(/Odd Learning/)
    expect(repairs).toEqual([OF_VOLUME])
  })

  test.each([
    ['it is not the first entry', `@misc{m, title={Other}}\n${volume}${paper}`],
    ['there is another one', `${volume}${volume.replace('{v', '{w')}${paper}`],
    ['the paper has a date', volume + paper.replace('pages', 'year={2018}, pages')],
    ['the paper has a book', volume + paper.replace('pages', 'booktitle={Other}, pages')],
    ['it is an article', volume + paper.replace('InProceedings', 'article')],
  ])('but not if %s', async (_, text) => {
    const { record, repairs } = await readLast(text)
    expect(JSON.stringify(record)).not.toContain('Odd Learning')
    expect(repairs).toEqual([])
  })
})

test.each(
  ['proceedings', 'Proceedings', 'mvproceedings', 'periodical', 'set', 'xdata'].flatMap((type) =>
    [0, 1, 2].map((at) => [type, at] as const),
  ),
)(
  'an entry of @%s at position %i that is not a paper is rejected with this reason',
  async (type, at) => {
    const papers = ['@misc{a, title={One}}', '@article{b, title={Two}}']
    const entries = papers.toSpliced(at, 0, `@${type}{v, title={Three}, year=2020}`)
    const { records, rejects } = await readText('bibtex', entries.join('\n'))
    expect(records.map(({ title }) => title)).toEqual(['One', 'Two'])
    const reason = `@${type.toLowerCase()} is not a paper`
    expect(rejects).toEqual([{ position: at + 1, key: 'v', reason }])
  },
)
