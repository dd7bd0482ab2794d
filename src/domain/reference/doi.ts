/** What people and programs write before a DOI, also twice. */
const PREFIX =
  /^(?:(?:https?:\/\/)?(?:www\.|dx\.)?doi\.org\/|(?:info:doi|urn:doi|hdl|doi)\s*[:/]?\s*(?=10\.)|doi\s*:\s*)+/i

const SIGNS: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * A DOI without what is written around it: a prefix, HTML entities and percent encoding of signs that no DOI has in itself. The
 * rest stays as it is.
 */
export function plainDoi(text: string): string {
  const doi = text.startsWith('10.') ? text : text.replace(PREFIX, '')
  if (!/[%&]/.test(doi)) return doi
  return withoutEntities(withoutEntities(doi)).replace(/(?:%[0-9a-f]{2})+/gi, decoded)
}

const withoutEntities = (text: string) =>
  text.replace(/&(lt|gt|amp|quot|apos);/gi, (_, name: string) => SIGNS[name.toLowerCase()] ?? '')

/** `%3C` is `<`; what may be meant as a percent sign stays: `100%25`, `%ab`, `%20`. */
function decoded(codes: string): string {
  try {
    const text = decodeURIComponent(codes)
    return /^(?:[<>()[\]{};:/#+,_~&="'|@!*?$]|[^\p{ASCII}\s])+$/u.test(text) ? text : codes
  } catch {
    return codes
  }
}
