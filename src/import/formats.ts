import { badInput, didYouMean, quote } from '../errors.ts'
import type { Format, ImportFormat } from './formats/format.ts'
import { JSON_FORMATS } from './formats/json.ts'
import { TEXT_FORMATS } from './formats/text.ts'
import { XML_FORMATS } from './formats/xml.ts'
import { describeHead, type Head, readHead } from './input/head.ts'
import type { InputFile } from './input/input.ts'
import { otherFormat } from './other-formats.ts'

/** Formats in the order of detection, which matters only within one kind of text (JSON, XML, other). */
const FORMATS: Format[] = [...JSON_FORMATS, ...XML_FORMATS, ...TEXT_FORMATS]

/** The formats that `runImport` accepts, and `auto`, which detects the format. */
export const importFormats: ImportFormat[] = [
  ...FORMATS.map(({ name, description }) => ({ name, description })),
  { name: 'auto', description: 'any of these, detected from the content of each file' },
]

/** Throws BAD_USER_INPUT for an unknown format. */
export function checkFormat(name: string): void {
  if (importFormats.some((format) => format.name === name)) return
  throw unknownFormat(name)
}

function unknownFormat(name: string) {
  const known = importFormats.map((format) => format.name)
  return badInput(
    `Unknown import format ${quote(name)}; expected one of ${known.join(', ')}.${didYouMean(name, known)}`,
  )
}

/**
 * Finds the adapter for a file in a stated format, or detects the format. Throws BAD_USER_INPUT when the start of the file is in
 * another format, or in an unknown one.
 */
export async function findAdapter(name: string, { name: file, head: bytes }: InputFile) {
  const head = readHead(bytes)
  const recognised = await recognise(head)
  if (name === 'auto') {
    if (recognised) return recognised.load()
    const known = FORMATS.map((format) => format.name).join(', ')
    const other = otherFormat(head)
    if (other !== null) throw badInput(`${file} is ${other}. (The formats are ${known}.)`)
    throw badInput(
      `${file} is in no format that paperql reads (${known}): it looks like ${describeHead(head)}.`,
    )
  }
  const format = FORMATS.find((candidate) => candidate.name === name)
  if (!format) throw unknownFormat(name)
  if (await isOther(format, head)) {
    const other = recognised ? null : otherFormat(head)
    if (other !== null) throw badInput(`${file} is ${other}.`)
    const looks = recognised ? `the format ${recognised.name}` : describeHead(head)
    throw badInput(
      `${file} is not ${/^[aeiou]/.test(format.name) ? 'an' : 'a'} ${format.name} file: expected ${format.expected}, it looks like ${looks}.`,
    )
  }
  return format.load()
}

async function recognise(head: Head): Promise<Format | undefined> {
  for (const format of FORMATS) if (await format.recognises(head)) return format
  return undefined
}

/** A file may be in the stated format even if all its first records are broken. */
async function isOther(format: Format, head: Head): Promise<boolean> {
  if (await format.recognises(head)) return false
  if (format.kind !== head.kind) return true
  return head.kind !== 'json' || head.records.length > 0
}
