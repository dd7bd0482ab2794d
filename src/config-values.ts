import { z } from 'zod'

export const wholeNumber = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(fallback)

export const webUrl = (fallback: string) => z.url({ protocol: /^https?$/ }).default(fallback)

/** Neither user nor query nor fragment: paths are added to it. */
export const PLAIN_URL = /^[^@?#\s]+$/

export const ADDRESS = /^[\x21-\x3b\x3d\x3f\x41-\x7e]+@[a-z0-9.-]+$/i

/** An address, with or without a name; one line. */
export const mailbox = z
  .string()
  .max(300)
  .regex(
    /^(?:[^<>\p{C}]*<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[a-z0-9.-]+>|[\x21-\x3b\x3d\x3f\x41-\x7e]+@[a-z0-9.-]+)$/iu,
  )

/** Reads `ada:…,grace:…`: names, and a key for each. */
export const namedKeys = z
  .string()
  .transform((text) =>
    text.split(',').map((one): [name: string, key: string] => {
      const [name = '', ...key] = one.trim().split(':')
      return [name, key.join(':')]
    }),
  )
  .refine((keys) =>
    keys.every(([name, key]) => /^[\w.@-]{1,100}$/.test(name) && /^[!-~]{16,}$/.test(key)),
  )
  .refine((keys) => new Set(keys.map(([name]) => name)).size === keys.length)

export const NAMED_KEYS =
  'name:key pairs separated by commas, each name once, each key at least 16 printable ASCII characters without spaces and commas'

/** Reads origins separated by commas; `*` among them is any. */
export function parseOrigins(text: string): '*' | string[] {
  const origins = text.split(',').map((origin) => origin.trim())
  return origins.includes('*') ? '*' : origins.filter((origin) => origin !== '')
}

/** Entries of one form, separated by commas; none when absent. */
export const listOf = (entry: RegExp) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(entry)))
    .default([])
