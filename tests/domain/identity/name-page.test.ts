import { describe, expect, test } from 'vitest'
import { isPageOfSeveral, nameOfSeveral } from '../../../src/domain/identity/name-page.ts'

const FAMILIES = ['Wang', 'Li', 'Zhang', 'Liu', 'Chen', 'Yang', 'Zhao', 'Huang', 'Zhou', 'Wu']
const GIVEN = ['Wei', 'Jie', 'Lei', 'Yang', 'Xin', 'Jun', 'Min', 'Yue', 'Xiang', 'Tao']
const COMMON = FAMILIES.flatMap((family) => GIVEN.map((given) => `${given} ${family}`)).filter(
  (name) => new Set(name.split(' ')).size > 1,
)

const page = (value: string) => ({ scheme: 'acl', value })
const pageOf = (name: string) => page(name.toLowerCase().replaceAll(' ', '-'))

describe('a page of the ACL Anthology for a name', () => {
  test.each(COMMON)('belongs to several people if its name is %s', (name) => {
    expect(nameOfSeveral(pageOf(name))).toBe(name.toLowerCase())
    expect(isPageOfSeveral(pageOf(name), name)).toBe(true)
    expect(isPageOfSeveral(pageOf(name), name.toUpperCase())).toBe(true)
  })

  test.each(COMMON)(
    'belongs to one %s if somebody separated them, or another name is printed',
    (name) => {
      const [given = '', family = ''] = name.split(' ')
      expect(isPageOfSeveral(page(`${pageOf(name).value}-ucla`), name)).toBe(false)
      for (const other of [`${given[0]}. ${family}`, `${given} (Joe) ${family}`, `Joe ${family}`])
        expect(isPageOfSeveral(pageOf(name), other)).toBe(false)
    },
  )

  test.each([
    'Maosong Sun',
    'Fandong Meng',
    'Graham Neubig',
    'Dan Roth',
    'Kyunghyun Cho',
    'Thamar Solorio',
    'Iryna Gurevych',
  ])('belongs to one person if the name is %s', (name) => {
    expect(nameOfSeveral(pageOf(name))).toBeNull()
    expect(isPageOfSeveral(pageOf(name), name)).toBe(false)
  })

  test('is the only kind of identifier that is a name', () => {
    for (const id of ['openreview:~Wei_Wang1', 'dblp:35/7092', 's2:1', 'orcid:0000-0002-1825-0097'])
      expect(
        nameOfSeveral({ scheme: id.split(':')[0] ?? '', value: id.split(':')[1] ?? '' }),
      ).toBeNull()
  })
})
