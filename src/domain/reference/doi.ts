/** Prefixes that people and programs write before a DOI, sometimes twice. */
const PREFIX =
  /^(?:(?:https?:\/\/)?(?:www\.|dx\.)?doi\.org\/|(?:info:doi|urn:doi|hdl|doi)\s*[:/]?\s*(?=10\.)|doi\s*:\s*)+/i

const SIGNS: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Removes a prefix, HTML entities and percent encoding of characters that DOIs do not contain literally. The rest stays.
 */
export function plainDoi(text: string): string {
  const doi = text.startsWith('10.') ? text : text.replace(PREFIX, '')
  if (!/[%&]/.test(doi)) return doi
  return withoutEntities(withoutEntities(doi)).replace(/(?:%[0-9a-f]{2})+/gi, decoded)
}

const withoutEntities = (text: string) =>
  text.replace(/&(lt|gt|amp|quot|apos);/gi, (_, name: string) => SIGNS[name.toLowerCase()] ?? '')

/** Decodes `%3C` to `<`; possible percent signs stay: `100%25`, `%ab`, `%20`. */
function decoded(codes: string): string {
  try {
    const text = decodeURIComponent(codes)
    return /^(?:[<>()[\]{};:/#+,_~&="'|@!*?$]|[^\p{ASCII}\s])+$/u.test(text) ? text : codes
  } catch {
    return codes
  }
}
