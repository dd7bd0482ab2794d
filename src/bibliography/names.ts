import type { CitableAuthor } from '../domain/export/citable-paper.ts'
import { nameKey } from '../domain/record/title-key.ts'
import { aroundFamily } from '../domain/reference/family-name.ts'
import { isGroupName } from '../domain/reference/group-name.ts'

/** The parts of a name as reference managers keep them, or the whole where it is not of a person. */
export type NameParts =
  | { family: string; given: string; particle: string; suffix: string }
  | { literal: string }

/** A printed name, with the family name in it where a source states that. */
export type Person = Pick<CitableAuthor, 'name' | 'familyName'>

/** What stands behind a name and is no part of it. */
const SUFFIX = /,?\s+((?:Jr|Sr)\b\.?|II|III|IV)$/

/** Particles that are written in capitals as a part of the family name; those in lower case are known by that. */
const PARTS_OF_FAMILY =
  /^(?:Van|Von|De|Del|Della|Dello|Di|Dos|Du|Den|Der|Le|La|El|Al|Ben|Ste?\.?|Mt\.|Ft\.)$/

/** Family names behind which a particle is none, but a Vietnamese middle name. */
const VIETNAMESE =
  /^(?:Nguyen|Tran|Le|Pham|Hoang|Huynh|Phan|Vu|Vo|Dang|Bui|Do|Ho|Ngo|Duong|Ly|Dinh)$/

/**
 * Takes a printed name apart, by the family name in it that a source states; where none does, the last word is the family name,
 * with particles before it. Joined again in the order given, particle, family, suffix, the parts are the name. (The parser of
 * citation-js takes the Ma of Fei Ma for a degree.)
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

/** Words in lower case before others in the family name are its particles. */
function statedParts(name: string, familyName: string): NameParts | null {
  const around = aroundFamily(name, familyName)
  if (around === null) return null
  const [, particle = '', family = ''] = /^((?:\p{Ll}\S*\s+)*)(.+)$/u.exec(familyName) ?? []
  return { ...around, particle: particle.trim(), family }
}

/** The place of the family name or of a particle before it; 0 where there is nothing before it. */
function familyStart(words: string[]): number {
  const last = words.length - 1
  const plainLast = (words[last] ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/Đ/g, 'D')
  const particle = words.findIndex((word, i) => {
    if (i === 0 || i === last) return false
    return /^\p{Ll}/u.test(word) || (PARTS_OF_FAMILY.test(word) && !VIETNAMESE.test(plainLast))
  })
  return particle === -1 ? last : particle
}
