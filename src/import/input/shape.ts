/** Condition on a value. Every value may also be absent, null or an empty text. */
export interface Form {
  /** Completes the message "is not …". */
  what: string
  fits(value: unknown): boolean
}

/** A value that fits the form, or otherwise has the shape. */
interface Alternative {
  form: Form
  otherwise: Shape
}

/** Shape of a JSON value that a reader accepts: a form, a list of a shape, or an object with a shape for each name. */
export type Shape = Form | Alternative | readonly [Shape] | { readonly [name: string]: Shape }

/** Accepts a value that fits the form, or one of another shape. */
export const orElse = (form: Form, otherwise: Shape): Alternative => ({ form, otherwise })

type Check = (value: unknown, lost: string[]) => void

/**
 * Makes a function that lists the values of an entry that its reader leaves out, because they do not have the expected shape. Paths
 * are built beforehand, so that a correct entry costs only one check per value.
 */
export function lostOf(shape: Shape): (entry: unknown) => string[] {
  const check = checkOf(shape, '')
  return (entry) => {
    const lost: string[] = []
    check(entry, lost)
    return lost
  }
}

const isForm = (shape: Shape): shape is Form => 'fits' in shape && typeof shape.fits === 'function'
const isAlternative = (shape: Shape): shape is Alternative => 'otherwise' in shape
const isAbsent = (value: unknown) => value === undefined || value === null || value === ''

function checkOf(shape: Shape, path: string): Check {
  const told = (what: string) => `${path} is not ${what}; left out`
  if (isForm(shape)) {
    const fault = told(shape.what)
    return (value, lost) => {
      if (!isAbsent(value) && !shape.fits(value)) lost.push(fault)
    }
  }
  if (isAlternative(shape)) {
    const check = checkOf(shape.otherwise, path)
    return (value, lost) => {
      if (!shape.form.fits(value)) check(value, lost)
    }
  }
  if (Array.isArray(shape)) {
    const [fault, check] = [told('a list'), checkOf(shape[0], path)]
    return (value, lost) => {
      if (Array.isArray(value)) for (const item of value) check(item, lost)
      else if (!isAbsent(value)) lost.push(fault)
    }
  }
  const checks = Object.entries(shape).map(
    ([name, part]) => [name, checkOf(part, path === '' ? name : `${path}.${name}`)] as const,
  )
  const fault = told('an object')
  return (value, lost) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [name, check] of checks) check((value as Record<string, unknown>)[name], lost)
    else if (!isAbsent(value)) lost.push(fault)
  }
}
