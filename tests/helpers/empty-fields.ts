/**
 * The paths of an answer that are empty in every item of the lists above: null, 0, empty texts or empty lists. An example with such a field
 * does not show its meaning.
 */
export function emptyFields(answer: unknown): string[] {
  const filled = new Map<string, boolean>()
  visit(answer, '', (path, isFilled) => filled.set(path, isFilled || filled.get(path) === true))
  return [...filled].filter(([, isFilled]) => !isFilled).map(([path]) => path)
}

function visit(value: unknown, path: string, see: (path: string, isFilled: boolean) => void): void {
  if (Array.isArray(value)) {
    see(path, value.length > 0)
    for (const item of value) visit(item, path, see)
  } else if (typeof value === 'object' && value !== null) {
    see(path, true)
    for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`, see)
  } else see(path, value !== null && value !== 0 && value !== '')
}
