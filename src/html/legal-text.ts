/** Code points that XML 1.0 forbids even when escaped: control characters and two noncharacters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Text that is legal in XML: a lone surrogate becomes U+FFFD, other illegal characters a space. */
export function legalText(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, ' ')
}
