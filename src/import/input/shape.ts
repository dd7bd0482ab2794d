/** What a value must be, to be read; anything may be absent, null or an empty text. */
export interface Form {
  /** As it completes "is not …". */
  what: string
  fits(value: unknown): boolean
}

/** A value of a form, or else one of the shape. */
interface Alternative {
  form: Form
  otherwise: Shape
}

/** What a reader takes from a value of JSON: a value of a form, a list of such, or an object with them under names. */
export type Shape = Form | Alternative | readonly [Shape] | { readonly [name: string]: Shape }

/** What may be a value of a form, or have another shape. */
export const orElse = (form: Form, otherwise: Shape): Alternative => ({ form, otherwise })

type Check = (value: unknown, lost: string[]) => void

/**
 * Makes a function that says which values of an entry its reader leaves out, because they are not of the shape that it takes.
 * The paths are written when it is made, so that an entry without faults costs a look at each value.
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
