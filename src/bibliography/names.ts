import type { CitableAuthor } from '../domain/export/citable-paper.ts'
import { nameKey } from '../domain/record/title-key.ts'
import { aroundFamily } from '../domain/reference/family-name.ts'
import { isGroupName } from '../domain/reference/group-name.ts'

/** The parts of a name as in reference managers, or the whole name if it is not a person's. */
export type NameParts =
  | { family: string; given: string; particle: string; suffix: string }
  | { literal: string }

/** A printed name, with its family name if a source states it. */
export type Person = Pick<CitableAuthor, 'name' | 'familyName'>

/** A suffix after the name, such as Jr. */
const SUFFIX = /,?\s+((?:Jr|Sr)\b\.?|II|III|IV)$/

/** Capitalised particles that belong to the family name. Lower-case particles need no list. */
const PARTS_OF_FAMILY =
  /^(?:Van|Von|De|Del|Della|Dello|Di|Dos|Du|Den|Der|Le|La|El|Al|Ben|Ste?\.?|Mt\.|Ft\.)$/

/** Family names before which these words are not particles but Vietnamese middle names. */
const VIETNAMESE =
  /^(?:Nguyen|Tran|Le|Pham|Hoang|Huynh|Phan|Vu|Vo|Dang|Bui|Do|Ho|Ngo|Duong|Ly|Dinh)$/

/**
 * Splits a printed name. The family name is the one that a source states, otherwise the last word, with particles before it. Joined as
 * given name, particle, family name and suffix, the parts give the name again. (citation-js's parser takes the Ma of Fei Ma for a degree.)
 */
export function nameParts(printed: string, familyName?: string | null): NameParts {
  const stated = familyName ? statedParts(printed, familyName) : null
  if (stated) return stated
  const name = printed.trim().replace(/\s+/g, ' ')
  if (isGroupName(nameKey(name)) || /[\d&@()/]|\sand\s/i.test(name)) return { literal: name }
  const suffix = SUFFIX.exec(name)?.[1] ?? ''
  const [first = '', second = '', ...more] = name.replace(SUFFIX, '').split(/\s*,\s*/)
  if (more.length > 0) return { literal: name }
  if (second !== '') return { family: first, given: second, particle: '', suffix }
  const words = first.split(' ')
  const at = familyStart(words)
  if (at === 0) return { literal: name }
  const from = words.findIndex((word, i) => i >= at && !/^\p{Ll}/u.test(word))
  const family = from === -1 ? words.length - 1 : from
  return {
    given: words.slice(0, at).join(' '),
    particle: words.slice(at, family).join(' '),
    family: words.slice(family).join(' '),
    suffix,
  }
}

/** Leading lower-case words of a stated family name are its particles. */
function statedParts(name: string, familyName: string): NameParts | null {
  const around = aroundFamily(name, familyName)
  if (around === null) return null
  const [, particle = '', family = ''] = /^((?:\p{Ll}\S*\s+)*)(.+)$/u.exec(familyName) ?? []
  return { ...around, particle: particle.trim(), family }
}

/** Index of the family name or its first particle; 0 if no given name precedes it. */
function familyStart(words: string[]): number {
  const last = words.length - 1
  const plainLast = (words[last] ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/Đ/g, 'D')
  const particle = words.findIndex((word, i) => {
    if (i === 0 || i === last) return false
    return /^\p{Ll}/u.test(word) || (PARTS_OF_FAMILY.test(word) && !VIETNAMESE.test(plainLast))
  })
  return particle === -1 ? last : particle
}
