import { nameKey } from '../record/title-key.ts'
import { isCommonFamily, isCommonGiven } from './counts/common-names.ts'
import { GIVEN_NAMES } from './counts/names.ts'
import { TITLE_WORDS } from './counts/words.ts'

/** "On behalf of the ATLAS Collaboration". */
const BEFORE = /^(?:on behalf of |for )?(?:the )?(?=.)/
const OF_ONE_NAME = /^(?<proper>.+) (?<kind>collaboration|consortium|team|group)$/
/** Generic words: many different groups have names of these words only. */
const GENERIC = new Set(
  `a academic action ad administrative admin advanced advisory ai algorithm algorithms all an analysis analytics and annotation applied artificial assessment
  audit author authors biology board business care center centre chemistry clinical coding coordinating collaborative committee community computer computing
  consensus content control coordination core creative curation data database department design development digital discussion documentation
  economics editing editorial education emergency engineering ethics evaluation evidence executive expert experts external faculty field finance focus for foundation
  game genetics genomics global guideline guidelines hardware health hospital human image imaging implementation in independent industry informatics information
  infrastructure innovation institute intelligence interdisciplinary interest internal international investigation investigator investigators it joint
  kids knowledge lab laboratory language languages lead leadership learning legal local machine maintenance management marketing mathematics
  mechanics media medical medicine member members methodology methods ml modeling modelling monitoring multi multidisciplinary music national nlp nursing of
  office on online open operations optics organising organizing our outreach panel partner partners patient pediatric peer performance philosophy physics
  pilot planning platform policy practice press privacy product production program programme project projects psychology public publication publications
  quality racing reading regional registry report research response review robotics safety science sciences scientific security senior
  social software special speech staff statistical statistics steering strategy student students study studies support surgery survey
  surveillance synthesis system systems task teaching technical technology tech test testing theory the this to translation trial trialists trials user users
  vision visualization volunteer web work working world writing young`.split(/\s+/),
)

/**
 * The key of a group whose name always means the same group: the ATLAS Collaboration, the Qwen Team. Null for other names, and for names that
 * any group may have, such as Research Group and Zhang Group.
 */
export function collaborationKey(printed: string): string | null {
  if (!/(?:collaboration|consortium|team|group)/i.test(printed)) return null
  const key = nameKey(printed).replace(BEFORE, '')
  const { proper, kind } = OF_ONE_NAME.exec(key)?.groups ?? {}
  if (proper === undefined) return null
  const words = proper.split(' ').filter((word) => !isGeneric(word))
  const isOfPeople = kind === 'team' || kind === 'group'
  return words.some((word) => !isOfPeople || !isOfPerson(word)) ? key : null
}

const isGeneric = (word: string) =>
  GENERIC.has(word) || TITLE_WORDS.has(word) || [...word].length < 2
const isOfPerson = (word: string) =>
  isCommonFamily(word) || isCommonGiven(word) || GIVEN_NAMES.has(word)

/** Prefix of the keys of such groups; keys of people do not have it. */
const MARK = '# '

/** The `authorships.name_block` of such a group; null for other names. */
export function blockOfCollaboration(printed: string): string | null {
  const key = collaborationKey(printed)
  return key === null ? null : MARK + key
}

export const isBlockOfCollaboration = (block: string): boolean => block.startsWith(MARK)
