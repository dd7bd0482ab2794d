import { createHash } from 'node:crypto'
import { titleKey } from '../../domain/record/title-key.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'
import { badInput } from '../../errors.ts'
import { submittedText } from '../fields/printed/printed-text.ts'
import { lineDecoder } from '../input/line-decoder.ts'
import { readLines, TOO_LONG } from '../input/lines.ts'
import { cleanText, type Outcome, recordOf, repositoriesIn } from '../input/outcome.ts'

const BANNER = 'Get trending papers in your email inbox'

/** Text of a button on the page, which copying joins to the first title. */
const BUTTON = 'Subscribe'

/** Maximum length of a title. A longer line means that titles and abstracts are out of step. */
const LONGEST_TITLE = 400

/**
 * Reads the text of a Hugging Face Papers listing page: banner lines, then titles and abstracts alternately. Yields one outcome per
 * pair, whose position is the line of the title, counted from 1. The listing has no ids: the key is a hash of the normalised title.
 * Throws BAD_USER_INPUT when the banner is missing or the lines are out of step.
 */
export async function* readHfListing(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  let number = 0
  let banners = 0
  let title: Line | null = null
  const decode = lineDecoder()
  for await (const { position, bytes } of readLines(text, { isAnyEnd: true })) {
    number = position
    const decoded = decode(bytes)
    const clean = bytes === null ? TOO_LONG : cleanText(decoded.text)
    if (clean?.startsWith(BANNER)) banners++
    if (clean === null || clean.startsWith(BANNER)) continue
    if (banners === 0) throw notAListing(file)
    const line = { line: number, text: clean, repairs: decoded.repairs, isTooLong: bytes === null }
    if (title === null) title = line
    else {
      yield readPair(title, line)
      title = null
    }
  }
  if (number === 0 || banners === 0) throw notAListing(file)
  if (title)
    yield { position: title.line, reject: { key: null, reason: 'a title without an abstract' } }
}

function notAListing(file: string): Error {
  return badInput(
    `${file} is not a Hugging Face Papers listing: expected its text to start with "${BANNER} …", then titles and abstracts alternately.`,
  )
}

interface Line {
  line: number
  text: string
  repairs: string[]
  isTooLong: boolean
}

function readPair(line: Line, { text: abstract, repairs, isTooLong }: Line): Outcome {
  const title = line.text.startsWith(BUTTON) ? line.text.slice(BUTTON.length).trim() : line.text
  const normal = titleKey(title)
  const key = createHash('sha256').update(normal).digest('hex').slice(0, 32)
  const position = line.line
  if (line.isTooLong || isTooLong) return { position, reject: { key: null, reason: TOO_LONG } }
  if (normal === '' || title.length > LONGEST_TITLE)
    return { position, reject: { key, reason: 'the line is not a title' } }
  const record = recordOf({
    source: 'hf-listing',
    key,
    licence: 'CC0-1.0',
    title: submittedText(title) ?? title,
    abstract: submittedText(abstract),
    kind: 'preprint',
    topics: findTopics(title, abstract),
    repositories: repositoriesIn(abstract),
  })
  return { position, record, repairs: [...new Set([...line.repairs, ...repairs])] }
}
