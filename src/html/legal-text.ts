/** What XML 1.0 cannot hold, escaped or not: control characters and two code points that are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Text that XML may hold: a surrogate without its other half becomes U+FFFD, other illegal characters a space. */
export function legalText(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, ' ')
}
