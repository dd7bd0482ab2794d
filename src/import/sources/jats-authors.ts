import type { AuthorClaim, InstitutionClaim } from '../../domain/record/paper-record.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { orcidIn } from '../fields/identifiers.ts'
import { cleanText } from '../input/outcome.ts'
import { elementsAt, type XmlElement } from '../input/xml-records.ts'
import { personOfParts, type StatedName } from '../names/names.ts'
import { institutionClaim, LOST_ROR } from './institution-claim.ts'

/** An affiliation as printed in `<aff>`, with the institutions identified in it. */
interface Affiliation {
  text: string | null
  institutions: InstitutionClaim[]
}

/** Reads the byline. Affiliations are beside a name, or elsewhere with an id to which the name refers. */
export function jatsAuthors(meta: XmlElement, lost: string[]): AuthorClaim[] {
  const groups = elementsAt(meta, 'contrib-group')
  const shared = [meta, ...groups].flatMap((group) => [
    ...elementsAt(group, 'aff'),
    ...elementsAt(group, 'aff-alternatives/aff'),
  ])
  const byId = new Map(shared.map((aff) => [aff.attributes.id ?? '', affiliationOf(aff, lost)]))
  return groups.flatMap((group) => {
    const own = elementsAt(group, 'aff').filter(({ attributes }) => !attributes.id)
    return elementsAt(group, 'contrib')
      .filter(({ attributes }) => /^(?:author|)$/.test(attributes['contrib-type'] ?? ''))
      .flatMap((contrib) => authorOf(contrib, { byId, own }, lost))
  })
}

function authorOf(
  contrib: XmlElement,
  { byId, own: shared }: { byId: ReadonlyMap<string, Affiliation>; own: readonly XmlElement[] },
  lost: string[],
): AuthorClaim[] {
  const names = namesOf(contrib, lost)
  if (names.length === 0) {
    if (contrib.children.length > 0 && elementsAt(contrib, 'anonymous').length === 0)
      lost.push('an author without a name was left out')
    return []
  }
  const orcid = elementsAt(contrib, 'contrib-id')
    .filter(({ attributes }) => /orcid/i.test(attributes['contrib-id-type'] ?? ''))
    .flatMap(({ text }) => orcidIn(text, lost))
  const ids = elementsAt(contrib, 'xref')
    .filter(({ attributes }) => attributes['ref-type'] === 'aff')
    .flatMap(({ attributes }) => (attributes.rid ?? '').split(/\s+/))
  const referred = ids.flatMap((id) => byId.get(id) ?? [])
  const place = (aff: XmlElement) => affiliationOf(aff, lost)
  const within = elementsAt(contrib, 'aff').map(place)
  const stated = [...within, ...referred]
  const at = stated.length > 0 ? stated : shared.map(place)
  const institutions = at.flatMap((one) => one.institutions)
  return names.map((person) => ({
    ...person,
    identifiers: orcid.slice(0, 1),
    affiliation: cleanText(at.flatMap((one) => one.text ?? []).join('; ')),
    ...(institutions.length > 0 && { institutions }),
  }))
}

/** Names in one place of the byline: one person, or the groups that share it. */
function namesOf(contrib: XmlElement, lost: string[]): StatedName[] {
  const [name] = [...elementsAt(contrib, 'name'), ...elementsAt(contrib, 'name-alternatives/name')]
  const part = (tag: string) => cleanText(name && elementsAt(name, tag)[0]?.text) ?? ''
  if (name) {
    const parts = { family: part('surname'), given: part('given-names'), suffix: part('suffix') }
    const person = personOfParts(parts, lost)
    return person === null ? [] : [person]
  }
  const alternatives = elementsAt(contrib, 'collab-alternatives/collab').slice(0, 1)
  const groups = [...elementsAt(contrib, 'collab'), ...alternatives].map(groupText)
  const texts =
    groups.length > 0
      ? groups
      : elementsAt(contrib, 'string-name')
          .slice(0, 1)
          .map(({ text }) => text)
  return texts.flatMap(
    (text) => personOfParts({ family: cleanText(text) ?? '', given: '' }, lost) ?? [],
  )
}

/** Elements of a group that are not part of its name: members, affiliations, footnote marks and addresses. */
const BESIDE_GROUP = new Set(
  'contrib-group contrib-id aff xref fn role bio author-comment address uri label institution-id email sup ext-link'.split(
    ' ',
  ),
)

/** The name of a group, without its members. */
function groupText({ text, children }: XmlElement): string {
  let own = text
  for (const child of children) {
    const kept = BESIDE_GROUP.has(child.name) ? ' ' : groupText(child)
    // The name of the group comes first, so of two equal texts the later one belongs to a member.
    const at = own.lastIndexOf(child.text)
    if (child.text !== '' && at >= 0)
      own = own.slice(0, at) + kept + own.slice(at + child.text.length)
  }
  return own
}

const NO_PARTS = new Set(['label', 'institution-id', 'email', 'sup', 'ext-link'])

/** Reads the text of an affiliation, without marks and ids, and the institutions with a ROR id. */
function affiliationOf(aff: XmlElement, lost: string[]): Affiliation {
  let { text } = aff
  for (const part of withoutText(aff)) if (part !== '') text = text.replace(part, ' ')
  const wraps = elementsAt(aff, 'institution-wrap')
  const institutions = wraps.flatMap((wrap) => {
    const ror = elementsAt(wrap, 'institution-id')
      .flatMap((id) => rorIn(id, lost))
      .at(0)
    const names = elementsAt(wrap, 'institution')
    // A department may be listed beside its university, with another type.
    const whole = names.find(({ attributes }) => !/dep/i.test(attributes['content-type'] ?? ''))
    return ror === undefined
      ? []
      : institutionClaim({ name: (whole ?? names[0])?.text ?? '', isPrinted: true, ror })
  })
  const printed = cleanText(text)
    ?.replace(/\s+([,;.])/g, '$1')
    .replace(/^[\s,;.]+|[\s,;]+$/g, '')
  return { text: cleanText(printed ?? ''), institutions }
}

/** Reads a ROR id. Ids of other registries are ignored, and invalid ROR ids are reported. */
function rorIn({ attributes, text }: XmlElement, lost: string[]): string[] {
  const ror = normaliseRor(text.trim())
  const isStated = /ror/i.test(`${attributes['institution-id-type']} ${text}`)
  if (ror === null && isStated) lost.push(LOST_ROR)
  return ror === null ? [] : [ror]
}

const withoutText = (element: XmlElement): string[] =>
  element.children.flatMap((child) =>
    NO_PARTS.has(child.name) ? [child.text] : withoutText(child),
  )
