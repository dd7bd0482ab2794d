import { expect, test } from 'vitest'
import { clusterAuthorships } from '../../../src/domain/identity/cluster.ts'
import { bylinesOfTwoFields } from '../../helpers/bylines.ts'

/** Initials of common families of ten countries: the author first, then four co-authors. */
const COUNTRIES = [
  'R. Singh, A. Sharma, S. Kumar, V. Gupta, M. Patel',
  'J. Kim, S. Lee, H. Park, Y. Choi, K. Jung',
  'M. Garcia, J. Martinez, A. Lopez, C. Sanchez, P. Fernandez',
  'T. Tanaka, K. Suzuki, H. Sato, Y. Watanabe, M. Yamamoto',
  'J. Smith, D. Jones, M. Brown, P. Taylor, R. Williams',
  'M. Rossi, G. Ferrari, A. Russo, L. Bianchi, P. Romano',
  'T. Nguyen, H. Tran, M. Pham, L. Hoang, Q. Huynh',
  'A. Silva, J. Santos, M. Oliveira, R. Pereira, L. Ferreira',
  'P. Muller, H. Schmidt, T. Fischer, K. Weber, S. Wagner',
  'M. Yilmaz, A. Kaya, E. Demir, S. Celik, H. Sahin',
].map((names) => names.split(', '))

/** The number of people in the bylines of two unrelated papers that share these co-authors. */
const peopleOf = (printed: string, shared: string[]) =>
  clusterAuthorships(bylinesOfTwoFields(printed, shared)).length

test.each(COUNTRIES)(
  '%s in two fields is not one person because of common initials',
  (name, ...coAuthors) => {
    for (const count of [1, 2, 3]) expect(peopleOf(name, coAuthors.slice(0, count))).toBe(2)
  },
)

test('initials of a rare family, or with a rare co-author, are one person', () => {
  expect(peopleOf('R. Singh', ['A. Sharma', 'S. Kumar', 'Zebulon Quirrell'])).toBe(1)
  expect(peopleOf('R. Quirrell', ['A. Sharma', 'S. Kumar'])).toBe(1)
})
