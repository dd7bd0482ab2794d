/**
 * The paths of an answer under which there is nothing: only null, 0, empty texts and empty lists, in whichever items of the lists
 * above. An example that shows such a field shows nothing by it.
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
