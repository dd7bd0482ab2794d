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
